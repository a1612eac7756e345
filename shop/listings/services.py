"""Creating and updating listings: the product, its stock, its words and what Karvan knows of it, together."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from oscar.core.loading import get_model

from shop.listings.models import Listing, ListingText

Product = get_model("catalogue", "Product")
ProductClass = get_model("catalogue", "ProductClass")
StockRecord = get_model("partner", "StockRecord")

PRODUCT_CLASS = "Craft"
# What an offer that says nothing of it leaves as it is.
_KEPT = (
    "craft", "materials", "place", "size", "weight_g", "days_to_make", "personalisation_prompts", "personalisation_max",
    "is_illustrated",
)  # fmt: skip


@dataclass(frozen=True)
class Variant:
    """One size or colour of a listing. `value` is what tells it from the others; the price is the maker's own."""

    value: str
    price: Decimal
    num_in_stock: int


@dataclass(frozen=True)
class Offer:
    """A listing as its maker describes it. `texts`: language → (title, story); the maker's `language` is among them.

    The price is in `currency`, tax included. `days_to_make` 0 means ready to ship. None leaves a value as it is when
    the listing exists already.
    """

    upc: str
    language: str
    texts: dict[str, tuple[str, str]]
    price: Decimal
    currency: str
    num_in_stock: int
    craft: str | None = None
    materials: Sequence[str] | None = None
    place: str | None = None
    size: str | None = None
    weight_g: int | None = None
    days_to_make: int | None = None
    personalisation_prompts: dict[str, str] | None = None
    personalisation_max: int | None = None
    variants: Sequence[Variant] = ()
    is_illustrated: bool | None = None


def product_class():
    return ProductClass.objects.get_or_create(
        slug="craft", defaults={"name": PRODUCT_CLASS, "requires_shipping": True, "track_stock": True}
    )[0]


@transaction.atomic
def save_listing(partner, offer: Offer):
    """Creates the listing, or updates the one with this UPC. Returns (product, created)."""
    title, story = offer.texts[offer.language]
    product = Product.objects.filter(upc=offer.upc).select_related("listing").first()
    created = product is None
    structure = Product.PARENT if offer.variants else Product.STANDALONE
    if product is None:
        product = Product(upc=offer.upc, structure=structure, product_class=product_class())
    product.title, product.description, product.is_public = title, story, True
    product.save()
    listing = product.listing if hasattr(product, "listing") else Listing(product=product)
    listing.language = offer.language
    for name in _KEPT:
        value = getattr(offer, name)
        if value is not None:
            setattr(listing, name, value)
    listing.save()
    for language, (text_title, text_story) in offer.texts.items():
        ListingText.objects.update_or_create(
            listing=listing, language=language, defaults={"title": text_title, "story": text_story}
        )
    if offer.variants:
        _save_variants(product, partner, offer)
    else:
        _save_stock(product, partner, offer.upc, offer.price, offer.currency, offer.num_in_stock)
    return product, created


def _save_variants(product, partner, offer: Offer) -> None:
    for number, variant in enumerate(offer.variants, start=1):
        upc = f"{offer.upc}-{number}"
        child, _created = Product.objects.update_or_create(
            upc=upc, defaults={"parent": product, "structure": Product.CHILD, "title": variant.value, "is_public": True}
        )
        _save_stock(child, partner, upc, variant.price, offer.currency, variant.num_in_stock)


def _save_stock(product, partner, sku: str, price: Decimal, currency: str, pieces: int) -> None:
    """What is promised to shoppers (allocated) stays promised."""
    StockRecord.objects.update_or_create(
        product=product,
        defaults={
            "partner": partner,
            "partner_sku": sku,
            "price": price,
            "price_currency": currency,
            "num_in_stock": pieces,
        },
    )
