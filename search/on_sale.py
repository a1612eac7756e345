"""The documents of what is on sale, read from the database: as rows, for objects take three times as long."""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC
from decimal import Decimal
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection
from oscar.core.loading import get_model

from artisans.models import Artisan
from search.engines.base import ZONES, Document
from shop.currency.rates import current_rates
from shop.listings.crafts import lineage
from shop.listings.models import ListingText, ShippingOffer

Product = get_model("catalogue", "Product")
ProductImage = get_model("catalogue", "ProductImage")
StockRecord = get_model("partner", "StockRecord")
CHUNK = 500
# Dearer than anything: no search with an upper limit finds a price that cannot be compared with it.
UNKNOWN_USD = 1e12


class Row(NamedTuple):
    """A product and its listing, as _FIELDS names them."""

    id: int
    upc: str | None
    title: str
    slug: str
    date_created: Any
    rating: float | None
    priority: int
    craft: str
    materials: list[str]
    language: str
    place: str
    size: str
    days_to_make: int
    is_illustrated: bool


_FIELDS = ("pk", "upc", "title", "slug", "date_created", "rating", "priority") + tuple(
    f"listing__{name}" for name in Row._fields[7:]
)


class Record(NamedTuple):
    partner: int
    price: Decimal
    currency: str
    left: int


class Text(NamedTuple):
    title: str
    story: str


@dataclass
class Shop:
    """What the listings of one reading share. makers: by partner, met so far; None for a partner without one."""

    rates: Any
    zones: dict[int, tuple[str, ...]]
    read_at: int
    makers: dict[int, Artisan | None] = field(default_factory=dict)

    def meet(self, partners: set[int]) -> None:
        new = partners - self.makers.keys()
        found = Artisan.objects.in_bulk(new, field_name="partner_id") if new else {}
        self.makers.update((partner, found.get(partner)) for partner in new)


def documents(product_ids: Iterable[int] | None = None) -> Iterator[Document]:
    """The documents of these products (all that are on sale for None), read in chunks, memory flat."""
    shop = Shop(current_rates(), zones_by_partner(), database_time())
    for chunk in id_chunks(product_ids):
        yield from _documents(chunk, shop)


def id_chunks(product_ids: Iterable[int] | None = None) -> Iterator[list[int]]:
    """The ids of these products, or of all on sale, ascending, a chunk at a time."""
    wanted = _listed().values_list("pk", flat=True) if product_ids is None else product_ids
    ids = iter(sorted(wanted))
    while chunk := list(islice(ids, CHUNK)):
        yield chunk


def database_time() -> int:
    """Nanoseconds on the one clock that all processes share: the database server's (with SQLite the machine's)."""
    if connection.vendor != "postgresql":
        return time.time_ns()
    with connection.cursor() as cursor:
        cursor.execute("select (extract(epoch from clock_timestamp()) * 1000000)::bigint")
        return cursor.fetchone()[0] * 1000


def zones_by_partner() -> dict[int, tuple[str, ...]]:
    """Where each maker sends to, as of ZONES."""
    found = defaultdict(set)
    for partner, zone in ShippingOffer.objects.order_by().values_list("partner_id", "zone").distinct():
        found[partner].add(zone)
    return {partner: tuple(zone for zone in ZONES if zone in there) for partner, there in found.items()}


def _listed():
    return Product.objects.filter(parent=None, is_public=True, listing__isnull=False).order_by()


def _documents(ids: list[int], shop: Shop) -> Iterator[Document]:
    rows = [Row(*values) for values in _listed().filter(pk__in=ids).order_by("pk").values_list(*_FIELDS)]
    texts, images, records = _texts(ids), _images(ids), _records(ids)
    shop.meet({record.partner for several in records.values() for record in several})
    for row in rows:
        found = _document(row, texts[row.id], images[row.id], records[row.id], shop)
        if found:
            yield found


def _texts(ids: list[int]) -> dict[int, dict[str, Text]]:
    """By product and language."""
    found: dict[int, dict[str, Text]] = defaultdict(dict)
    values = ("listing__product_id", "language", "title", "story")
    for product, language, *text in (
        ListingText.objects.filter(listing__product__in=ids).order_by("pk").values_list(*values)
    ):
        found[product][language] = Text(*text)
    return found


def _images(ids: list[int]) -> dict[int, list[int]]:
    """By product, in their order."""
    found = defaultdict(list)
    for product, image in ProductImage.objects.filter(product__in=ids).values_list("product_id", "pk"):
        found[product].append(image)
    return found


def _records(ids: list[int]) -> dict[int, list[Record]]:
    """What has a price, by product: its own, then its variants'."""
    found = defaultdict(list)
    priced = StockRecord.objects.filter(price__isnull=False).order_by("pk")
    own = priced.filter(product__in=ids), "product_id"
    variants = priced.filter(product__parent__in=ids, product__is_public=True), "product__parent_id"
    for records, owner in (own, variants):
        values = (owner, "partner_id", "price", "price_currency", "num_in_stock", "num_allocated")
        for product, partner, price, currency, there, allocated in records.values_list(*values):
            found[product].append(Record(partner, price, currency, (there or 0) - (allocated or 0)))
    return found


def _document(
    row: Row, texts: dict[str, Text], images: list[int], records: list[Record], shop: Shop
) -> Document | None:
    """The document of one product; None when it has no price or its maker is not on show.

    A price whose currency has no rate yet is shown as it is and stands behind all others when sorted by price.
    """
    maker = shop.makers[records[0].partner] if records else None
    if maker is None or maker.status != Artisan.APPROVED:
        return None
    cheapest = min(records, key=lambda record: record.price)
    return Document(
        id=row.id,
        upc=row.upc or "",
        craft=row.craft,
        crafts=lineage(row.craft),
        materials=tuple(row.materials),
        country=maker.country,
        maker=maker.slug,
        maker_name=maker.name,
        partner_id=maker.partner_id,
        language=row.language,
        titles={language: text.title for language, text in texts.items()} or {row.language: row.title},
        descriptions={language: text.story for language, text in texts.items()},
        extra=" ".join(filter(None, [row.place, *maker.place.values(), maker.native_name])),
        price_usd=_in_dollars(cheapest, shop.rates),
        price=f"{cheapest.price:.2f}",
        currency=cheapest.currency,
        in_stock=any(record.left > 0 for record in records),
        ready=row.days_to_make == 0,
        created=int(row.date_created.astimezone(UTC).timestamp()),
        rating=row.rating,
        quality=_quality(row, texts, images),
        priority=row.priority,
        ships=shop.zones.get(maker.partner_id, ()),
        read_at=shop.read_at,
        card={
            "slug": row.slug,
            "picture": images[0] if images else None,
            "from": len({record.price for record in records}) > 1,
            "illustrated": row.is_illustrated,
        },
    )


def _in_dollars(record: Record, rates: Any) -> float:
    """What a stock record costs in US dollars; UNKNOWN_USD while its currency has no rate."""
    per_usd = rates.per_usd.get(record.currency)
    return float(record.price / per_usd) if per_usd else UNKNOWN_USD


def _quality(row: Row, texts: dict[str, Text], images: list[int]) -> float:
    """How well a listing is described, 0 to 1: pictures, a story, translations, measures."""
    story = max((len(text.story) for text in texts.values()), default=0)
    points = [
        min(len(images), 3) / 3,
        min(story, 300) / 300,
        min(len(texts), 3) / 3,
        1.0 if row.size else 0.0,
        1.0 if row.materials else 0.0,
    ]
    return round(sum(points) / len(points), 3)
