"""What a moderator does about an order: sees all its parcels, gives back without limit, calls off, answers returns."""

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from oscar.core.loading import get_model

from artisans import returning
from artisans.moderation.reviews import MAY as MAY_JUDGE
from artisans.moderation.rights import allowed_to
from shop.accounts.audit import note
from shop.order import judging
from shop.order.lines import describe
from shop.order.timeline import timeline, was_paid
from shop.paging import page_of
from shop.settlement.assigning import assign_refund, to_assign
from shop.settlement.cancelling import MODERATOR, cancel, may_cancel
from shop.settlement.giving_back import give_back, left_of, try_again
from shop.settlement.models import Parcel, Payment, Refund, Return, ReturnMessage
from shop.settlement.parcels import WrongState
from shop.settlement.refund_forms import AssignForm, CancelForm, GiveBackForm
from shop.settlement.refund_words import why_not
from shop.settlement.refunding import CannotRefund, return_payment, strange_payments

Order = get_model("order", "Order")
MAY_REFUND, MAY_ANSWER = "settlement.add_refund", "settlement.change_return"
# Lists that a moderator works through, by the name in the address.
_FAILED = Q(status__in=(Refund.FAILED, Refund.CANCELLED))


def _waiting():
    """Orders with something for a moderator to do."""
    later = Refund.objects.filter(key__startswith="again-", order=OuterRef("order"), pk__gt=OuterRef("pk"))
    failed = Refund.objects.filter(_FAILED, ~Exists(later), order=OuterRef("pk"))
    asked = Return.objects.filter(status=Return.REQUESTED, parcel__order=OuterRef("pk"))
    by_hand = to_assign().filter(order=OuterRef("pk"))
    strange = strange_payments().filter(order=OuterRef("pk"))
    return Order.objects.filter(Exists(failed) | Exists(asked) | Exists(by_hand) | Exists(strange))


@allowed_to(MAY_REFUND)
@require_safe
def orders(request):
    text, which = request.GET.get("q", "").strip()[:40], request.GET.get("show", "")
    found = _waiting() if which == "waiting" else Order.objects.all()
    if text:
        found = found.filter(number__startswith=text)
    page = page_of(request, found.annotate(pieces=Count("parcels", distinct=True)).order_by("-date_placed"), 50)
    context = {"page": page, "text": text, "which": which, "waiting": _waiting().count()}
    if request.user.has_perm(MAY_JUDGE):
        context["unread"] = judging.waiting().count()
        context["waiting"] += context["unread"]
    return render(request, "artisans/moderation/orders.html", context)


@allowed_to(MAY_REFUND)
@require_safe
def order(request, number: str):
    payments = Prefetch("payments", Payment.objects.prefetch_related("disputes"))
    shown = Order.objects.select_related("shipping_address", "sale").prefetch_related(
        "lines__frozen", "parcels__partner__artisan", "parcels__returns", "refunds__lines__line", payments
    )
    found = get_object_or_404(shown, number=number)
    describe(list(found.lines.all()), get_language())
    parcels = list(found.parcels.all())
    for parcel in parcels:
        parcel.order = found
        parcel.timeline, parcel.can_cancel = timeline(parcel), may_cancel(parcel)
    unclear = set(to_assign().filter(order=found).values_list("pk", flat=True))
    for refund in found.refunds.all():
        refund.assign_form = _assign_form(found, refund) if refund.pk in unclear else None
    context = {"order": found, "parcels": parcels, "paid": was_paid(found), "cancel_form": CancelForm()}
    context["strange"] = set(strange_payments().filter(order=found).values_list("pk", flat=True))
    return render(request, "artisans/moderation/order.html", context)


def _parcel(pk: int) -> Parcel:
    return get_object_or_404(Parcel.objects.select_related("order", "partner__artisan", "split"), pk=pk)


