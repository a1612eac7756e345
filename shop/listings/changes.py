"""Saying that a listing changed, so that search hears of it after commit."""

from collections.abc import Iterable

from shop.outbox.services import enqueue


def listing_changed(product_id: int) -> None:
    """The listing of this (standalone or parent) product is to be indexed again."""
    enqueue("index", {"product": product_id})


def stock_changed(products: Iterable) -> None:
    """The stock of these products changed; a variant's listing is its parent's."""
    for product_id in sorted({product.parent_id or product.pk for product in products}):
        listing_changed(product_id)
