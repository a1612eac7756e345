"""Lists of listings: everything, one craft, one country. The address says it all."""

from dataclasses import dataclass, replace

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language

from search import engines
from search.cards import card_of
from search.engines.base import SearchQuery
from search.facets import build_chips, build_facets, build_pages
from search.forms import PAGE_SIZE, SORTS, ListAddress, read_address
from shop.currency.rates import current_rates
from shop.listings.countries import COUNTRIES, country_name
from shop.listings.crafts import children, craft_name, crafts as all_crafts, lineage


@dataclass(frozen=True)
class Heading:
    """What a list is of: a title, the way up to it, narrower lists below it."""

    title: str = ""
    up: tuple[tuple[str, str], ...] = ()
    narrower: tuple[str, ...] = ()


def listings(request):
    return _list(request, read_address(request.GET), Heading())


def crafts(request):
    """All crafts with how many listings each has."""
    language = get_language()
    counts = engines.search(SearchQuery(language=language, page_size=1)).facets.get("craft", {})
    groups = [_group(craft, counts, language) for craft in children(None)]
    return render(request, "search/crafts.html", {"groups": [group for group in groups if group["count"]]})


def _group(craft: str, counts: dict[str, int], language: str) -> dict:
    below = [
        {"id": child, "name": craft_name(child, language), "count": counts[child]}
        for child in _descendants(craft)
        if counts.get(child)
    ]
    return {"id": craft, "name": craft_name(craft, language), "count": counts.get(craft, 0), "below": below}


def _descendants(craft: str) -> list[str]:
    return [found for child in children(craft) for found in (child, *_descendants(child))]


def craft(request, craft: str):
    if craft not in all_crafts():
        raise Http404
    language = get_language()
    up = tuple((above, craft_name(above, language)) for above in reversed(lineage(craft)[1:]))
    heading = Heading(craft_name(craft, language), up, children(craft))
    return _list(request, read_address(request.GET), heading, {"craft": craft})


def country(request, country: str):
    code = country.upper()
    if code not in COUNTRIES:
        raise Http404
    return _list(request, read_address(request.GET), Heading(country_name(code, get_language())), {"country": code})


def _list(request, address: ListAddress, heading: Heading, preset: dict[str, str] | None = None):
    language, rates = get_language(), current_rates()
    query = address.query(language, request.currency, rates)
    query = _within(query, preset or {})
    result = engines.search(query)
    last = max(1, -(-result.total // PAGE_SIZE))
    context = {
        "address": address,
        "heading": heading,
        "preset": preset or {},
        "result": result,
        "cards": [card_of(hit, language, request.currency, rates) for hit in result.hits],
        "facets": build_facets(result, address, language, preset or {}),
        "chips": build_chips(address, language),
        "pages": build_pages(address, last),
        "beyond": address.page > last,
        "sorts": SORTS,
        "hidden": [(name, value) for name, value in address.items() if name not in ("sort", "page")],
    }
    template = "search/_results.html" if request.htmx and not request.htmx.boosted else "search/list.html"
    return render(request, template, context)


def _within(query, preset: dict[str, str]):
    """A list of one craft or country is never left by a filter of the same kind: it narrows it."""
    if "craft" in preset and not query.crafts:
        query = replace(query, crafts=frozenset([preset["craft"]]))
    if "country" in preset:
        query = replace(query, countries=frozenset([preset["country"]]))
    return query
