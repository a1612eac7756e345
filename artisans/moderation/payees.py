"""What treasurers set up and look after: ways, accounts, offices; each maker's balance, holds, cooperatives; and the
page on which an office's agent hands over cash."""

import csv
import io
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from artisans.cash import ask_for_code
from artisans.models import Artisan
from artisans.moderation.payout_forms import CashOfficeForm, PayeeForm, PayingAccountForm, RailRuleForm
from artisans.moderation.payouts import treasurers_only
from artisans.studio.payout_forms import CodeForm
from shop.accounts.audit import note
from shop.accounts.second_factor import second_factor_missing
from shop.settlement import payees as services
from shop.settlement import vault
from shop.settlement.ledger import balances_of, platform_totals
from shop.settlement.models import Account, CashOffice, CashReceipt, PayingAccount, RailRule
from shop.settlement.rails import RAILS
from shop.settlement.rails.cash import AGENT, MAKER, BadCode, sign
from shop.settlement.rails.rules import current_rules

FORMS = {"account": PayingAccountForm, "office": CashOfficeForm, "rule": RailRuleForm}


@treasurers_only
@require_http_methods(["GET", "HEAD", "POST"])
def ways(request):
    """Which way reaches whom, the accounts to pay from, the offices. `what` names the form that was sent."""
    forms = {what: form(auto_id=f"{what}-%s") for what, form in FORMS.items()}
    what = request.POST.get("what", "")
    if request.method == "POST" and what in FORMS:
        forms[what] = FORMS[what](request.POST, auto_id=f"{what}-%s")
        if forms[what].is_valid():
            _SAVERS[what](forms[what], request.user)
            messages.success(request, _("Saved."))
            return redirect("moderation:payout-ways")
    rules = sorted(current_rules(), key=lambda rule: (rule.country, rule.currency, rule.preference))
    context = {
        "forms": forms,
        "rules": [(rule, RAILS[rule.rail]) for rule in rules],
        "overrides": [
            (rule, RAILS[rule.rail])
            for rule in RailRule.objects.select_related("person").order_by("country", "currency", "rail")
        ],
        "accounts": PayingAccount.objects.filter(is_active=True).order_by("country", "currency"),
        "offices": CashOffice.objects.filter(is_active=True).select_related("agent").order_by("country", "name"),
    }
    wrong = any(form.errors for form in forms.values())
    return render(request, "artisans/moderation/payout_ways.html", context, status=422 if wrong else 200)


def _save_account(form: PayingAccountForm, person) -> None:
    """A new account takes the place of the one in use for the same country and currency."""
    made, account = form.save(commit=False), form.account
    PayingAccount.objects.filter(country=made.country, currency=made.currency).update(is_active=False)
    made.last4, made.bic = account["number"][-4:], account.get("bic") or made.bic
    made.sealed = vault.seal(account)
    made.save()
    note(person, "paying account added", made, currency=made.currency, last4=made.last4)


def _save_office(form: CashOfficeForm, person) -> None:
    note(person, "cash office added", form.save(), place=form.cleaned_data["place"])


def _save_rule(form: RailRuleForm, person) -> None:
    values = dict(form.cleaned_data)
    key = {name: values.pop(name) for name in ("country", "currency", "rail")}
    rule, _created = RailRule.objects.update_or_create(**key, defaults={**values, "person": person})
    note(person, "way of payout ruled", rule, allowed=str(rule.is_allowed), reason=rule.reason, **key)


_SAVERS = {"account": _save_account, "office": _save_office, "rule": _save_rule}


@treasurers_only
@require_safe
def balances(request):
    """What every maker is owed, in each currency; `?format=csv` for a spreadsheet."""
    found = balances_of()
    makers = Artisan.objects.filter(partner__in=list(found)).order_by("name").select_related("partner__payee")
    if request.GET.get("format") == "csv":
        note(request.user, "balances exported", request.user)
        return _balances_csv(makers, found)
    page = Paginator(makers, 40).get_page(request.GET.get("page"))
    rows = [(artisan, found[artisan.partner_id]) for artisan in page]
    labels = dict(Account.KINDS)
    platform = [(labels[kind], of) for kind, of in platform_totals().items()]
    return render(request, "artisans/moderation/balances.html", {"page": page, "rows": rows, "platform": platform})


def _balances_csv(makers, found) -> HttpResponse:
    names = ["pending", "available", "negative", "frozen", "in_transit", "paid_out"]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["maker", "country", "currency", *names])
    for artisan in makers:
        for currency, balance in found[artisan.partner_id].items():
            figures = [getattr(balance, name) for name in names]
            writer.writerow([artisan.slug, artisan.country, currency, *figures])
    headers = {"Content-Disposition": 'attachment; filename="balances.csv"'}
    return HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


@treasurers_only
@require_http_methods(["GET", "HEAD", "POST"])
def payee(request, pk: int):
    """One maker as a payee: a hold with its reason, whether others may be paid through it."""
    artisan = get_object_or_404(Artisan.objects.select_related("partner"), partner_id=pk)
    form = PayeeForm(request.POST or None, instance=services.payee_for(artisan.partner))
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        note(request.user, "payee changed", saved, hold=saved.hold_reason, cooperative=str(saved.is_cooperative))
        messages.success(request, _("Saved."))
        return redirect("moderation:balances")
    return render(request, "artisans/moderation/payee.html", {"artisan": artisan, "form": form})


def _with_receipt(view):
    """Hands the view the receipt with this id, if it is of the user's office (404 otherwise), after a second factor."""

    @wraps(view)
    def guarded(request, pk: int, **kwargs):
        receipt = get_object_or_404(_receipts(request.user), pk=pk)
        return second_factor_missing(request) or view(request, receipt, **kwargs)

    return guarded


@login_required
@require_safe
@_with_receipt
def cash(request, receipt: CashReceipt):
    """The agent's page of one hand-over."""
    context = {"receipt": receipt, "agent_form": CodeForm(prefix=AGENT), "maker_form": CodeForm(prefix=MAKER)}
    context["holder"] = vault.unseal(receipt.payout.details.sealed)["holder"]
    return render(request, "artisans/moderation/cash.html", context)


@login_required
@require_POST
@_with_receipt
def sign_cash(request, receipt: CashReceipt, side: str):
    """Either side signs on the agent's page: the agent, or the maker who stands before them."""
    form = CodeForm(request.POST, prefix=side)
    if side not in (AGENT, MAKER) or not form.is_valid():
        messages.error(request, _("The code has eight digits; it is in the mail that we sent."))
        return redirect("moderation:cash", pk=receipt.pk)
    try:
        sign(receipt.pk, side, form.cleaned_data["code"], request.user)
    except BadCode as bad:
        wrong = _("This code is not right; %(left)s tries are left.") % {"left": bad.left}
        messages.error(request, wrong if bad.left else _("Nobody can sign here any more; a treasurer looks at it."))
    else:
        messages.success(request, _("Signed."))
    return redirect("moderation:cash", pk=receipt.pk)


@login_required
@require_POST
@_with_receipt
def new_cash_code(request, receipt: CashReceipt):
    """The agent lost the code."""
    ask_for_code(request, receipt, AGENT)
    return redirect("moderation:cash", pk=receipt.pk)


def _receipts(user):
    """Hand-overs of the offices that this person pays out for."""
    mine = CashReceipt.objects.filter(office__agent=user)
    return mine.select_related("office", "payout__partner__artisan", "payout__details")
