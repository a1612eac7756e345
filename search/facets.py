"""Facets, chips and page links of a list, as plain data for its template."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search.engines.base import SearchResult
from search.forms import ListAddress
from shop.listings.countries import country_name
from shop.listings.crafts import craft_name, material_name

TITLES = {
    "country": gettext_lazy("Country"),
    "craft": gettext_lazy("Craft"),
    "material": gettext_lazy("Material"),
}
SHOWN = 12


def label_of(facet: str, value: str, language: str) -> str:
    namers = {"country": country_name, "craft": craft_name, "material": material_name}
    return namers[facet](value, language) if facet in namers else value


def build_facets(result: SearchResult, address: ListAddress, language: str, preset: dict[str, str]) -> list[dict]:
    """One dict a facet: name, title, options (value, label, count, chosen), most frequent first."""
    facets = []
    for name, title in TITLES.items():
        if name in preset:
            continue
        chosen = address.chosen.get(name, ())
        counts = result.facets.get(name, {})
        values = sorted(counts, key=lambda value: (value not in chosen, -counts[value], value))
        values += [value for value in chosen if value not in counts]
        options = [
            {
                "value": value,
                "label": label_of(name, value, language),
                "count": counts.get(value, 0),
                "chosen": value in chosen,
            }
            for value in values
        ]
        if options:
            facets.append({"name": name, "title": title, "options": options[:SHOWN], "more": options[SHOWN:]})
    return facets


def build_chips(address: ListAddress, language: str) -> list[dict]:
    """The filters in force, each with the address without it."""
    chips = [
        {"label": label_of(name, value, language), "query": address.without(name, value)}
        for name, values in address.chosen.items()
        for value in values
    ]
    if address.price_min is not None:
        label = _("from %(price)s") % {"price": address.price_min}
        chips.append({"label": label, "query": address.encoded(price_min=None)})
    if address.price_max is not None:
        label = _("up to %(price)s") % {"price": address.price_max}
        chips.append({"label": label, "query": address.encoded(price_max=None)})
    if address.ready is not None:
        label = _("Ready to ship") if address.ready else _("Made to order")
        chips.append({"label": label, "query": address.encoded(ready=None)})
    return chips


def build_pages(address: ListAddress, last: int) -> dict | None:
    """Links to the pages of a list for `includes/pagination.html`; None when there is one page."""
    if last <= 1:
        return None
    page = min(address.page, last)
    near = sorted({1, last, *range(max(1, page - 2), min(last, page + 2) + 1)})
    items, previous = [], 0
    for number in near:
        items.append(
            {"number": number, "url": _page_url(address, number), "current": number == page, "gap": number > previous + 1}
        )
        previous = number
    return {
        "items": items,
        "previous_url": _page_url(address, page - 1) if page > 1 else None,
        "next_url": _page_url(address, page + 1) if page < last else None,
    }


def _page_url(address: ListAddress, page: int) -> str:
    return "?" + address.encoded(page=page)
