"""A parcel that will not be sent: called off by its shopper, its maker, a moderator, or because nobody took it up."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from shop.order.mails import tell_of_cancelling
from shop.outbox.ticking import each_minute
from shop.settlement.giving_back import UNSENT, everything_left, give_back, left_of, put_back_unsent
from shop.settlement.models import Parcel, Payment
from shop.settlement.parcels import WrongState, close_order, locked
from shop.settlement.refunding import CannotRefund, left_to_refund

SHOPPER, MAKER, MODERATOR, NOBODY = "shopper", "maker", "moderator", "nobody"


def may_cancel(parcel: Parcel) -> bool:
    """Whether the parcel can still be called off: it is paid for and was not sent."""
    return parcel.status in UNSENT and parcel.order.status == "paid"


@transaction.atomic
def cancel(parcel_id: int, by: str, *, reason: str = "", person: Any = None) -> Parcel:
    """Calls a parcel off before it is sent: all that is left of it is given back, its pieces go to the shelf, shopper
    and maker are told. `by`: SHOPPER, MAKER, MODERATOR or NOBODY (in time). A second time changes nothing; WrongState
    once it was sent; CannotRefund while the bank decides about the payment."""
    parcel = locked(parcel_id)
    if parcel.status == Parcel.CANCELLED:
        return parcel
    if not may_cancel(parcel):
        raise WrongState(parcel.status)
    asked = everything_left(parcel)
    if left_of(parcel).total:
        give_back(
            parcel.order, [asked], key=f"cancel-{parcel.pk}", reason=reason or f"cancelled by {by}", person=person
        )
    else:
        put_back_unsent(asked)
    parcel.status = Parcel.CANCELLED
    parcel.save(update_fields=["status"])
    close_order(parcel.order)
    tell_of_cancelling(parcel, by, reason)
    return parcel


def call_off_given_back(order: Any) -> None:
    """What was not sent of an order whose whole payment was given back is called off: nobody pays for it. A second time
    changes nothing."""
    payment = order.payments.filter(status=Payment.PAID).first()
    if payment is None or left_to_refund(payment):
        return
    for parcel in order.parcels.filter(status__in=UNSENT).order_by("pk"):
        cancel(parcel.pk, MODERATOR, reason="given back")


@each_minute("parcels nobody took up cancelled")
def cancel_forgotten() -> int:
    """Ends parcels that their makers did not take up within ACCEPT_WITHIN_DAYS after they were paid, having been
    reminded (`shop.order.reminding`); the shopper gets the money back. Returns how many."""
    before = timezone.now() - timedelta(days=settings.ACCEPT_WITHIN_DAYS)
    waiting = Parcel.objects.filter(
        status=Parcel.NEW,
        order__status="paid",
        order__payments__status=Payment.PAID,
        order__payments__settled_at__lt=before,
        reminded_at__isnull=False,
    )
    return sum(_forgotten(pk) for pk in list(waiting.values_list("pk", flat=True)))


def _forgotten(parcel_id: int) -> bool:
    try:
        return cancel(parcel_id, NOBODY).status == Parcel.CANCELLED
    except (WrongState, CannotRefund):
        return False
