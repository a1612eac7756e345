"""Each sale as a maker reads it: how it was split, what refunds took since, whether it can be paid out yet and if not,
why."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shop.settlement.ledger import ZERO
from shop.settlement.models import Entry, Parcel, ParcelSplit
from shop.settlement.releasing import due_at, is_withheld

WHY = {
    Parcel.NEW: _("can be paid out some days after you have sent it"),
    Parcel.ACCEPTED: _("can be paid out some days after you have sent it"),
    Parcel.CANCELLED: _("cancelled"),
}
_SUSPENDED = _("can be paid out when your shop is open again")


@dataclass(frozen=True)
class Share:
    """A sold parcel's split in the maker's currency. `returned` (net) went back in refunds and disputes; `left` is the
    maker's. Pending: `due` is the day it becomes available, or `why` says what it waits for."""

    parcel: Parcel
    split: ParcelSplit
    returned: Decimal
    left: Decimal
    is_pending: bool
    due: datetime | None
    why: str | Promise


def sold_parcels(partner: Any) -> QuerySet:
    """This maker's parcels of booked sales, newest first, with `released`."""
    sold = Entry.objects.filter(kind=Entry.SALE, order=OuterRef("order"))
    released = Entry.objects.filter(kind=Entry.RELEASE, parcel=OuterRef("pk"))
    return (
        Parcel.objects.filter(Exists(sold), partner=partner, split__isnull=False)
        .annotate(released=Exists(released))
        .select_related("order", "split", "partner__artisan")
        .prefetch_related("split__changes")
        .order_by("-pk")
    )


def share_of(parcel: Parcel) -> Share:
    """A parcel of `sold_parcels`."""
    returned = sum((change.net for change in parcel.split.changes.all()), ZERO)
    left = parcel.split.net - returned
    pending = not parcel.released and left > 0
    due = due_at(parcel) if pending else None
    why: str | Promise = ""
    if pending and is_withheld(parcel):
        due, why = None, _SUSPENDED
    elif pending and due is None:
        why = WHY.get(parcel.status, "")
    elif due and due < timezone.now():
        # The minute's job takes it next.
        due = timezone.now()
    return Share(parcel, parcel.split, returned, left, pending, due, why)
