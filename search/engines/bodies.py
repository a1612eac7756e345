"""How a document is kept as JSON, and what an engine keeps of it beside that. Pure."""

import time
from typing import Any

from search.documents import standing, tokens
from search.engines.base import Document

_TUPLES = ("crafts", "materials", "ships")


def to_body(document: Document) -> dict[str, Any]:
    lists = {name: list(getattr(document, name)) for name in _TUPLES}
    return {name: value for name, value in {**vars(document), **lists}.items() if name not in ("read_at", "tokens")}


def from_body(body: dict[str, Any]) -> Document:
    return Document(**{**body, **{name: tuple(body[name]) for name in _TUPLES if name in body}})


def version_of(document: Document) -> int:
    return document.read_at or time.time_ns()


def facets_of(document: Document) -> dict[str, Any]:
    """What lists are filtered, counted and sorted by."""
    return {
        "craft": list(document.crafts),
        "country": document.country,
        "material": list(document.materials),
        "maker": document.maker,
        "maker_name": document.maker_name,
        "ready": document.ready,
        "in_stock": document.in_stock,
        "price": document.price_usd,
        "created": document.created,
        "standing": standing(document, time.time()),
        "ships": "".join(zone[0] for zone in document.ships),  # d, r, w
    }


def tokens_of(document: Document) -> list[str]:
    """What it is found by, sorted. A token is one word: spaces part tokens in a store."""
    return list(document.tokens) or sorted(token for token in tokens(document) if " " not in token)
