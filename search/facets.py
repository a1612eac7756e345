"""Facets, chips and page links of a list, as plain data for its template (formats: docs/design.md)."""

from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search.engines.base import Chip, SearchResult
from search.forms import ListAddress
from search.thesaurus import get_thesaurus
from shop.currency.money import format_money, round_money
from shop.currency.rates import Rates
from shop.listings.countries import country_name
from shop.listings.crafts import craft_name, crafts, material_name

TITLES = {
    "country": gettext_lazy("Country"),
    "craft": gettext_lazy("Craft"),
    "material": gettext_lazy("Material"),
}
READY, TO_ORDER = gettext_lazy("Ready to ship"), gettext_lazy("Made to order")
SENT_HERE = gettext_lazy("Sent to my country")
MAKER, WITHOUT_DOMAIN = gettext_lazy("Maker"), gettext_lazy("Subject")
DOMAINS = {
    "crafts": gettext_lazy("Craft"), "materials": gettext_lazy("Material"), "colours": gettext_lazy("Colour"),
    "occasions": gettext_lazy("Occasion"), "motifs": gettext_lazy("Motif"), "places": gettext_lazy("Place"),
    "techniques": gettext_lazy("Technique"), "garments": gettext_lazy("Clothing"),
    "jewellery": gettext_lazy("Jewellery"), "instruments": gettext_lazy("Instrument"),
    "household": gettext_lazy("For the home"),
}  # fmt: skip
SHOWN = 8
# Folded away; what is rarer still has its own list under "Crafts" and is found by its name.
FOLDED = 32
NAMERS: dict[str, Callable[[str, str], str]] = {"country": country_name, "craft": craft_name, "material": material_name}


def build_facets(result: SearchResult, address: ListAddress, language: str, preset: dict[str, str]) -> list[dict]:
    """[{name, title, options, more}], each option {value, label, count, chosen}, the most frequent first.

    `more` holds what is folded away; a chosen one never is. On the list of one country or craft that facet is left
    out: the list itself is it. A facet with one option that is not chosen tells nothing and is left out too.
    """
    facets = []
    for name, title in TITLES.items():
        counts, chosen = result.facets.get(name, {}), address.chosen.get(name, ())
        values = [value for value in {**counts, **dict.fromkeys(chosen)} if counts.get(value) or value in chosen]
        if name in preset or (len(values) < 2 and not chosen):
            continue
        values.sort(key=lambda value: (-counts.get(value, 0), value))
        options = [
            {"value": v, "label": NAMERS[name](v, language), "count": int(counts.get(v, 0)), "chosen": v in chosen}
            for v in values
        ]
        shown = options[:SHOWN] + [option for option in options[SHOWN:] if option["chosen"]]
        more = [option for option in options[SHOWN:] if not option["chosen"]][:FOLDED]
        facets.append({"name": name, "title": title, "options": shown, "more": more})
    return [*facets, *_ready_facet(result, address)]


def _ready_facet(result: SearchResult, address: ListAddress) -> list[dict]:
    counts = result.facets.get("ready", {})
    options = [
        {"value": value, "label": label, "count": int(counts.get(key, 0)), "chosen": address.ready is ready}
        for key, value, ready, label in (("true", "1", True, READY), ("false", "0", False, TO_ORDER))
        if counts.get(key) or address.ready is ready
    ]
    if len(options) < 2 and address.ready is None:
        return []
    return [{"name": "ready", "title": _("Time to make"), "options": options, "more": []}]


def build_chips(address: ListAddress, language: str, currency: str, makers: dict[str, str]) -> list[dict]:
    """The filters in force, each {label, query} with the query string without it. `makers`: slug → name."""
    chips = []
    for name, values in address.chosen.items():
        for value in values:
            label = makers.get(value, value) if name == "maker" else NAMERS[name](value, language)
            chips.append({"label": label, "query": address.without(name, value)})
    if address.price_min is not None:
        price = format_money(address.price_min, currency, language)
        chips.append({"label": _("from %(price)s") % {"price": price}, "query": address.encoded(price_min=None)})
    if address.price_max is not None:
        price = format_money(address.price_max, currency, language)
        chips.append({"label": _("up to %(price)s") % {"price": price}, "query": address.encoded(price_max=None)})
    if address.ships:
        chips.append({"label": str(SENT_HERE), "query": address.encoded(ships=False)})
    if address.ready is not None:
        chips.append({"label": str(READY if address.ready else TO_ORDER), "query": address.encoded(ready=None)})
    return chips


def build_understood(
    chips: tuple[Chip, ...], address: ListAddress, language: str, currency: str, rates: Rates
) -> list[dict]:
    """What the search understood from the typed words: {label, kind, hard, query}, query being the address that reads
    it as plain words. The filters come first; the others only decide what stands higher."""
    return [
        {
            "label": chip_label(chip, language, currency, rates),
            "kind": _kind(chip),
            "hard": chip.hard,
            "query": address.encoded(as_words=(*address.as_words, chip.key)),
        }
        for chip in sorted(chips, key=lambda chip: not chip.hard)
    ]


def _kind(chip: Chip) -> str:
    """What sort of thing a chip says, for a reader."""
    names = {"country": TITLES["country"], "price_max": _("Price"), "price_min": _("Price"), "maker": MAKER}
    if chip.kind in names:
        return str(names[chip.kind])
    concept = get_thesaurus().concepts.get(chip.value)
    return str(DOMAINS.get(concept.domain if concept else "", WITHOUT_DOMAIN))


def chip_label(chip: Chip, language: str, currency: str, rates: Rates) -> str:
    """What a chip means, in the reader's language and currency."""
    if chip.kind == "country":
        return country_name(chip.value, language)
    if chip.kind in ("price_max", "price_min"):
        amount = round_money(Decimal(chip.value) * rates.per_usd.get(currency, Decimal(1)), currency)
        price = {"price": format_money(amount, currency, language)}
        return _("up to %(price)s") % price if chip.kind == "price_max" else _("from %(price)s") % price
    if chip.kind == "ready":
        return str(READY)
    concept = get_thesaurus().concepts.get(chip.value) if chip.kind == "concept" else None
    if concept is None:
        return chip.text
    label = craft_name(chip.value, language) if chip.value in crafts() else concept.label(language)
    return label[:1].upper() + label[1:]


def build_pages(address: ListAddress, last: int) -> dict | None:
    """Links to the pages of a list for `includes/pagination.html`; None when there is one page."""
    if last <= 1:
        return None
    page = min(address.page, last)
    items, previous = [], 0
    for number in sorted({1, last, *range(max(1, page - 2), min(last, page + 2) + 1)}):
        gap = number > previous + 1
        items.append({"number": number, "url": _url(address, number), "current": number == page, "gap": gap})
        previous = number
    return {
        "items": items,
        "previous_url": _url(address, page - 1) if page > 1 else None,
        "next_url": _url(address, page + 1) if page < last else None,
    }


def _url(address: ListAddress, page: int) -> str:
    return "?" + address.encoded(page=page)
