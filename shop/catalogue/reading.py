"""Reading one listing with everything its page shows, in a fixed number of queries whatever its variants."""

from typing import Any, NamedTuple

from oscar.core.loading import get_model

from shop.along import along, came_along
from shop.kept import Kept, Rows, attach
from shop.listings.models import ListingText, ShippingOffer

Product = get_model("catalogue", "Product")
ProductImage = get_model("catalogue", "ProductImage")
StockRecord = get_model("partner", "StockRecord")


def _listings():
    listings = Product.objects.filter(listing__isnull=False, parent=None).select_related("listing", "product_class")
    return listings.annotate(
        texts=along(ListingText, "listing", "listing__pk"), pictures=along(ProductImage, "product", "pk")
    )


def _records():
    records = StockRecord.objects.select_related("partner__artisan").order_by("product_id")
    return records.annotate(
        maker_texts=along(get_model("artisans", "ArtisanText"), "artisan__partner", "partner"),
        offers=along(ShippingOffer, "partner", "partner"),
    )


_listing = Kept(lambda pk: _listings().filter(pk=pk))
# One question or the other: an OR over both tables makes the database read every stock record there is.
_own_records = Kept(lambda pk: _records().filter(product=pk))
_variants_records = Kept(
    lambda pk: _records().filter(product__parent=pk, product__is_public=True).select_related("product")
)


class ListingRows(NamedTuple):
    """What the database has of a listing and its maker: while it is equal, so is what a page says."""

    listing: Rows
    records: Rows


def read_rows(pk: int) -> ListingRows | None:
    """Of the standalone or parent product with this id; None when it was never a listing."""
    listing = _listing.rows(pk)
    if not listing:
        return None
    return ListingRows(listing, _records_kept(_listing.value(listing[0], "structure")).rows(pk))


def listing_of(rows: ListingRows) -> Any:
    """The product that these rows make, with no further query.

    Attached: `records`, the stock records that can be bought from, the variants' in their order, each with its
    `product` (and that one's `parent`) set; `artisan`, whose it is (None when it has no price), and `offers`, their
    ways of sending. Texts and pictures are prefetched. Whether shoppers may see it is for the caller to ask of
    `is_on_show`.
    """
    (product,) = _listing.objects(rows.listing)
    attach(product.listing, "texts", came_along(ListingText, product.texts))
    pictures = came_along(ProductImage, product.pictures)
    attach(product, "images", sorted(pictures, key=lambda picture: picture.display_order))
    product.records = _records_of(product, rows.records)
    product.artisan, product.offers = None, []
    if product.records:
        record = product.records[0]
        product.artisan = getattr(record.partner, "artisan", None)
        product.offers = came_along(ShippingOffer, record.offers)
    if product.artisan is not None:
        attach(product.artisan, "texts", came_along(get_model("artisans", "ArtisanText"), record.maker_texts))
    return product


def _records_kept(structure: str) -> Kept:
    return _variants_records if structure == Product.PARENT else _own_records


def _records_of(product, rows: Rows) -> list:
    found = [record for record in _records_kept(product.structure).objects(rows) if record.price is not None]
    for record in found:
        if product.is_parent:
            record.product.parent = product
        else:
            record.product = product
    return found


def is_on_show(product) -> bool:
    return product.is_public and product.artisan is not None and product.artisan.status == "approved"
