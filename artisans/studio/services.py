"""What a maker may change about their stock."""

from django.db import transaction
from oscar.core.loading import get_model

from shop.listings.changes import stock_changed
from shop.partner.stock import lock

StockRecord = get_model("partner", "StockRecord")


@transaction.atomic
def set_stock(stockrecord_id: int, pieces: int) -> bool:
    """Says how many pieces there are; False, and nothing changed, when fewer than are promised to shoppers."""
    record = lock([stockrecord_id])[stockrecord_id]
    if pieces < (record.num_allocated or 0):
        return False
    StockRecord.objects.filter(pk=stockrecord_id).update(num_in_stock=pieces)
    stock_changed([record.product])
    return True
