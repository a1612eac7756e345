"""Where a maker's money goes: their payout details, their cooperative. Everything that changes them asks for the second
factor, after it was made sure that they are the maker's own."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from artisans.models import Artisan
from artisans.querysets import for_user
from artisans.studio.payout_forms import BankForm, CashForm, CooperativeForm, ScheduleForm
from shop.accounts.second_factor import second_factor_missing
from shop.checkout.gateway import GatewayDown, Refused
from shop.settlement import payees, vault
from shop.settlement.models import Payee, PayeeMember, PayoutDetails
from shop.settlement.rails import BANK_FILE, CASH, RAILS
from shop.settlement.rails.rules import current_rules, rules_for
from shop.settlement.rails.sending import ONBOARDED, is_set_up

FORMS = {BANK_FILE: BankForm, CASH: CashForm}


def my_artisan(user, pk: int) -> Artisan:
    """The maker whose partner has this id, if this user acts for it; else 404."""
    return get_object_or_404(Artisan.objects.for_user(user).select_related("partner"), partner_id=pk)


def rails_for(artisan: Artisan) -> list[str]:
    """The ways this maker may choose from, the most preferred first."""
    rules = rules_for(current_rules(), artisan.country, artisan.currency)
    return [rule.rail for rule in rules if is_set_up(rule.rail, artisan.country, artisan.currency)]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def details(request, pk: int, rail: str):
    artisan = my_artisan(request.user, pk)
    if rail not in rails_for(artisan):
        raise Http404
    if missing := second_factor_missing(request):
        return missing
    if rail in ONBOARDED:
        return _at_stripe(request, artisan, rail)
    form = FORMS[rail](request.POST or None, country=artisan.country, currency=artisan.currency)
    if request.method == "POST" and form.is_valid():
        _save(request, artisan, rail, form)
        messages.success(request, _("Saved. Money goes there once the hold is over; we wrote to you about it."))
        return redirect("studio:money")
    context = {"artisan": artisan, "form": form, "rail": rail, "rail_name": RAILS[rail]}
    return render(request, "artisans/studio/payout_details.html", context, status=422 if form.errors else 200)


def _at_stripe(request, artisan: Artisan, rail: str):
    """The maker gives account and identity to Stripe, on Stripe's page; we keep the number that Stripe gave them."""
    context = {"artisan": artisan, "rail": rail, "rail_name": RAILS[rail]}
    if request.method != "POST":
        return render(request, "artisans/studio/payout_stripe.html", context)
    payee = payees.payee_for(artisan.partner)
    known = payees.details_in_force(payee, artisan.currency).get(rail)
    try:
        account = vault.unseal(known.sealed)["number"] if known else _open_account(artisan, payee, rail)
        page = ONBOARDED[rail].onboarding_url(account, settings.SITE_URL + reverse("studio:money"))
    except (GatewayDown, Refused):
        messages.error(request, _("Stripe does not answer. Please try again in a few minutes."))
        return render(request, "artisans/studio/payout_stripe.html", context, status=503)
    if not known:
        payees.save_details(
            payee, rail, artisan.currency, {"number": account, "holder": artisan.name},
            country=artisan.country, number=account, label="Stripe", person=request.user,
        )  # fmt: skip
    else:
        # What is changed there is not told to us before money goes there.
        payees.hold_again(known, request.user)
    return redirect(page)


def _open_account(artisan: Artisan, payee: Payee, rail: str) -> str:
    """By the address of whoever has acted for the maker longest: the same for each of them who asks, as Stripe wants it
    for the same request."""
    owner = artisan.memberships.select_related("user").order_by("pk").first()
    return ONBOARDED[rail].open_account(payee, owner.user.email)


def _save(request, artisan: Artisan, rail: str, form) -> None:
    payees.save_details(
        payees.payee_for(artisan.partner),
        rail,
        artisan.currency,
        form.secret(),
        country=artisan.country,
        number=form.number(),
        label=form.account_label(),
        person=request.user,
    )


@login_required
@require_POST
def remove_details(request, pk: int):
    mine = for_user(PayoutDetails.objects.filter(replaced_at=None), request.user, "payee__partner")
    found = get_object_or_404(mine, pk=pk)
    if missing := second_factor_missing(request):
        return missing
    payees.remove_details(found, request.user)
    messages.success(request, _("Removed. Nothing new is paid there."))
    return redirect("studio:money")


@login_required
@require_POST
def schedule(request, pk: int):
    artisan = my_artisan(request.user, pk)
    form = ScheduleForm(request.POST, instance=payees.payee_for(artisan.partner))
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Please choose one of the times."))
    return redirect("studio:money")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cooperative(request, pk: int):
    """Asks to be paid through a cooperative, or leaves it."""
    artisan = my_artisan(request.user, pk)
    if missing := second_factor_missing(request):
        return missing
    form = CooperativeForm(request.POST or None, partner=artisan.partner)
    if request.method == "POST" and "leave" in request.POST:
        payees.leave(artisan.partner, request.user)
        messages.success(request, _("You are paid directly again."))
        return redirect("studio:money")
    if request.method == "POST" and form.is_valid():
        payees.ask_to_join(artisan.partner, form.cleaned_data["cooperative"], request.user)
        messages.success(request, _("Asked. Until the cooperative says yes, you are paid as before."))
        return redirect("studio:money")
    context = {"artisan": artisan, "form": form, "member": payees.membership_of(artisan.partner)}
    return render(request, "artisans/studio/cooperative.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def accept_member(request, pk: int):
    found = get_object_or_404(for_user(PayeeMember.objects.all(), request.user, "payee__partner"), pk=pk)
    if missing := second_factor_missing(request):
        return missing
    payees.accept_member(found, request.user)
    messages.success(request, _("Accepted. Their share comes to you once the hold is over."))
    return redirect("studio:money")
