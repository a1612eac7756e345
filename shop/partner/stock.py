"""Reserving stock without ever overselling.

Oscar's `StockRecord.allocate()` adds without looking: in a test, 50 shoppers of a last unit bought 32 of it. Here one
UPDATE both checks and takes, and it is the only place that takes.
"""

from collections.abc import Iterable

from django.db.models import F
from django.db.models.functions import Coalesce, Greatest
from oscar.core.loading import get_model

StockRecord = get_model("partner", "StockRecord")


class OutOfStock(Exception):
    """Fewer pieces are left than asked for."""

    def __init__(self, stockrecord_id: int, asked: int):
        super().__init__(f"stock record {stockrecord_id}: {asked} asked")
        self.stockrecord_id, self.asked = stockrecord_id, asked


def lock(stockrecord_ids: Iterable[int]) -> dict[int, StockRecord]:
    """Locks these records until the transaction ends, always in the order of their ids, so that no two baskets
    wait for each other. Returns them fresh, by id, each with its maker (who is not locked)."""
    wanted = StockRecord.objects.filter(pk__in=set(stockrecord_ids)).order_by("pk")
    records = wanted.select_for_update(of=("self",)).select_related("partner__artisan")
    return {record.pk: record for record in records}


def reserve(stockrecord_id: int, quantity: int) -> None:
    """Takes `quantity` pieces out of what is free; OutOfStock, and nothing taken, when fewer are."""
    free = F("num_in_stock") - Coalesce(F("num_allocated"), 0)
    taken = (
        StockRecord.objects.annotate(free=free)
        .filter(pk=stockrecord_id, free__gte=quantity)
        .update(num_allocated=Coalesce(F("num_allocated"), 0) + quantity)
    )
    if not taken:
        raise OutOfStock(stockrecord_id, quantity)


def give_back(stockrecord_id: int, quantity: int) -> None:
    """Ends a reservation without a sale."""
    StockRecord.objects.filter(pk=stockrecord_id).update(
        num_allocated=Greatest(Coalesce(F("num_allocated"), 0) - quantity, 0)
    )


def consume(stockrecord_id: int, quantity: int) -> None:
    """Ends a reservation with the pieces gone: they were sent."""
    StockRecord.objects.filter(pk=stockrecord_id).update(
        num_allocated=Greatest(Coalesce(F("num_allocated"), 0) - quantity, 0),
        num_in_stock=Greatest(F("num_in_stock") - quantity, 0),
    )


def put_back(stockrecord_id: int, quantity: int) -> None:
    """Pieces that were sent came back and are on sale again."""
    StockRecord.objects.filter(pk=stockrecord_id).update(num_in_stock=F("num_in_stock") + quantity)
