"""When a parcel's money becomes available: days after it arrived, or after it was sent, as frozen when it was sold."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from shop.outbox.ticking import each_minute
from shop.settlement.booking import book_release, book_sale
from shop.settlement.ledger import booked_at
from shop.settlement.models import Entry, Parcel, Payment

# A maker in this state is paid nothing: their money waits.
SUSPENDED = "suspended"


def due_at(parcel: Parcel) -> datetime | None:
    """When this sold parcel's money may be paid out; None while it was not sent."""
    split = parcel.split
    times = []
    if parcel.delivered_at:
        times.append(parcel.delivered_at + timedelta(days=split.after_delivery))
    if parcel.shipped_at:
        times.append(parcel.shipped_at + timedelta(days=split.after_shipping))
    return min(times, default=None)


def is_withheld(parcel: Parcel) -> bool:
    """Whether the maker is suspended: nothing is released until that is settled."""
    return getattr(getattr(parcel.partner, "artisan", None), "status", "") == SUSPENDED


def waiting_parcels() -> list[Parcel]:
    """Sent or arrived parcels of booked sales whose money is still pending."""
    released = Entry.objects.filter(kind=Entry.RELEASE, parcel=OuterRef("pk"))
    sold = Entry.objects.filter(kind=Entry.SALE, order=OuterRef("order"))
    found = Parcel.objects.filter(~Exists(released), Exists(sold), status__in=(Parcel.SHIPPED, Parcel.DELIVERED))
    return list(found.select_related("split", "order", "partner__artisan").order_by("pk"))


@transaction.atomic
def release_when_due(parcel: Parcel, now: datetime | None = None) -> bool:
    """Books the release if its time has come and the maker is not suspended; True when it did."""
    due = due_at(parcel) if hasattr(parcel, "split") else None
    if due is None or due > (now or timezone.now()) or is_withheld(parcel):
        return False
    book_release(parcel)
    return True


@each_minute("sales booked late")
def book_missing() -> int:
    """Books what was paid before there was a ledger; returns how many orders. Every later sale is booked when paid."""
    booked = Entry.objects.filter(kind=Entry.SALE, order=OuterRef("order"))
    missing = Payment.objects.filter(~Exists(booked), status=Payment.PAID).select_related("order").order_by("pk")
    for payment in missing:
        with booked_at(payment.settled_at or payment.created):
            book_sale(payment.order)
    return len(missing)


@each_minute("parcels' money made available")
def release_due() -> int:
    """Releases what is due now; returns how many parcels."""
    return sum(release_when_due(parcel) for parcel in waiting_parcels())
