"""Reading one listing with everything its page shows, in a fixed number of queries whatever its variants."""

from oscar.core.loading import get_model

from shop.kept import Kept, attach
from shop.listings.models import ListingText

Product = get_model("catalogue", "Product")
ProductImage = get_model("catalogue", "ProductImage")
StockRecord = get_model("partner", "StockRecord")


def _listings():
    return Product.objects.filter(listing__isnull=False, parent=None).select_related("listing", "product_class")


def _records():
    return StockRecord.objects.select_related("partner__artisan").order_by("product_id")


_listing = Kept(lambda pk: _listings().filter(pk=pk))
_texts = Kept(lambda pk: ListingText.objects.filter(listing=pk))
_images = Kept(lambda pk: ProductImage.objects.filter(product=pk))
# One question or the other: an OR over both tables makes the database read every stock record there is.
_own_records = Kept(lambda pk: _records().filter(product=pk))
_variants_records = Kept(
    lambda pk: _records().filter(product__parent=pk, product__is_public=True).select_related("product")
)


def read_listing(pk: int):
    """The standalone or parent product with this id, or None when it was never a listing.

    Attached: `records`, the stock records that can be bought from, the variants' in their order, each with its
    `product` (and that one's `parent`) set; `artisan`, whose it is (None when it has no price). Texts and pictures
    are prefetched. Whether shoppers may see it is for the caller to ask of `is_on_show`.
    """
    product = next(iter(_listing(pk)), None)
    if product is None:
        return None
    attach(product.listing, "texts", _texts(product.listing.pk))
    attach(product, "images", _images(pk))
    product.records = _records_of(product)
    product.artisan = getattr(product.records[0].partner, "artisan", None) if product.records else None
    return product


def _records_of(product) -> list:
    records = (_variants_records if product.is_parent else _own_records)(product.pk)
    found = [record for record in records if record.price is not None]
    for record in found:
        if product.is_parent:
            record.product.parent = product
        else:
            record.product = product
    return found


def is_on_show(product) -> bool:
    return product.is_public and product.artisan is not None and product.artisan.status == "approved"
