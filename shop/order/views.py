"""The page that follows an order, its receipt, and making a guest's order one's own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shop.order.links import order_for, track_path
from shop.order.receipts import receipt_pdf

# Orders whose money has arrived; the others have no receipt.
PAID = ("paid", "complete")


@require_safe
def track(request, number: str, token: str):
    """Follows each parcel. Signed: whoever has the link may see it, so it shows no more than the mail did."""
    order = order_for(number, token)
    mine = request.user.is_authenticated and order.user_id == request.user.pk
    context = {
        "order": order,
        "sale": order.sale,
        "parcels": order.parcels.all(),
        "token": token,
        "mine": mine,
        "claimable": order.user_id is None,
        "paid": order.status in PAID,
    }
    response = render(request, "orders/track.html", context)
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "same-origin"
    return response


@require_safe
def receipt(request, number: str, token: str):
    order = order_for(number, token)
    if order.status not in PAID:
        raise Http404
    response = HttpResponse(receipt_pdf(order, get_language()), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="karvan-{order.number}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@login_required
def claim(request, number: str, token: str):
    """Puts a guest's order into the account of the one who has both the link and the order's verified e-mail."""
    order = order_for(number, token)
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


