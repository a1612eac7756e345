"""Listings for search tests: what a test does not say is the same for all."""

from search.engines.base import Document
from shop.listings.crafts import lineage


def listing(id: int, title: str, language: str = "en", **values) -> Document:
    craft = values.setdefault("craft", "")
    values.setdefault("crafts", lineage(craft))
    values.setdefault("titles", {language: title})
    values.setdefault("country", "UZ")
    values.setdefault("maker", "zarina")
    values.setdefault("maker_name", values["maker"].title())
    values.setdefault("created", 1_700_000_000)
    price = values.setdefault("price_usd", 50.0)
    return Document(id=id, upc=f"UPC-{id}", language=language, price=f"{price:.2f}", **values)


def found(engine, text="", language="en", **values) -> list[int]:
    """Ids of the answer, best first."""
    from search.engines.base import SearchQuery

    return [hit.document.id for hit in engine.search(SearchQuery(text=text, language=language, **values)).hits]
