"""The demo's makers and listings, read from `data/??.json`. The people in them are invented."""

import json
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@cache
def countries() -> list[dict]:
    """One dict a country: {"country", "makers": […], "listings": […]}."""
    return [json.loads(file.read_text(encoding="utf-8")) for file in sorted(DATA.glob("??.json"))]


@cache
def orders() -> list[dict]:
    """Planned orders: {"key", "who", "country", "language", "currency", "days_ago", "state", "lines": [UPC…]}, some
    with "reviews": [{"upc", "score", "words"}], of which a few wait for a moderator ("waits"). `who` is the address of
    one of the demo's people or a guest's name."""
    return json.loads((DATA / "orders.json").read_text(encoding="utf-8"))["orders"]


@cache
def stories() -> list[dict]:
    """One dict a country: {"country", "page": {…}, "story": {…}}."""
    return [json.loads(file.read_text(encoding="utf-8")) for file in sorted((DATA / "stories").glob("??.json"))]
