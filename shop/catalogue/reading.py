"""Reading one listing with everything its page shows, in a fixed number of queries whatever its variants."""

from typing import Any, NamedTuple

from oscar.core.loading import get_model

from shop.kept import Kept, Rows, attach
from shop.listings.models import ListingText, ShippingOffer

Product = get_model("catalogue", "Product")
ProductImage = get_model("catalogue", "ProductImage")
StockRecord = get_model("partner", "StockRecord")


def _listings():
    return Product.objects.filter(listing__isnull=False, parent=None).select_related("listing", "product_class")


def _records():
    return StockRecord.objects.select_related("partner__artisan").order_by("product_id")


_listing = Kept(lambda pk: _listings().filter(pk=pk))
_texts = Kept(lambda pk: ListingText.objects.filter(listing__product=pk))
_images = Kept(lambda pk: ProductImage.objects.filter(product=pk))
# One question or the other: an OR over both tables makes the database read every stock record there is.
_own_records = Kept(lambda pk: _records().filter(product=pk))
_variants_records = Kept(
    lambda pk: _records().filter(product__parent=pk, product__is_public=True).select_related("product")
)
_maker_texts = Kept(lambda partner: get_model("artisans", "ArtisanText").objects.filter(artisan__partner=partner))
_offers = Kept(lambda partner: ShippingOffer.objects.filter(partner=partner).order_by("pk"))


class ListingRows(NamedTuple):
    """What the database has of a listing and its maker: while it is equal, so is what a page says."""

    listing: Rows
    texts: Rows
    images: Rows
    records: Rows
    maker_texts: Rows
    offers: Rows


def read_rows(pk: int) -> ListingRows | None:
    """Of the standalone or parent product with this id; None when it was never a listing."""
    listing = _listing.rows(pk)
    if not listing:
        return None
    kept = _records_kept(_listing.value(listing[0], "structure"))
    records = kept.rows(pk)
    partner = kept.value(records[0], "partner_id") if records else 0
    return ListingRows(
        listing, _texts.rows(pk), _images.rows(pk), records, _maker_texts.rows(partner), _offers.rows(partner)
    )


def listing_of(rows: ListingRows) -> Any:
    """The product that these rows make, with no further query.

    Attached: `records`, the stock records that can be bought from, the variants' in their order, each with its
    `product` (and that one's `parent`) set; `artisan`, whose it is (None when it has no price), and `offers`, their
    ways of sending. Texts and pictures are prefetched. Whether shoppers may see it is for the caller to ask of
    `is_on_show`.
    """
    (product,) = _listing.objects(rows.listing)
    attach(product.listing, "texts", _texts.objects(rows.texts))
    attach(product, "images", _images.objects(rows.images))
    product.records = _records_of(product, rows.records)
    product.artisan = getattr(product.records[0].partner, "artisan", None) if product.records else None
    product.offers = _offers.objects(rows.offers)
    if product.artisan is not None:
        attach(product.artisan, "texts", _maker_texts.objects(rows.maker_texts))
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
