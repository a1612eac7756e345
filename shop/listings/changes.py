"""Saying that a listing changed, so that search hears of it after commit."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from shop.outbox.services import enqueue

_gathering: ContextVar[set[int] | None] = ContextVar("gathering", default=None)


# One message carries at most so many listings.
CHUNK = 500


def listing_changed(product_id: int, words: bool = True) -> None:
    """The listing of this (standalone or parent) product is to be indexed again."""
    listings_changed([product_id], words)


def listings_changed(product_ids: Iterable[int], words: bool = True) -> None:
    """words: whether more changed than price, stock and how it is sent."""
    ids, gathered = list(product_ids), _gathering.get()
    if gathered is not None:
        gathered.update(ids)
        return
    for start in range(0, len(ids), CHUNK):
        enqueue("index", {"products": ids[start : start + CHUNK], "words": words})


def stock_changed(products: Iterable) -> None:
    """The stock of these products changed; a variant's listing is its parent's."""
    listings_changed(sorted({product.parent_id or product.pk for product in products}), words=False)


@contextmanager
def gathered_changes() -> Iterator[set[int]]:
    """Collects the ids instead of telling search of each: for whoever writes many and indexes them together."""
    token = _gathering.set(set())
    try:
        gathered = _gathering.get()
        assert gathered is not None
        yield gathered
    finally:
        _gathering.reset(token)
