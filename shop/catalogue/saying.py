"""What a listing's page says, as plain values: the templates of `oscar/catalogue/listing/` are given these alone.
Nothing here asks the database for more than `shop.catalogue.reading` has read.
"""

from dataclasses import dataclass
from typing import Any

from babel.units import format_unit
from django.utils.translation import gettext as _

from shop.addresses import address_of
from shop.basket.forms import AddForm
from shop.currency.money import babel_locale, format_money
from shop.currency.rates import RateMissing, Rates
from shop.listings.countries import country_name
from shop.listings.crafts import craft_name, lineage
from shop.listings.models import ShippingOffer
from shop.settlement.commission import RuleBook
from shop.settlement.showing import before_buying
from shop.shipping.parcels import method_for, zone_between

_ZONES = (ShippingOffer.DOMESTIC, ShippingOffer.REGION, ShippingOffer.WORLD)


@dataclass(frozen=True)
class Shopper:
    """What of a shopper a page of goods depends on: language (the active one), currency, and the ISO code of their
    country."""

    language: str
    currency: str
    country: str


def listing_said(product, shopper: Shopper, form: AddForm, rates: Rates, book: RuleBook) -> dict[str, Any]:
    """Text, numbers, money as (Decimal, currency), and lists and dicts of them. `product` is of `listing_of`."""
    language = shopper.language
    listing, artisan = product.listing, product.artisan
    text = listing.text(language)
    ways = _ways_of(product, shopper, rates)
    zones = {
        ShippingOffer.DOMESTIC: country_name(artisan.country, language),
        ShippingOffer.REGION: _("Other countries of the region"),
        ShippingOffer.WORLD: _("The rest of the world"),
    }
    crafts = [_craft_said(craft, language) for craft in lineage(listing.craft)]
    return {
        "path": product.get_absolute_url(),
        "title": text.title,
        "text": _text_said(text),
        "own_text": _text_said(listing.text(listing.language)) if text.language != listing.language else None,
        "craft": crafts[0] if crafts else None,
        "crafts": crafts[::-1],
        "pictures": [
            {"id": image.pk, "caption": image.caption, "alt": image.caption or _alt(text.title, number)}
            for number, image in enumerate(product.images.all(), start=1)
        ],
        "is_illustrated": listing.is_illustrated,
        "materials": list(zip(listing.materials, listing.material_labels(language), strict=True)),
        "size": listing.size,
        "weight": weight_of(listing, language),
        "place": listing.place,
        "ready": listing.ready,
        "days_to_make": listing.days_to_make,
        "artisan": _artisan_said(artisan, language),
        "maker_text": _text_said(artisan.text(language)),
        "country": shopper.country,
        "country_name": country_name(shopper.country, language),
        "shipping": [_way_said(way, zones, shopper.currency) for way in ways],
        **_price_said(product, shopper, form, ways, rates, book),
    }


def _price_said(product, shopper: Shopper, form: AddForm, ways: list[dict], rates, book) -> dict[str, Any]:
    """Of the cheapest piece: what it costs the shopper, what its maker asks, and where the money goes when it is sent
    the first way to the shopper (None where that cannot be told)."""
    cheapest = min(product.records, key=lambda record: record.price)
    price = form.infos[cheapest.product_id].price
    own = format_money(cheapest.price, cheapest.price_currency, shopper.language)
    converted = price.exists and price.currency != cheapest.price_currency
    method = ways[0]["method"] if ways and ways[0]["here"] else None
    return {
        "price": format_money(price.incl_tax, price.currency, shopper.language) if converted else own,
        "own_price": own if converted else "",
        "varies": len({record.price for record in product.records}) > 1,
        "split": before_buying(cheapest, product.listing.craft, price.incl_tax, method, shopper.currency, rates, book)
        if price.exists
        else None,
    }


def _text_said(text) -> dict[str, str]:
    return {"language": text.language, "title": getattr(text, "title", ""), "story": text.story}


def _craft_said(craft: str, language: str) -> dict[str, str]:
    return {"id": craft, "url": address_of("search:craft", craft), "name": craft_name(craft, language)}


def _artisan_said(artisan, language: str) -> dict[str, Any]:
    return {
        "name": artisan.name,
        "native_name": artisan.native_name,
        "language": artisan.language,
        "get_absolute_url": artisan.get_absolute_url(),
        "portrait": str(artisan.portrait),
        "place": artisan.place_in(language),
        "country": country_name(artisan.country, language),
        "since": artisan.since,
    }


def _alt(title: str, number: int) -> str:
    return title if number == 1 else _("%(title)s, picture %(number)s") % {"title": title, "number": number}


def weight_of(listing, language: str) -> str:
    """The weight as readers write it, in grams or, from one kilogram on, in kilograms."""
    if not listing.weight_g:
        return ""
    heavy = listing.weight_g >= 1000
    amount, unit = (listing.weight_g / 1000, "mass-kilogram") if heavy else (listing.weight_g, "mass-gram")
    return format_unit(amount, unit, "short", locale=babel_locale(language))


def _ways_of(product, shopper: Shopper, rates: Rates) -> list[dict]:
    """Each way the maker sends one piece, those to the shopper's zone first: offer, method (None without a rate),
    here (whether it goes to the shopper's country)."""
    zone = zone_between(product.artisan.country, shopper.country)
    ways = []
    for offer in product.offers:
        try:
            method = method_for(offer, 1, shopper.currency, rates)
        except RateMissing:
            method = None
        ways.append({"offer": offer, "method": method, "here": offer.zone == zone})
    return sorted(ways, key=lambda way: (not way["here"], _ZONES.index(way["offer"].zone), way["offer"].price))


def _way_said(way: dict, zones: dict[str, str], currency: str) -> dict[str, Any]:
    offer, method = way["offer"], way["method"]
    return {
        "zone": zones[offer.zone],
        "how": str(offer.method_name),
        "here": way["here"],
        "charge": method.charge if method else offer.price,
        "currency": currency if method else offer.currency,
        "own_charge": offer.price,
        "own_currency": offer.currency,
        "days_min": str(offer.days_min),
        "days_max": str(offer.days_max),
    }
