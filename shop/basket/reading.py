"""Reading a basket with everything its page shows, in a fixed number of queries."""

from django.db.models import Prefetch
from django.utils.translation import get_language
from oscar.core.loading import get_class, get_model

from shop.shipping.parcels import listing_of

Applicator = get_class("offer.applicator", "Applicator")
Product = get_model("catalogue", "Product")


def prepare(basket, user=None):
    """The basket with offers applied and lines, listings, texts, makers and pictures prefetched, and on each line: `listing`, `text`,
    `info` (price and availability now), `purchase_permitted`, `left`, `picture` (id or None)."""
    if basket.pk is None:
        return basket
    lines = (
        basket.lines.select_related(
            "product__listing", "product__product_class", "product__parent__listing",
            "product__parent__product_class", "stockrecord__partner__artisan",
        )
        .prefetch_related(
            "attributes__option", "product__images", "product__parent__images",
            "product__listing__texts", "product__parent__listing__texts",
        )
        .order_by("pk")
    )
    basket._lines = list(lines)
    language = get_language()
    for line in basket._lines:
        line.basket = basket
        line.stockrecord.product = line.product
        line.listing = listing_of(line.product)
        line.text = line.listing.text(language)
        line.info = basket.strategy.fetch_for_product(line.product, line.stockrecord)
        artisan = line.stockrecord.partner.artisan
        line.left = max(0, line.stockrecord.net_stock_level or 0)
        line.purchase_permitted = (
            artisan.status == "approved" and line.info.availability.is_purchase_permitted(line.quantity)[0]
        )
        owner = line.product.parent if line.product.is_child else line.product
        images = list(owner.images.all())
        line.picture = images[0].pk if images else None
    if basket._lines:
        Applicator().apply(basket, user, None)
    return basket
