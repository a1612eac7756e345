"""From the database to the index: after commit, retried, the newest state each time, never an older one over it."""

import multiprocessing
import time
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC
from itertools import islice
from typing import Any

from django.db import connection, connections
from django.db.models import Prefetch
from django.db.models.signals import post_delete, post_save
from oscar.core.loading import get_model

from artisans.models import Artisan
from search import engines, vocabulary
from search.engines.base import ZONES, Document, EngineAway
from search.engines.bodies import tokens_of
from search.thesaurus import get_thesaurus
from shop.currency.rates import current_rates
from shop.listings.changes import listing_changed, listings_changed
from shop.listings.crafts import lineage
from shop.listings.models import Listing, ListingText, ShippingOffer
from shop.outbox.services import Unreachable, handles

Product = get_model("catalogue", "Product")
ProductImage = get_model("catalogue", "ProductImage")
StockRecord = get_model("partner", "StockRecord")
CHUNK = 500
# Dearer than anything: no search with an upper limit finds a price that cannot be compared with it.
UNKNOWN_USD = 1e12


def documents(product_ids: Iterable[int] | None = None) -> Iterator[Document]:
    """The documents of these products (all that are on sale for None), read in chunks, memory flat."""
    products = Product.objects.filter(parent=None, is_public=True, listing__isnull=False)
    if product_ids is not None:
        products = products.filter(pk__in=list(product_ids))
    products = products.select_related("listing").prefetch_related(
        "listing__texts",
        "images",
        Prefetch("stockrecords", StockRecord.objects.select_related("partner__artisan")),
        Prefetch(
            "children",
            Product.objects.filter(is_public=True).prefetch_related(
                Prefetch("stockrecords", StockRecord.objects.select_related("partner__artisan"))
            ),
        ),
    )
    read_at, rates, zones = database_time(), current_rates(), zones_by_partner()
    for product in products.order_by("pk").iterator(chunk_size=CHUNK):
        document = document_of(product, rates, zones, read_at)
        if document:
            yield document


def documents_by_many(workers: int) -> Iterator[Document]:
    """The documents of all that is on sale, read and taken apart into tokens by so many processes, in order. At most
    two chunks for each process wait, so memory stays flat. For commands: nothing else may run in this process."""
    ids = list(Product.objects.filter(parent=None, is_public=True, listing__isnull=False).values_list("pk", flat=True))
    ids.sort()
    get_thesaurus()  # once, before the others are made of this process
    connections.close_all()  # a connection must not be shared between processes
    chunks = iter([ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)])
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork")) as pool:
        waiting = deque(pool.submit(_read_whole, chunk) for chunk in islice(chunks, 2 * workers))
        while waiting:
            found = waiting.popleft().result()
            waiting.extend(pool.submit(_read_whole, chunk) for chunk in islice(chunks, 1))
            yield from found


def _read_whole(product_ids: list[int]) -> list[Document]:
    return [replace(document, tokens=tuple(tokens_of(document))) for document in documents(product_ids)]


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


def document_of(product, rates, zones: dict[int, tuple[str, ...]], read_at: int = 0) -> Document | None:
    """The document of one prefetched product; None when it has no price or its maker is not on show.

    A price whose currency has no rate yet is shown as it is and stands behind all others when sorted by price.
    zones: by partner; read_at: when the database was asked.
    """
    records = [*product.stockrecords.all(), *(r for child in product.children.all() for r in child.stockrecords.all())]
    records = [record for record in records if record.price is not None]
    artisan = getattr(records[0].partner, "artisan", None) if records else None
    if artisan is None or artisan.status != Artisan.APPROVED:
        return None
    listing = product.listing
    texts = {text.language: text for text in listing.texts.all()}
    cheapest = min(records, key=lambda record: record.price)
    images = list(product.images.all())
    return Document(
        id=product.pk,
        upc=product.upc or "",
        craft=listing.craft,
        crafts=lineage(listing.craft),
        materials=tuple(listing.materials),
        country=artisan.country,
        maker=artisan.slug,
        maker_name=artisan.name,
        partner_id=artisan.partner_id,
        language=listing.language,
        titles={language: text.title for language, text in texts.items()} or {listing.language: product.title},
        descriptions={language: text.story for language, text in texts.items()},
        extra=" ".join(filter(None, [listing.place, *artisan.place.values(), artisan.native_name])),
        price_usd=_in_dollars(cheapest, rates),
        price=f"{cheapest.price:.2f}",
        currency=cheapest.price_currency,
        in_stock=any((record.net_stock_level or 0) > 0 for record in records),
        ready=listing.ready,
        created=int(product.date_created.astimezone(UTC).timestamp()),
        rating=product.rating,
        quality=quality(product, texts, images),
        priority=product.priority,
        ships=zones.get(artisan.partner_id, ()),
        read_at=read_at,
        card={
            "slug": product.slug,
            "picture": images[0].pk if images else None,
            "from": len({record.price for record in records}) > 1,
            "illustrated": listing.is_illustrated,
        },
    )


