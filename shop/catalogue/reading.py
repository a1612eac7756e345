"""Reading one listing with everything its page shows: one query, two when it has variants, however many."""

from typing import Any, NamedTuple

from oscar.core.loading import get_model

from shop.along import along, came_along
from shop.kept import Kept, Rows, attach

Product = get_model("catalogue", "Product")
StockRecord = get_model("partner", "StockRecord")
TEXTS, PICTURES = "listing__texts", "images"
MAKER_TEXTS, OFFERS = "partner__artisan__texts", "partner__shipping_offers"


def _records(listed: str, **which):
    """Stock records with all that is said of their listing (the product found by following `listed`) and its maker."""
    records = StockRecord.objects.filter(**which, **{f"{listed}__listing__isnull": False, f"{listed}__parent": None})
    return (
        records.select_related(f"{listed}__listing", f"{listed}__product_class", "partner__artisan")
        .annotate(
            texts=along(StockRecord, f"{listed}__{TEXTS}"),
            pictures=along(StockRecord, f"{listed}__{PICTURES}"),
            maker_texts=along(StockRecord, MAKER_TEXTS),
            offers=along(StockRecord, OFFERS),
        )
        .order_by("product_id")
    )


# One question or the other: an OR over both makes the database read every stock record there is.
_own_records = Kept(lambda pk: _records("product", product=pk))
_variants_records = Kept(lambda pk: _records("product__parent", product__parent=pk, product__is_public=True))


class ListingRows(NamedTuple):
    """What the database has of a listing and its maker: while it is equal, so is what a page says."""

    has_variants: bool
    records: Rows


def read_rows(pk: int) -> ListingRows | None:
    """Of the standalone or parent product with this id; None when it is none or has no price."""
    own = _own_records.rows(pk)
    rows = ListingRows(not own, own or _variants_records.rows(pk))
    return rows if rows.records else None


def listing_of(rows: ListingRows) -> Any:
    """The product that these rows make, with no further query.

    Attached: `records`, the stock records that can be bought from, the variants' in their order, each with its
    `product` (and that one's `parent`) set; `artisan`, whose it is (None for a partner without a face), and `offers`,
    their ways of sending. Texts and pictures are prefetched. Whether shoppers may see it is for the caller to ask of
    `is_on_show`.
    """
    records = (_variants_records if rows.has_variants else _own_records).objects(rows.records)
    first = records[0]
    product = first.product.parent if rows.has_variants else first.product
    product.records = [record for record in records if record.price is not None]
    if rows.has_variants:
        for record in product.records:
            record.product.parent = product
    product.artisan = getattr(first.partner, "artisan", None)
    product.offers = came_along(StockRecord, OFFERS, first.offers)
    attach(product.listing, "texts", came_along(Product, TEXTS, first.texts))
    pictures = came_along(Product, PICTURES, first.pictures)
    attach(product, "images", sorted(pictures, key=lambda picture: picture.display_order))
    if product.artisan is not None:
        attach(product.artisan, "texts", came_along(StockRecord, MAKER_TEXTS, first.maker_texts))
    return product


def is_on_show(product) -> bool:
    return (
        product.is_public
        and bool(product.records)
        and product.artisan is not None
        and product.artisan.status == "approved"
    )
