"""How a document is kept as JSON, and what an engine keeps of it beside that. Pure."""

from typing import Any

from search.documents import standing, tokens
from search.engines.base import Document


def to_body(document: Document) -> dict[str, Any]:
    return {**vars(document), "crafts": list(document.crafts), "materials": list(document.materials)}


def from_body(body: dict[str, Any]) -> Document:
    return Document(**{**body, "crafts": tuple(body["crafts"]), "materials": tuple(body["materials"])})


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
        "standing": standing(document),
    }


def tokens_of(document: Document) -> list[str]:
    """What it is found by, sorted. A token is one word: spaces part tokens in a store."""
    return sorted(token for token in tokens(document) if " " not in token)
