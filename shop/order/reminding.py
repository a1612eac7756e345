"""Reminding makers of parcels that wait for their word."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from shop.order.mails import remind_maker
from shop.outbox.ticking import each_minute
from shop.settlement.models import Parcel, Payment

REMIND_AFTER, FORGET_AFTER = timedelta(days=2), timedelta(days=30)


@each_minute("makers reminded")
def remind_makers() -> int:
    """A mail, once, to makers who have not accepted a parcel two days after it was paid."""
    now = timezone.now()
    waiting = Parcel.objects.filter(
        status=Parcel.NEW,
        order__status="paid",
        order__payments__status=Payment.PAID,
        order__payments__settled_at__range=(now - FORGET_AFTER, now - REMIND_AFTER),
        reminded_at=None,
    ).select_related("order", "partner__artisan")
    return sum(_remind(parcel) for parcel in waiting)


@transaction.atomic
def _remind(parcel: Parcel) -> bool:
    taken = Parcel.objects.filter(pk=parcel.pk, reminded_at=None).update(reminded_at=timezone.now())
    if taken:
        remind_maker(parcel)
    return bool(taken)
