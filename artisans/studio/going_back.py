"""A maker calls a parcel off, gives money back, answers who wants to send something back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from artisans import returning
from artisans.querysets import for_user
from artisans.studio.views import my_parcels
from shop.settlement.cancelling import MAKER, cancel
from shop.settlement.giving_back import check_maker_may, give_back, left_of
from shop.settlement.models import Return, ReturnMessage
from shop.settlement.parcels import WrongState
from shop.settlement.refund_forms import CancelForm, GiveBackForm
from shop.settlement.refund_words import why_not
from shop.settlement.refunding import CannotRefund


def my_returns(user):
    parcels = Return.objects.select_related("parcel__order", "parcel__partner__artisan", "refund")
    return for_user(parcels, user, "parcel__partner").prefetch_related("lines__line")


@login_required
@require_POST
def cancel_parcel(request, pk: int):
    found = get_object_or_404(my_parcels(request.user), pk=pk)
    form = CancelForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please say why you call it off, in a few words: the shopper reads it."))
        return redirect("studio:parcel", pk=pk)
    try:
        cancel(found.pk, MAKER, reason=form.cleaned_data["reason"], person=request.user)
    except (WrongState, CannotRefund) as error:
        messages.error(request, why_not(error))
    else:
        messages.success(request, _("Called off. The shopper gets the money back and a mail."))
    return redirect("studio:parcel", pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def give_back_parcel(request, pk: int):
    found = get_object_or_404(my_parcels(request.user), pk=pk)
    form = GiveBackForm(left_of(found), returning.titles_in(found), request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            check_maker_may(form.asked())
            give_back(found.order, [form.asked()], key=form.key(), reason=reason, person=request.user)
        except CannotRefund as error:
            form.add_error(None, str(why_not(error)))
        else:
            messages.success(request, _("It goes back to the shopper, who gets a mail."))
            return redirect("studio:parcel", pk=pk)
    context = {"parcel": found, "form": form, "left": form.left}
    return render(request, "artisans/studio/give_back.html", context, status=422 if form.errors else 200)


def _return_page(request, found: Return, wrong=None, status: int = 200):
    context = {**returning.context_of(found, wrong), "talk_url": reverse("studio:return-message", args=[found.pk])}
    return render(request, "artisans/studio/return.html", context, status=status)


@login_required
@require_safe
def returned(request, pk: int):
    return _return_page(request, get_object_or_404(my_returns(request.user), pk=pk))


@login_required
@require_POST
def answer(request, pk: int, action: str):
    found = get_object_or_404(my_returns(request.user), pk=pk)
    form = returning.do(request, found, action)
    if form:
        return _return_page(request, found, (action, form), 422)
    return redirect("studio:return", pk=pk)


@login_required
@require_POST
def message(request, pk: int):
    found = get_object_or_404(my_returns(request.user), pk=pk)
    wrong = returning.say(request, found, ReturnMessage.MAKER)
    return _return_page(request, found, wrong, 422) if wrong else redirect("studio:return", pk=pk)