def _in_dollars(record, rates) -> float:
    """What a stock record costs in US dollars; UNKNOWN_USD while its currency has no rate."""
    per_usd = rates.per_usd.get(record.price_currency)
    return float(record.price / per_usd) if per_usd else UNKNOWN_USD


def quality(product, texts: dict, images: list) -> float:
    """How well a listing is described, 0 to 1: pictures, a story, translations, measures."""
    story = max((len(text.story) for text in texts.values()), default=0)
    listing = product.listing
    points = [
        min(len(images), 3) / 3,
        min(story, 300) / 300,
        min(len(texts), 3) / 3,
        1.0 if listing.size else 0.0,
        1.0 if listing.materials else 0.0,
    ]
    return round(sum(points) / len(points), 3)


def index_products(product_ids: Iterable[int], words: bool = True) -> None:
    """Brings the index in line with the database for these products: updated, added or taken out. words: whether
    more than price, stock and shipping may have changed."""
    wanted, read_at = set(product_ids), database_time()
    found = list(documents(wanted))
    gone = wanted - {document.id for document in found}
    if found:
        (engines.index if words else engines.update)(found)
    if gone:
        engines.delete(gone, read_at)


@handles("index")
def handle_index(payload: dict) -> None:
    vocabulary.refresh()
    try:
        index_products(payload["products"], payload.get("words", True))
    except EngineAway as away:
        raise Unreachable(str(away)) from away


def rebuild(names: Iterable[str] | None = None, progress=None, workers: int = 1) -> dict[str, int]:
    """Builds the indexes anew from the database, while the old ones keep answering: of every engine in use, or of
    those named. workers: how many processes read listings. Returns how many documents each holds; EngineError when
    one is away."""
    vocabulary.refresh()
    chosen = [engine for engine in engines.engines() if names is None or engine.name in names]
    for engine in chosen:
        engine.rebuild(documents() if workers < 2 else documents_by_many(workers), progress=progress)
    return {engine.name: engine.count() for engine in chosen}


def _changed(product_of, words: bool = True):
    def receiver(sender, instance, raw=False, created=True, **kwargs):
        if raw:
            return
        product_id = product_of(instance)
        if product_id:
            listing_changed(product_id, words or created)

    return receiver


def _maker_changed(sender, instance, raw=False, created=False, **kwargs):
    if raw or (created and sender is Artisan):
        return
    ids = Product.objects.filter(stockrecords__partner=instance.partner_id).values_list("pk", "parent_id")
    listings_changed(sorted({parent or pk for pk, parent in ids}), words=sender is Artisan)


_RECEIVERS: dict[Any, Any] = {
    Product: _changed(lambda product: product.parent_id or product.pk),
    StockRecord: _changed(lambda record: record.product.parent_id or record.product_id, words=False),
    ProductImage: _changed(lambda image: image.product_id),
    Listing: _changed(lambda listing: listing.product_id),
    ListingText: _changed(lambda text: text.listing.product_id),
    Artisan: _maker_changed,
    ShippingOffer: _maker_changed,
}
for _model, _receiver in _RECEIVERS.items():
    for _signal in (post_save, post_delete):
        _signal.connect(_receiver, sender=_model, weak=False, dispatch_uid=f"index-{_model.__name__}-{id(_signal)}")
