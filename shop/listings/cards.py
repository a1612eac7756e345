"""Cards of listings: what a grid shows of each, as plain dicts (`includes/listing_card.html`)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from oscar.core.loading import get_model

from shop.addresses import address_of
from shop.currency.money import format_money
from shop.currency.rates import RateMissing, Rates
from shop.listings.countries import country_name
from shop.listings.models import ListingText

Product = get_model("catalogue", "Product")
ProductImage = get_model("catalogue", "ProductImage")
StockRecord = get_model("partner", "StockRecord")


def make_card(
    *, id: int, slug: str, title: str, title_lang: str, price: Decimal, own_currency: str, varies: bool, country: str,
    maker_slug: str, maker_name: str, picture: int | None, ready: bool, in_stock: bool,
    language: str, currency: str, rates: Rates,
) -> dict:  # fmt: skip
    """One card, its price converted from the maker's currency into the shopper's where a rate is known."""
    try:
        shown = format_money(rates.convert(price, own_currency, currency), currency, language)
    except RateMissing:
        shown, currency = format_money(price, own_currency, language), own_currency
    return {
        "id": id,
        "url": address_of("catalogue:detail", slug, id),
        "title": title,
        "title_lang": title_lang,
        "price": shown,
        "price_from": varies,
        "price_own": format_money(price, own_currency, language) if own_currency != currency else "",
        "country": country,
        "country_name": country_name(country, language),
        "maker_name": maker_name,
        "maker_url": address_of("artisans:storefront", maker_slug),
        "picture": picture,
        "picture_alt": "",
        "ready": ready,
        "in_stock": in_stock,
    }


def on_show():
    """Listings that may be shown, with everything a card needs prefetched (five queries for any number)."""
    records = Prefetch("stockrecords", StockRecord.objects.select_related("partner__artisan"))
    children = Product.objects.filter(is_public=True).prefetch_related(records)
    return (
        Product.objects.filter(parent=None, is_public=True, listing__isnull=False)
        .select_related("listing")
        .prefetch_related("listing__texts", "images", records, Prefetch("children", children))
    )


def cards_of(products, language: str, currency: str, rates: Rates) -> list[dict]:
    """Cards of products from `on_show()`, in their order; those without a price are passed over."""
    return [card for product in products if (card := _card_of(product, language, currency, rates))]


def _card_of(product, language: str, currency: str, rates: Rates) -> dict | None:
    owners = [product, *product.children.all()]
    records = [record for owner in owners for record in owner.stockrecords.all() if record.price is not None]
    if not records:
        return None
    cheapest = min(records, key=lambda record: record.price)
    artisan = cheapest.partner.artisan
    text = product.listing.text(language)
    images = list(product.images.all())
    return make_card(
        id=product.pk,
        slug=product.slug,
        title=text.title,
        title_lang=text.language,
        price=cheapest.price,
        own_currency=cheapest.price_currency,
        varies=len({record.price for record in records}) > 1,
        country=artisan.country,
        maker_slug=artisan.slug,
        maker_name=artisan.name,
        picture=images[0].pk if images else None,
        ready=product.listing.ready,
        in_stock=any((record.net_stock_level or 0) > 0 for record in records),
        language=language,
        currency=currency,
        rates=rates,
    )


# -- Many cards in one question -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shown:
    """A card, and what chooses it: the listing's own craft and when it came."""

    card: dict
    craft: str
    created: datetime


def newest_owners(crafts: list[str], partners: QuerySet | None, how_many: int) -> QuerySet:
    """The ids of the newest listings of these crafts (all for none) and partners (all for None), for a query."""
    found = Product.objects.filter(parent=None, is_public=True, listing__isnull=False)
    if crafts:
        found = found.filter(listing__craft__in=crafts)
    if partners is not None:
        sold = StockRecord.objects.filter(partner__in=partners)
        owners = sold.values(owner=Coalesce("product__parent_id", "product_id"))
        found = found.filter(pk__in=owners)
    return found.order_by("-date_created", "-pk").values("pk")[:how_many]


def read_shown(
    ids: Iterable[int], newest: Iterable[QuerySet], language: str, currency: str, rates: Rates
) -> dict[int, Shown]:
    """The cards of the listings with these ids and of those that `newest_owners` names, by id, in one query; those not
    on show or without a price are left out."""
    owners = Q(pk__in=set(ids)) | Q(parent__in=set(ids))
    for several in newest:
        owners |= Q(pk__in=several) | Q(parent__in=several)
    by_owner: dict[int, list] = {}
    for record in _records_to_show(owners, language):
        by_owner.setdefault(record.owner, []).append(record)
    return {owner: _shown(records, language, currency, rates) for owner, records in by_owner.items()}


def _records_to_show(owners: Q, language: str) -> QuerySet:
    owner = Coalesce("product__parent_id", "product_id")
    pictures = ProductImage.objects.filter(product=OuterRef("owner")).order_by("display_order", "pk")
    titles = ListingText.objects.filter(listing__product=OuterRef("owner"), language=language)
    return (
        StockRecord.objects.filter(
            Q(product__parent=None) | Q(product__parent__is_public=True),
            product__in=Product.objects.filter(owners).values("pk"),
            product__is_public=True,
            price__isnull=False,
            partner__artisan__status="approved",
        )
        .select_related("partner__artisan", "product__listing", "product__parent__listing")
        .annotate(owner=owner)
        .annotate(picture=Subquery(pictures.values("pk")[:1]), title=Subquery(titles.values("title")[:1]))
        .order_by("product_id")
    )


def _shown(records: list, language: str, currency: str, rates: Rates) -> Shown:
    cheapest = min(records, key=lambda record: record.price)
    product = cheapest.product.parent or cheapest.product
    artisan = cheapest.partner.artisan
    card = make_card(
        id=product.pk,
        slug=product.slug,
        title=cheapest.title or product.title,
        title_lang=language if cheapest.title else product.listing.language,
        price=cheapest.price,
        own_currency=cheapest.price_currency,
        varies=len({record.price for record in records}) > 1,
        country=artisan.country,
        maker_slug=artisan.slug,
        maker_name=artisan.name,
        picture=cheapest.picture,
        ready=product.listing.ready,
        in_stock=any((record.net_stock_level or 0) > 0 for record in records),
        language=language,
        currency=currency,
        rates=rates,
    )
    return Shown(card, product.listing.craft, product.date_created)
