"""From the database to the index: after commit, retried, the newest state each time, never an older one over it."""

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import islice
from typing import Any

from django.db import connections
from django.db.models.signals import post_delete, post_save
from oscar.core.loading import get_model

from artisans.models import Artisan
from search import engines, vocabulary
from search.engines.base import Document, EngineAway
from search.engines.bodies import tokens_of
from search.on_sale import database_time, documents, id_chunks
from search.thesaurus import get_thesaurus
from shop.listings.changes import listing_changed, listings_changed
from shop.listings.models import Listing, ListingText, ShippingOffer
from shop.outbox.services import Unreachable, handles

Product = get_model("catalogue", "Product")
ProductImage = get_model("catalogue", "ProductImage")
StockRecord = get_model("partner", "StockRecord")


def documents_by_many(workers: int) -> Iterator[Document]:
    """The documents of all that is on sale, read and taken apart into tokens by so many processes, in order. At most
    two chunks for each process wait, so memory stays flat. For commands: nothing else may run in this process."""
    chunks = iter(list(id_chunks()))
    get_thesaurus()  # once, before the others are made of this process
    connections.close_all()  # a connection must not be shared between processes
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork")) as pool:
        waiting = deque(pool.submit(_read_whole, chunk) for chunk in islice(chunks, 2 * workers))
        while waiting:
            found = waiting.popleft().result()
            waiting.extend(pool.submit(_read_whole, chunk) for chunk in islice(chunks, 1))
            yield from found


def _read_whole(product_ids: list[int]) -> list[Document]:
    return [replace(document, tokens=tuple(tokens_of(document))) for document in documents(product_ids)]


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
