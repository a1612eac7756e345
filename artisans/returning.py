"""Answering a return and giving back: what a maker and a moderator do in the same way, each on pages of their own."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shop.accounts.audit import note
from shop.order.lines import titles_of
from shop.settlement.models import Parcel, Return
from shop.settlement.parcels import WrongState
from shop.settlement.refund_forms import ApproveForm, MessageForm, ReceiveForm, RefuseForm
from shop.settlement.refund_words import why_not
from shop.settlement.refunding import CannotRefund
from shop.settlement.return_messages import ENOUGH, SENT, TooMany, write
from shop.settlement.returns import approve_return, receive_return, refuse_return

# action → its form, what it does, what is said when it is done.
ACTIONS: dict[str, tuple[type[forms.Form], Callable[..., Return], Any]] = {
    "approve": (ApproveForm, approve_return, _("The shopper gets the address by mail.")),
    "refuse": (RefuseForm, refuse_return, _("The shopper gets your answer by mail.")),
    "receive": (ReceiveForm, receive_return, _("It is back, and the shopper's money is on its way.")),
}
MESSAGE = "message"
# What can be done with a return in each state.
_OPEN = {Return.REQUESTED: ("approve", "refuse"), Return.APPROVED: ("receive",)}


def forms_for(returned: Return, wrong: tuple[str, forms.Form] | None = None) -> list[tuple[str, forms.Form]]:
    """(action, form) of what can be done now; `wrong`: the one that was sent and must be mended."""
    found = [(action, ACTIONS[action][0](auto_id=f"{action}_%s")) for action in _OPEN.get(returned.status, ())]
    return [wrong if wrong and wrong[0] == action else (action, form) for action, form in found]


def titles_in(parcel: Parcel) -> dict[int, str]:
    """What the parcel's lines are called in the reader's language, by id; those of other makers are not read."""
    return titles_of(list(parcel.order.lines.filter(partner=parcel.partner_id)), get_language())


def context_of(returned: Return, wrong: tuple[str, forms.Form] | None = None) -> dict[str, Any]:
    """What the page of a return shows."""
    talk_form = wrong[1] if wrong and wrong[0] == MESSAGE else MessageForm()
    titles = titles_in(returned.parcel)
    pieces = [(titles.get(line.line_id, line.line.title), line.quantity) for line in returned.lines.all()]
    return {
        "returned": returned,
        "parcel": returned.parcel,
        "pieces": pieces,
        "forms": forms_for(returned, wrong),
        "talk": returned.messages.all(),
        "talk_form": talk_form,
    }


def say(request, returned: Return, author: str) -> tuple[str, forms.Form] | None:
    """Writes a message to the other side; what must be mended of it, as `context_of` takes it."""
    form = MessageForm(request.POST)
    if form.is_valid():
        try:
            write(returned, author, form.cleaned_data["words"], request.user)
        except TooMany:
            form.add_error(None, str(ENOUGH))
        else:
            messages.success(request, SENT)
            return None
    return MESSAGE, form


def do(request, returned: Return, action: str) -> forms.Form | None:
    """Does it and says so; the form when something in it must be mended."""
    if action not in ACTIONS:
        raise Http404
    form_class, service, done = ACTIONS[action]
    form = form_class(request.POST, auto_id=f"{action}_%s")
    if not form.is_valid():
        return form
    try:
        service(returned.pk, person=request.user, **form.cleaned_data)
    except (WrongState, CannotRefund) as error:
        messages.error(request, why_not(error))
    else:
        note(request.user, f"return {action}", returned)
        messages.success(request, done)
    return None
