"""Reading one listing with everything its page shows, in a fixed number of queries whatever its variants."""

from django.db.models import prefetch_related_objects
from oscar.core.loading import get_model

Product = get_model("catalogue", "Product")
StockRecord = get_model("partner", "StockRecord")


def read_listing(pk: int):
    """The standalone or parent product with this id, or None when it was never a listing.

    Attached: `records`, the stock records that can be bought from, the variants' in their order, each with its
    `product` (and that one's `parent`) set; `artisan`, whose it is (None when it has no price). Texts and pictures
    are prefetched. Whether shoppers may see it is for the caller to ask of `is_on_show`.
    """
    listings = Product.objects.filter(listing__isnull=False, parent=None)
    product = listings.select_related("listing", "product_class").filter(pk=pk).first()
    if product is None:
        return None
    prefetch_related_objects([product], "listing__texts", "images")
    product.records = _records_of(product)
    product.artisan = getattr(product.records[0].partner, "artisan", None) if product.records else None
    return product


def _records_of(product) -> list:
    # One question or the other: an OR over both tables makes the database read every stock record there is.
    records = StockRecord.objects.select_related("partner__artisan").order_by("product_id")
    if product.is_parent:
        records = records.filter(product__parent=product, product__is_public=True).select_related("product")
    else:
        records = records.filter(product=product)
    found = [record for record in records if record.price is not None]
    for record in found:
        if product.is_parent:
            record.product.parent = product
        else:
            record.product = product
    return found


def is_on_show(product) -> bool:
    return product.is_public and product.artisan is not None and product.artisan.status == "approved"
