"""Where an order and each of its parcels stand, as the steps of `includes/timeline.html`."""

from django.utils.translation import gettext as _

from shop.settlement.models import Parcel, Payment

_ORDER = (Parcel.NEW, Parcel.ACCEPTED, Parcel.SHIPPED, Parcel.DELIVERED)


def timeline(parcel) -> list[dict]:
    """[{label, state: done | now | next | stopped, at, note}] of a parcel whose `order` and its payments are loaded."""
    order = parcel.order
    if parcel.status == Parcel.CANCELLED or order.status in ("expired", "cancelled"):
        return [
            {"label": _("Ordered"), "state": "done", "at": order.date_placed, "note": ""},
            {"label": _stopped(order), "state": "stopped", "at": None, "note": ""},
        ]
    paid = next((payment.settled_at for payment in order.payments.all() if payment.status == "paid"), None)
    # What each step is called once it is done, while it is waited for, when it was, what else to say.
    steps = [
        (_("Ordered"), _("Ordered"), order.date_placed, ""),
        (_("Paid"), _("Waiting for the payment"), paid, ""),
        (_("Taken up by the maker"), _("Waiting for the maker"), parcel.accepted_at, ""),
        (_("Sent"), _("The maker gets it ready"), parcel.shipped_at, _carrier(parcel)),
        (_("Arrived"), _("On its way"), parcel.delivered_at, ""),
    ]
    reached = 1 + _ORDER.index(parcel.status) if paid else 0
    return [_step(number, reached, *step) for number, step in enumerate(steps)]


def was_paid(order) -> bool:
    """Whether its money arrived and was not given back unneeded; of an order whose payments are loaded."""
    return any(payment.status == Payment.PAID for payment in order.payments.all())


def _stopped(order) -> str:
    if was_paid(order):
        return _("Called off: the money goes back")
    return _("Not sent: the order was ended")


def _step(number: int, reached: int, done: str, now: str, at, note: str) -> dict:
    if number <= reached:
        return {"label": done, "state": "done", "at": at, "note": note}
    waited_for = number == reached + 1
    return {"label": now if waited_for else done, "state": "now" if waited_for else "next", "at": None, "note": note}


def _carrier(parcel) -> str:
    if not parcel.tracking:
        return parcel.carrier
    return _("%(carrier)s, tracking number %(number)s") % {"carrier": parcel.carrier, "number": parcel.tracking}
