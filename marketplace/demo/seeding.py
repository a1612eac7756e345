"""Fills an empty shop with the demo: makers, listings with drawn pictures, people who can sign in, pages, rates."""

import io
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from oscar.core.loading import get_model

from artisans.models import Artisan, ArtisanText
from marketplace.demo import data, pictures
from shop.currency.rates import load_rates
from shop.listings.models import ShippingOffer
from shop.listings.services import Offer, Variant, save_listing

Partner = get_model("partner", "Partner")
Product = get_model("catalogue", "Product")
ProductImage = get_model("catalogue", "ProductImage")

RATES = Path(__file__).parent.parent.parent / "shop" / "currency" / "data" / "demo_rates.csv"
Say = Callable[[str], None]


@transaction.atomic
def seed_rates() -> None:
    with RATES.open(encoding="utf-8") as lines:
        load_rates(lines)


@transaction.atomic
def seed_makers() -> dict[str, Artisan]:
    """Creates or updates the demo's makers; returns them by slug."""
    return {
        maker["slug"]: _save_maker(country["country"], maker)
        for country in data.countries()
        for maker in country["makers"]
    }


def _save_maker(country: str, maker: dict) -> Artisan:
    artisan = Artisan.objects.filter(slug=maker["slug"]).first()
    partner = artisan.partner if artisan else Partner(code=maker["slug"])
    partner.name = maker["name"]
    partner.save()
    artisan, _created = Artisan.objects.update_or_create(
        slug=maker["slug"],
        defaults={
            "partner": partner,
            "name": maker["name"],
            "native_name": maker.get("native_name", ""),
            "country": country,
            "place": maker["place"],
            "language": maker["language"],
            "currency": maker["currency"],
            "crafts": maker["crafts"],
            "since": maker.get("since"),
            "status": Artisan.APPROVED,
            "is_demo": True,
        },
    )
    for language, story in maker["story"].items():
        ArtisanText.objects.update_or_create(artisan=artisan, language=language, defaults={"story": story})
    save_shipping(partner, maker["currency"], maker["shipping"])
    return artisan


def save_shipping(partner, currency: str, shipping: dict) -> None:
    """Standard post to each zone; a courier, dearer and faster, within the country and the region."""
    extra = Decimal(shipping.get("extra", "0"))
    for zone in ("domestic", "region", "world"):
        offer = shipping.get(zone)
        if not offer:
            continue
        price, (days_min, days_max) = Decimal(offer["price"]), offer["days"]
        _save_shipping_offer(partner, ShippingOffer.STANDARD, zone, currency, price, extra, days_min, days_max)
        if zone != "world":
            _save_shipping_offer(
                partner,
                ShippingOffer.EXPRESS,
                zone,
                currency,
                price * 2,
                extra * 2,
                max(1, days_min // 2),
                max(2, days_max // 2),
            )


def _save_shipping_offer(partner, code, zone, currency, price, extra, days_min, days_max) -> None:
    ShippingOffer.objects.update_or_create(
        partner=partner,
        code=code,
        zone=zone,
        defaults={"currency": currency, "price": price, "extra": extra, "days_min": days_min, "days_max": days_max},
    )


@transaction.atomic
def seed_listings(makers: dict[str, Artisan]) -> list[int]:
    """Creates or updates the demo's listings; returns their product ids."""
    ids = []
    for country in data.countries():
        for listing in country["listings"]:
            product, _created = save_listing(makers[listing["maker"]].partner, offer_of(listing, makers))
            ids.append(product.pk)
    return ids


def offer_of(listing: dict, makers: dict[str, Artisan]) -> Offer:
    own = makers[listing["maker"]].language
    texts = {
        language: (title, listing["description"].get(language, "")) for language, title in listing["title"].items()
    }
    personalisation = listing.get("personalisation") or {}
    return Offer(
        upc=listing["upc"],
        language=own if own in texts else next(iter(texts)),
        texts=texts,
        price=Decimal(listing["price"]),
        currency=listing["currency"],
        num_in_stock=listing["num_in_stock"],
        craft=listing["craft"],
        materials=listing["materials"],
        place=listing.get("place") if isinstance(listing.get("place"), str) else "",
        size=listing.get("size", ""),
        weight_g=listing.get("weight_g"),
        days_to_make=listing.get("days_to_make", 0),
        personalisation_prompts=personalisation.get("prompt", {}),
        personalisation_max=personalisation.get("max_length", 0),
        variants=[
            Variant(variant["value"], Decimal(variant["price"]), variant["num_in_stock"])
            for variant in listing.get("variants", [])
        ],
        is_illustrated=True,
    )


# -- Pictures -------------------------------------------------------------------------------------------------------


def draw_pictures(say: Say) -> None:
    """Draws every picture and portrait that is missing, on all cores. Needs no database: it runs beside `migrate`."""
    listings = [(_listing_file(upc, view), (craft, upc, view)) for craft, upc, view in _wanted()]
    _draw(_draw_listing, listings, say, "pictures")
    portraits = [
        (_portrait_file(maker["slug"]), (maker["slug"], country["country"], maker["woman"]))
        for country in data.countries()
        for maker in country["makers"]
    ]
    _draw(_draw_portrait, portraits, say, "portraits")


@transaction.atomic
def hang_up_pictures() -> None:
    """Gives listings and makers the pictures that were drawn for them."""
    products = dict(Product.objects.filter(listing__is_illustrated=True).values_list("upc", "pk"))
    hung = set(ProductImage.objects.values_list("original", flat=True))
    ProductImage.objects.bulk_create(
        ProductImage(product_id=products[upc], original=_listing_file(upc, view), display_order=view)
        for _craft, upc, view in _wanted()
        if upc in products and _listing_file(upc, view) not in hung
    )
    for artisan in Artisan.objects.filter(is_demo=True, portrait=""):
        if default_storage.exists(_portrait_file(artisan.slug)):
            Artisan.objects.filter(pk=artisan.pk).update(portrait=_portrait_file(artisan.slug))


def _wanted() -> list[tuple[str, str, int]]:
    """(craft, UPC, view) of every picture of the demo."""
    return [
        (listing["craft"], listing["upc"], view)
        for country in data.countries()
        for listing in country["listings"]
        for view in range(listing.get("pictures", 1))
    ]


def _listing_file(upc: str, view: int) -> str:
    return f"images/products/demo/{upc}-{view}.jpg"


def _portrait_file(slug: str) -> str:
    return f"portraits/demo/{slug}.jpg"


def _draw_listing(task: tuple[str, str, int]) -> bytes:
    craft, upc, view = task
    return _jpeg(pictures.draw_listing(craft, upc, view))


def _draw_portrait(task: tuple[str, str, bool]) -> bytes:
    slug, country, woman = task
    return _jpeg(pictures.draw_portrait(slug, country, woman=woman))


def _jpeg(picture) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=88)
    return buffer.getvalue()


def _draw(drawer: Callable, tasks: list[tuple[str, tuple]], say: Say, what: str) -> None:
    missing = [task for task in tasks if not default_storage.exists(task[0])]
    if not missing:
        return
    with ProcessPoolExecutor() as pool:
        drawn = pool.map(drawer, [arguments for _name, arguments in missing], chunksize=4)
        for number, ((name, _arguments), content) in enumerate(zip(missing, drawn, strict=True), start=1):
            default_storage.save(name, ContentFile(content))
            if number % 40 == 0 or number == len(missing):
                say(f"  {number}/{len(missing)} {what} drawn")
