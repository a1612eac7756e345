"""Lists of listings: everything, one craft, one country, what is like one piece. The address says it all."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from oscar.core.loading import get_model

from artisans.models import Artisan
from search import engines
from search.beside import makers_beside, stories_beside
from search.cards import card_of
from search.engines.base import SearchQuery, SearchResult
from search.explaining import explain
from search.facets import build_chips, build_facets, build_pages, build_understood
from search.forms import PAGE_SIZE, SORTS, ListAddress, read_address
from search.helping import ways_on
from search.highlighting import sought
from search.insight.counting import count_search
from shop.alternates import alternates
from shop.currency.rates import current_rates
from shop.listings.countries import COUNTRIES, country_name
from shop.listings.crafts import children, craft_name, lineage
from shop.listings.crafts import crafts as all_crafts
from shop.shipping.destination import told_country

Product = get_model("catalogue", "Product")
HIDDEN = ("q", "maker", "as_words", "sort")  # of an address, what has no field in the form of filters
POPULAR = 12
SIMILAR = 8


@dataclass(frozen=True)
class Heading:
    """What a list is of: a title, the way up to it, narrower crafts below it."""

    title: str = ""
    up: tuple[tuple[str, str], ...] = ()
    narrower: tuple[str, ...] = ()


@require_safe
def listings(request):
    return _list(request, Heading())


@require_safe
def craft(request, craft: str):
    if craft not in all_crafts():
        raise Http404
    language = get_language()
    up = tuple((above, craft_name(above, language)) for above in reversed(lineage(craft)[1:]))
    return _list(request, Heading(craft_name(craft, language), up, children(craft)), {"craft": craft})


@require_safe
def country(request, country: str):
    code = country.upper()
    if code not in COUNTRIES:
        raise Http404
    return _list(request, Heading(country_name(code, get_language())), {"country": code})


@require_safe
def crafts(request):
    """All crafts with how many listings each has."""
    language = get_language()
    counts = _craft_counts(language)
    groups = [_group(craft, counts, language) for craft in children(None)]
    context = {"groups": [group for group in groups if group["count"]], **alternates(request.path)}
    return render(request, "search/crafts.html", context)


@require_safe
def similar(request, pk: int):
    """What is like one piece: a fragment for the listing's page, or a page of its own where there is no script."""
    pieces = Product.objects.filter(pk=pk, is_public=True, listing__isnull=False).select_related("listing")
    product = get_object_or_404(pieces.prefetch_related("listing__texts"))
    language = get_language()
    size = SIMILAR if request.htmx else PAGE_SIZE
    query = SearchQuery(language=language, similar_to=pk, exclude=pk, page_size=size, facets=False)
    context = {
        "product": product,
        "text": product.listing.text(language),
        "cards": _cards(engines.search(query), language, request.currency, current_rates()),
    }
    return render(request, "search/_similar.html" if request.htmx else "search/similar.html", context)


def _craft_counts(language: str) -> dict[str, float]:
    return engines.search(SearchQuery(language=language, page_size=1)).facets.get("craft", {})


def _group(craft: str, counts: dict[str, int], language: str) -> dict:
    below = _counted(_descendants(craft), counts, language)
    return {"id": craft, "name": craft_name(craft, language), "count": counts.get(craft, 0), "below": below}


def _counted(crafts, counts: Mapping[str, float], language: str) -> list[dict]:
    return [
        {"id": craft, "name": craft_name(craft, language), "count": counts[craft]}
        for craft in crafts
        if counts.get(craft)
    ]


def _descendants(craft: str) -> list[str]:
    return [found for child in children(craft) for found in (child, *_descendants(child))]


def _cards(result: SearchResult, language: str, currency: str, rates, ship_to: str = "") -> list[dict]:
    wanted = sought(result.step)
    return [card_of(hit, language, currency, rates, wanted, ship_to) for hit in result.hits]


def _beside(address: ListAddress, result: SearchResult, language: str) -> dict:
    """Makers and stories beside the first page of a search in words."""
    if not address.text or address.page > 1:
        return {}
    makers = makers_beside(result, address.text, language)
    return {"makers": makers, "stories": stories_beside(address.text, language)}


