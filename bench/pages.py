"""What is asked for: the same page of both shops, another one each time."""

import itertools
import random
from collections.abc import Iterator
from urllib.parse import urlencode

from bench.servers import KARVAN, OSCAR

LIST, LISTING, SEARCH, CHECKOUT = "list", "listing", "search", "checkout"
PAGES = (LIST, LISTING, SEARCH, CHECKOUT)
# How deep a list is paged through: everything, and one craft.
DEEP, CRAFT_DEEP = 15, 3
SHORTEST_LIST, LEAST_STOCK = 24, 2

Visit = dict[str, str]
"""A shop's name → what to ask it for: a path; to buy, a product's number and path."""


def visits(catalogue: dict, addresses: dict, seed: int = 1) -> dict[str, Iterator[Visit]]:
    """For each page, visits in a shuffled order that is the same for the same seed; they start again when used up."""
    return {page: itertools.cycle(found) for page, found in all_visits(catalogue, addresses, seed).items()}


def all_visits(catalogue: dict, addresses: dict, seed: int = 1) -> dict[str, list[Visit]]:
    products = catalogue["products"]
    found = {
        LIST: _lists(products, addresses),
        LISTING: [_visit(one["path"], addresses["products"][str(one["id"])]) for one in products],
        SEARCH: [_search(text) for text in texts(products)],
        CHECKOUT: [
            _visit(f"{one['id']} {one['path']}", f"{one['id']} {addresses['products'][str(one['id'])]}")
            for one in products
            if one["simple"] and one["ready"] and one["stock"] >= LEAST_STOCK
        ],
    }
    dice = random.Random(seed)
    for several in found.values():
        dice.shuffle(several)
    return found


def texts(products: list[dict]) -> list[str]:
    """What shoppers would type: the craft's name in the maker's language, alone and with the place, as in the titles
    of made-up listings ("craft, place, …"), so that both shops find something."""
    found = set()
    for product in products:
        craft, comma, rest = product["title"].partition(", ")
        if comma:
            found |= {craft, f"{craft} {rest.partition(', ')[0]}"}
    return sorted(found)


def _lists(products: list[dict], addresses: dict) -> list[Visit]:
    found = [_visit(f"/en/catalogue/?page={n}", f"/catalogue/?page={n}") for n in range(1, _deep(len(products)) + 1)]
    for craft, path in addresses["crafts"].items():
        pages = min(CRAFT_DEEP, sum(one["craft"] == craft for one in products) // SHORTEST_LIST)
        found += [_visit(f"/en/crafts/{craft}/?page={n}", f"{path}?page={n}") for n in range(1, pages + 1)]
    return found


def _deep(count: int) -> int:
    return max(1, min(DEEP, count // SHORTEST_LIST))


def _search(text: str) -> Visit:
    query = urlencode({"q": text})
    return _visit(f"/en/catalogue/?{query}", f"/search/?{query}")


def _visit(ours: str, theirs: str) -> Visit:
    return {KARVAN: ours, OSCAR: theirs}
