"""Saying that a listing changed, so that search hears of it after commit."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from shop.outbox.services import enqueue

_gathering: ContextVar[set[int] | None] = ContextVar("gathering", default=None)


def listing_changed(product_id: int) -> None:
    """The listing of this (standalone or parent) product is to be indexed again."""
    gathered = _gathering.get()
    if gathered is None:
        enqueue("index", {"product": product_id})
    else:
        gathered.add(product_id)


def stock_changed(products: Iterable) -> None:
    """The stock of these products changed; a variant's listing is its parent's."""
    for product_id in sorted({product.parent_id or product.pk for product in products}):
        listing_changed(product_id)


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
