"""The page that follows an order, its receipt, and making a guest's order one's own."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shop.order import rating
from shop.order.baskets import ENDED
from shop.order.lines import describe
from shop.order.links import order_for, track_path
from shop.order.receipts import receipt_pdf
from shop.order.timeline import timeline, was_paid
from shop.settlement import parcels as parcel_services
from shop.settlement.cancelling import may_cancel
from shop.settlement.models import Payment, Refund
from shop.settlement.returns import may_return
from shop.settlement.showing import attach_splits

# Orders whose money has arrived; the others have no receipt.
PAID = ("paid", "complete")


@require_safe
def track(request, number: str, token: str):
    """Follows each parcel. Signed: whoever has the link may see it, so it shows no more than the mail did."""
    order = order_for(number, token)
    waiting = order.status == "pending payment"
    if request.htmx:
        return _poll(waiting)
    describe(list(order.lines.all()), get_language())
    payments = list(order.payments.all())
    parcels = [_shown(parcel) for parcel in order.parcels.all()]
    rating.attach_forms(parcels)
    attach_splits(parcels)
    context = {
        "order": order,
        "sale": order.sale,
        "parcels": parcels,
        "goods": order.total_incl_tax - order.shipping_incl_tax,
        "token": token,
        "mine": request.user.is_authenticated and order.user_id == request.user.pk,
        "claimable": order.user_id is None,
        "waiting": waiting,
        "to_pay": payments[-1] if payments else None,
        "held": order.sale.reserved_until > timezone.now(),
        "refunds": [refund for refund in order.refunds.all() if refund.status in Refund.LIVE],
        "called_off": order.status == "cancelled" and was_paid(order),
        "paid": order.status in PAID,
        "ended": order.status in ENDED,
        "declined": waiting and bool(payments) and payments[-1].status == Payment.FAILED,
        "money_back": any(payment.status in (Payment.REFUND_DUE, Payment.REFUNDED) for payment in payments),
        "basket_waits": _basket_waits(order) and not was_paid(order),
    }
    response = render(request, "orders/track.html", context)
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "same-origin"
    return response


def _poll(waiting: bool) -> HttpResponse:
    """The waiting page asks every few seconds: nothing while it waits, then to be loaded anew."""
    response = HttpResponse(status=204 if waiting else 200)
    if not waiting:
        response["HX-Refresh"] = "true"
    response["Cache-Control"] = "no-store"
    return response


def _basket_waits(order) -> bool:
    return order.status in ENDED and order.basket is not None and order.basket.status == "Open"


def _shown(parcel):
    parcel.can_cancel, parcel.can_return = may_cancel(parcel), may_return(parcel)
    parcel.shown_returns = list(parcel.returns.all())
    parcel.timeline = timeline(parcel)
    parcel.total = sum(line.line_price_incl_tax for line in parcel.lines)
    return parcel


@require_safe
def receipt(request, number: str, token: str):
    order = order_for(number, token)
    if order.status not in PAID and not was_paid(order):
        raise Http404
    response = HttpResponse(receipt_pdf(order, get_language()), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="karvan-{order.number}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def claim(request, number: str, token: str):
    """Puts a guest's order into the account of the one who has both the link and the order's verified e-mail."""
    order = order_for(number, token)
    if not request.user.is_authenticated:
        return redirect_to_login(track_path(order))
    verified = request.user.emailaddress_set.filter(verified=True, email__iexact=order.guest_email or "-").exists()
    if order.user_id is None and verified:
        order.user = request.user
        order.save(update_fields=["user"])
        messages.success(request, _("The order is in your account now."))
        return redirect("customer:order", order_number=order.number)
    if order.user_id != request.user.pk:
        messages.error(
            request,
            _("This order was made with another e-mail address. Sign in with that address, verified, to claim it."),
        )
    return HttpResponseRedirect(track_path(order))


@require_POST
def arrived(request, number: str, token: str, parcel: int):
    """The shopper says that a parcel is there."""
    order = order_for(number, token)
    found = next((one for one in order.parcels.all() if one.number == parcel), None)
    if found is None:
        raise Http404
    try:
        parcel_services.arrive(found.pk)
    except parcel_services.WrongState:
        messages.error(request, _("This parcel was not sent yet."))
    else:
        messages.success(request, _("Good to know. Would you like to say how you like it?"))
    return HttpResponseRedirect(track_path(order))


@require_POST
def rate(request, number: str, token: str, line: int):
    """Stars and words for a piece of an arrived parcel."""
    order = order_for(number, token)
    delivered = {parcel.partner_id for parcel in order.parcels.all() if parcel.status == "delivered"}
    found = next((one for one in order.lines.all() if one.pk == line and one.partner_id in delivered), None)
    if found is None or found.product is None:
        raise Http404
    form = rating.RatingForm(request.POST)
    if form.is_valid():
        rating.rate(order, found, **form.cleaned_data)
        messages.success(request, _("Thank you. A moderator reads it before it is shown."))
    else:
        messages.error(request, _("Please choose one to five stars."))
    return HttpResponseRedirect(track_path(order))
