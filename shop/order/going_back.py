"""A shopper calls a parcel off, or sends pieces back. Signed as the page that follows the order."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shop.order.lines import titles_of
from shop.order.links import order_for, track_path
from shop.settlement.cancelling import SHOPPER, cancel
from shop.settlement.giving_back import left_of
from shop.settlement.models import Return, ReturnMessage
from shop.settlement.parcels import WrongState
from shop.settlement.refund_forms import MessageForm, ReturnForm
from shop.settlement.refund_words import why_not
from shop.settlement.refunding import CannotRefund
from shop.settlement.return_messages import ENOUGH, SENT, TooMany, write
from shop.settlement.returns import CannotReturn, may_return, request_return


def _parcel(order, number: int):
    found = next((one for one in order.parcels.all() if one.number == number), None)
    if found is None:
        raise Http404
    return found


@require_POST
def cancel_parcel(request, number: str, token: str, parcel: int):
    order = order_for(number, token)
    try:
        cancel(_parcel(order, parcel).pk, SHOPPER)
    except (WrongState, CannotRefund) as error:
        messages.error(request, why_not(error))
    else:
        messages.success(request, _("The parcel is called off. Your money is on its way back to you."))
    return HttpResponseRedirect(track_path(order))


@require_http_methods(["GET", "HEAD", "POST"])
def return_parcel(request, number: str, token: str, parcel: int):
    order = order_for(number, token)
    found = _parcel(order, parcel)
    if not may_return(found):
        messages.error(request, why_not(CannotReturn("too late")))
        return HttpResponseRedirect(track_path(order))
    form = ReturnForm(left_of(found), titles_of(list(order.lines.all()), get_language()), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            request_return(found.pk, form.quantities(), form.cleaned_data["reason"], form.cleaned_data["words"])
        except (CannotReturn, WrongState) as error:
            messages.error(request, why_not(error))
        else:
            messages.success(request, _("We have asked the maker. The answer comes by mail, and stands here too."))
        return HttpResponseRedirect(track_path(order))
    context = {"order": order, "parcel": found, "form": form, "back": track_path(order)}
    response = render(request, "orders/return.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def returned(request, number: str, token: str, pk: int):
    """What shall come back, and what is written about it."""
    order = order_for(number, token)
    found = get_object_or_404(Return.objects.select_related("parcel__partner"), pk=pk, parcel__order=order)
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = request.user if request.user.is_authenticated and request.user.pk == order.user_id else None
        try:
            write(found, ReturnMessage.SHOPPER, form.cleaned_data["words"], person)
        except TooMany:
            form.add_error(None, str(ENOUGH))
        else:
            messages.success(request, SENT)
            return HttpResponseRedirect(request.path)
    context = {
        "order": order, "returned": found, "maker": found.parcel.partner.name, "back": track_path(order),
        "me": ReturnMessage.SHOPPER, "talk": found.messages.all(), "talk_form": form, "talk_url": request.path,
    }  # fmt: skip
    response = render(request, "orders/returned.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "private, no-store"
    return response