def _list(request, heading: Heading, preset: dict[str, str] | None = None):
    preset = preset or {}
    language, currency, rates = get_language(), request.currency, current_rates()
    ship_to = told_country(request)
    address = _kept_within(read_address(request.GET), preset)
    query = _within(address.query(language, currency, rates, ship_to), preset)
    result = engines.search(query)
    names = _maker_names(address, result)
    if address.chosen.keys() & {"maker"} and not names.keys() >= set(address.chosen["maker"]):
        address = _without_strangers(address, names)
        query = _within(address.query(language, currency, rates, ship_to), preset)
        result = engines.search(query)
    if "explain" in request.GET and request.user.is_staff:
        return render(request, "search/explain.html", explain(query, result, time.time()) | {"address": address})
    if address.text and address.page == 1:
        count_search(address.text, language, found=bool(result.total))
    last = max(1, -(-result.total // PAGE_SIZE))
    context = {
        "address": address,
        "heading": heading,
        "country": preset.get("country"),
        "ship_to": ship_to,
        "result": result,
        "cards": _cards(result, language, currency, rates, ship_to),
        "facets": build_facets(result, address, language, preset),
        "chips": build_chips(address, language, currency, names),
        "savable": _savable(address, preset),
        **_beside(address, result, language),
        "understood": build_understood(result.chips, address, language, currency, rates),
        "narrower": _counted(heading.narrower, result.facets.get("craft", {}), language),
        "pages": build_pages(address, last),
        "last_url": "?" + address.encoded(page=last) if address.page > last else "",
        "suggestion_url": _suggestion_url(address, result),
        "clear_url": "?" + address.encoded(chosen={}, ready=None, price_min=None, price_max=None, ships=False),
        "popular": [] if result.total else _popular(language),
        "ways_on": [] if result.total else ways_on(query, address, result, language, currency, rates),
        "sorts": SORTS,
        "hidden_sort": [pair for pair in address.items() if pair[0] not in ("sort", "page")],
        "hidden_filters": [pair for pair in address.items() if pair[0] in HIDDEN],
        **alternates(request.path),
    }
    response = render(request, "search/_results.html" if _is_fragment(request) else "search/list.html", context)
    response.status_code = 400 if address.too_long else 200
    patch_vary_headers(response, ["HX-Request"])
    if request.htmx:
        response["HX-Push-Url"] = f"{request.path}?{address.encoded(page=address.page)}".removesuffix("?")
    return response


def _savable(address: ListAddress, preset: dict[str, str]) -> str:
    """This list as one that can be saved; "" for the list of everything."""
    chosen = {**{name: (value,) for name, value in preset.items()}, **address.chosen}
    return address.encoded(chosen=chosen, sort="relevance") if address.text or address.filtered or preset else ""


def _suggestion_url(address: ListAddress, result: SearchResult) -> str:
    return "?" + address.encoded(text=result.suggestion, as_words=()) if result.suggestion else ""


def _is_fragment(request) -> bool:
    """htmx asks for the results alone, but for a whole page when it brings back one from the browser's history."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def _kept_within(address: ListAddress, preset: dict[str, str]) -> ListAddress:
    """A list of one craft or country is never left by a filter of the same kind; one that would is told."""
    problems, chosen = [], dict(address.chosen)
    for name, value in preset.items():
        asked = chosen.pop(name, ())
        inside = tuple(v for v in asked if name == "craft" and value in lineage(v)[1:])
        problems += [
            _("The filter “%(value)s” does not belong to this list and was left out.") % {"value": outside}
            for outside in asked
            if outside not in inside and outside != value
        ]
        if inside:
            chosen[name] = inside
    return replace(address, chosen=chosen, problems=(*address.problems, *problems))


def _within(query: SearchQuery, preset: dict[str, str]) -> SearchQuery:
    if "craft" in preset and not query.crafts:
        query = replace(query, crafts=frozenset([preset["craft"]]))
    if "country" in preset:
        query = replace(query, countries=frozenset([preset["country"]]))
    return query


def _maker_names(address: ListAddress, result: SearchResult) -> dict[str, str]:
    """slug → name of the makers chosen; the hits know them, the database is asked for those without any."""
    slugs = set(address.chosen.get("maker", ()))
    names = {hit.document.maker: hit.document.maker_name for hit in result.hits if hit.document.maker in slugs}
    if slugs - set(names):
        names |= dict(Artisan.objects.on_show().filter(slug__in=slugs).values_list("slug", "name"))
    return names


def _without_strangers(address: ListAddress, names: Mapping[str, str]) -> ListAddress:
    """The same list without makers that are not on show, each of them told."""
    words = _("The filter “%(value)s” is not known and was left out.")
    asked = address.chosen["maker"]
    told = tuple(words % {"value": slug[:40]} for slug in asked if slug not in names)
    kept = tuple(slug for slug in asked if slug in names)
    chosen = {name: values for name, values in {**address.chosen, "maker": kept}.items() if values}
    return replace(address, chosen=chosen, problems=(*address.problems, *told))


def _popular(language: str) -> list[dict]:
    """The crafts with most listings, for those who found nothing."""
    counts = _craft_counts(language)
    leaves = [craft for craft in counts if not children(craft)]
    return _counted(sorted(leaves, key=lambda craft: -counts[craft])[:POPULAR], counts, language)
