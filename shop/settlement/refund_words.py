"""Why something cannot be given, called off or sent back, in words that say how to go on."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shop.settlement.parcels import WrongState
from shop.settlement.refunding import CannotRefund
from shop.settlement.returns import CannotReturn

_WHY: dict[str, str | Promise] = {
    "more than is left": _("That is more than is left of it. Please look at the numbers once more."),
    "not an amount": _("Please choose at least one piece, or shipping."),
    "nothing": _("Please choose at least one piece."),
    "disputed": _("The shopper's bank is deciding about this payment. Until it has, nothing can be given back."),
    "not paid": _("This order was not paid, so there is nothing to give back."),
    "not failed": _("This refund did not fail: it needs no second try."),
    "assigned": _("This refund has its parcel already."),
    "ask a moderator": _("This is too much, or too late, to give back alone. Please write to a moderator, who can."),
    "too late": _("The time to send it back is over. If something is wrong with it, please write to us."),
    "open already": _("You have asked already. The maker's answer comes by mail."),
}


def why_not(error: CannotRefund | CannotReturn | WrongState) -> str | Promise:
    """What to tell whoever asked for it."""
    if isinstance(error, WrongState):
        return _("That is not possible any more: the parcel or the return has moved on. This is how it stands now.")
    return _WHY.get(str(error), _("This cannot be given back now. Please write to us, and we look at it."))