@allowed_to(MAY_REFUND)
@require_http_methods(["GET", "HEAD", "POST"])
def give_back_parcel(request, pk: int):
    found = _parcel(pk)
    form = GiveBackForm(left_of(found), returning.titles_in(found), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            refund = give_back(found.order, [form.asked()], key=form.key(), reason=reason, person=request.user)
        except CannotRefund as error:
            form.add_error(None, str(why_not(error)))
        else:
            note(request.user, "refund", refund, amount=str(refund.amount), currency=refund.currency)
            messages.success(request, _("It goes back to the shopper, who gets a mail."))
            return redirect("moderation:order", number=found.order.number)
    context = {"parcel": found, "form": form, "left": form.left}
    return render(request, "artisans/moderation/give_back.html", context, status=422 if form.errors else 200)


@allowed_to(MAY_REFUND)
@require_POST
def cancel_parcel(request, pk: int):
    found, form = _parcel(pk), CancelForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please say why you call it off, in a few words: the shopper reads it."))
        return redirect("moderation:order", number=found.order.number)
    try:
        cancel(found.pk, MODERATOR, reason=form.cleaned_data["reason"], person=request.user)
    except (WrongState, CannotRefund) as error:
        messages.error(request, why_not(error))
    else:
        note(request.user, "parcel called off", found)
        messages.success(request, _("Called off. The shopper gets the money back and a mail."))
    return redirect("moderation:order", number=found.order.number)


@allowed_to(MAY_REFUND)
@require_POST
def refund_again(request, pk: int):
    """Sends a refund that failed once more."""
    found = get_object_or_404(Refund.objects.select_related("payment", "order"), pk=pk)
    try:
        note(request.user, "refund tried again", try_again(found, request.user))
    except CannotRefund as error:
        messages.error(request, why_not(error))
    else:
        messages.success(request, _("It is sent once more."))
    return redirect("moderation:order", number=found.order.number)


@allowed_to(MAY_REFUND)
@require_POST
def give_back_payment(request, pk: int):
    """Gives a payment back that was of another amount than was asked for."""
    found = get_object_or_404(strange_payments().select_related("order"), pk=pk)
    note(request.user, "payment given back", return_payment(found), amount=str(found.amount), currency=found.currency)
    messages.success(request, _("It goes back to the shopper, who gets a mail."))
    return redirect("moderation:order", number=found.order.number)


def _assign_form(order, refund: Refund, data=None) -> AssignForm:
    return AssignForm(order, data, auto_id=f"refund-{refund.pk}-%s")


@allowed_to(MAY_REFUND)
@require_POST
def assign(request, pk: int):
    """Says which parcel a refund was for that was made by hand at the gateway."""
    found = get_object_or_404(Refund.objects.select_related("payment", "order"), pk=pk)
    form = _assign_form(found.order, found, request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose one of the parcels."))
        return redirect("moderation:order", number=found.order.number)
    try:
        assign_refund(found.pk, form.cleaned_data["parcel"], pieces=form.cleaned_data["pieces"], person=request.user)
    except CannotRefund as error:
        messages.error(request, why_not(error))
    else:
        messages.success(request, _("Noted. The other makers have their share again."))
    return redirect("moderation:order", number=found.order.number)


def _return_page(request, found: Return, wrong=None, status: int = 200):
    context = {**returning.context_of(found, wrong), "talk_url": reverse("moderation:return-message", args=[found.pk])}
    return render(request, "artisans/moderation/return.html", context, status=status)


def _return(pk: int) -> Return:
    shown = Return.objects.select_related("parcel__order", "parcel__partner__artisan", "refund")
    return get_object_or_404(shown.prefetch_related("lines__line"), pk=pk)


@allowed_to(MAY_ANSWER)
@require_safe
def returned(request, pk: int):
    return _return_page(request, _return(pk))


@allowed_to(MAY_ANSWER)
@require_POST
def answer(request, pk: int, action: str):
    found = _return(pk)
    form = returning.do(request, found, action)
    if form:
        return _return_page(request, found, (action, form), 422)
    return redirect("moderation:return", pk=pk)


@allowed_to(MAY_ANSWER)
@require_POST
def message(request, pk: int):
    found = _return(pk)
    wrong = returning.say(request, found, ReturnMessage.MODERATOR)
    return _return_page(request, found, wrong, 422) if wrong else redirect("moderation:return", pk=pk)
