"""What a maker does with a parcel: accepts it, sends it."""

from django.db import transaction
from django.utils import timezone
from oscar.core.loading import get_model

from shop.listings.changes import stock_changed
from shop.order.mails import tell_of_shipping
from shop.partner.stock import consume, lock
from shop.settlement.models import Parcel
from shop.settlement.releasing import release_when_due

Line = get_model("order", "Line")
Order = get_model("order", "Order")


class WrongState(Exception):
    """The parcel is not in a state in which this can be done; `.status` says what it is."""

    def __init__(self, status: str):
        super().__init__(status)
        self.status = status


def locked(parcel_id: int) -> Parcel:
    """The parcel with its order locked first, always in this order."""
    order_id = Parcel.objects.values_list("order_id", flat=True).get(pk=parcel_id)
    order = Order.objects.select_for_update().get(pk=order_id)
    parcel = Parcel.objects.select_for_update().get(pk=parcel_id)
    parcel.order = order
    return parcel


@transaction.atomic
def accept(parcel_id: int) -> Parcel:
    """The maker will make or pack it. Only for a paid order."""
    parcel = locked(parcel_id)
    if parcel.status == Parcel.ACCEPTED:
        return parcel
    if parcel.status != Parcel.NEW or parcel.order.status != "paid":
        raise WrongState(parcel.status)
    parcel.status, parcel.accepted_at = Parcel.ACCEPTED, timezone.now()
    parcel.save(update_fields=["status", "accepted_at"])
    return parcel


@transaction.atomic
def ship(parcel_id: int, carrier: str, tracking: str) -> Parcel:
    """It is on its way: its pieces leave the stock, the shopper hears of it. A second time only mends the number."""
    parcel = locked(parcel_id)
    if parcel.status not in (Parcel.NEW, Parcel.ACCEPTED, Parcel.SHIPPED) or parcel.order.status != "paid":
        raise WrongState(parcel.status)
    first = parcel.status != Parcel.SHIPPED
    parcel.carrier, parcel.tracking = carrier, tracking
    if first:
        parcel.status, parcel.shipped_at = Parcel.SHIPPED, timezone.now()
        parcel.accepted_at = parcel.accepted_at or parcel.shipped_at
        _consume(parcel)
    parcel.save()
    if first:
        tell_of_shipping(parcel)
    return parcel


@transaction.atomic
def arrive(parcel_id: int) -> Parcel:
    """The shopper has it. With its last parcel the order is complete."""
    parcel = locked(parcel_id)
    if parcel.status == Parcel.DELIVERED:
        return parcel
    if parcel.status != Parcel.SHIPPED:
        raise WrongState(parcel.status)
    parcel.status, parcel.delivered_at = Parcel.DELIVERED, timezone.now()
    parcel.save(update_fields=["status", "delivered_at"])
    close_order(parcel.order)
    release_when_due(parcel)
    return parcel


def close_order(order: Order) -> None:
    """An order whose parcels all arrived or were called off is complete; cancelled when none was sent."""
    statuses = set(order.parcels.values_list("status", flat=True))
    if statuses == {Parcel.CANCELLED}:
        order.set_status("cancelled")
    elif statuses <= {Parcel.DELIVERED, Parcel.CANCELLED}:
        order.set_status("complete")


def _consume(parcel: Parcel) -> None:
    lines = list(Line.objects.filter(order=parcel.order_id, partner=parcel.partner_id).select_related("product"))
    lock(line.stockrecord_id for line in lines if line.stockrecord_id)
    for line in lines:
        if line.stockrecord_id and line.num_allocated:
            consume(line.stockrecord_id, line.num_allocated)
            Line.objects.filter(pk=line.pk).update(num_allocated=0)
    stock_changed([line.product for line in lines if line.product])
