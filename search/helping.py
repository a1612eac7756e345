"""Ways on for those who found nothing: what one word or filter less would find, and what is near."""

from dataclasses import replace

from django.utils.translation import gettext as _

from search import engines
from search.engines.base import SearchQuery, SearchResult
from search.facets import chip_label
from search.forms import ListAddress
from search.thesaurus import get_thesaurus
from shop.addresses import address_of
from shop.currency.rates import Rates
from shop.listings.crafts import craft_name
from shop.listings.crafts import crafts as all_crafts

TRIED, NEAR = 4, 6


def ways_on(
    query: SearchQuery, address: ListAddress, result: SearchResult, language: str, currency: str, rates: Rates
) -> list[dict]:
    """{"label", "url", "count"}: the same list with one thing less, and the crafts nearest to what was asked for, each
    with how many pieces there are. Only ways that lead somewhere."""
    found = _less(query, address, result, language, currency, rates)
    return found + _near(result, language)


def _less(query, address, result, language, currency, rates) -> list[dict]:
    tries = [
        (chip_label(chip, language, currency, rates), "?" + address.encoded(as_words=(*address.as_words, chip.key)),
         replace(query, ignored=query.ignored | {chip.key}))
        for chip in result.chips
        if chip.hard and chip.kind != "country"
    ]  # fmt: skip
    if address.filtered and address.text:
        everything = replace(
            query, crafts=frozenset(), countries=frozenset(), materials=frozenset(), makers=frozenset(),
            price_min_usd=None, price_max_usd=None, ready=None, ships_only=False,
        )  # fmt: skip
        bare = ListAddress(text=address.text, as_words=address.as_words).encoded()
        tries.append((_("all filters"), f"?{bare}", everything))
    tries += _fewer_words(query, address)
    return [
        {"label": _("Without: %(what)s") % {"what": what}, "url": url, "count": count}
        for what, url, other in tries[:TRIED]
        if (count := engines.search(replace(other, page=1, page_size=1, facets=False)).total)
    ]


def _fewer_words(query: SearchQuery, address: ListAddress) -> list[tuple[str, str, SearchQuery]]:
    said = query.text.split()
    if not 1 < len(said) <= TRIED or any(letter.isdigit() for letter in query.text):
        return []
    found = []
    for at, word in enumerate(said):
        rest = " ".join(said[:at] + said[at + 1 :])
        found.append((f"“{word}”", "?" + address.encoded(text=rest), replace(query, text=rest)))
    return found


def _near(result: SearchResult, language: str) -> list[dict]:
    """The crafts that what was asked for is a kind of, or is related to, as far as they have pieces."""
    concepts = [chip.value for chip in result.chips if chip.kind == "concept"]
    near = list(dict.fromkeys(craft for concept in concepts for craft in _kin(concept)))
    if not near:
        return []
    counts = engines.search(SearchQuery(language=language, page_size=1)).facets.get("craft", {})
    with_pieces = [craft for craft in near if counts.get(craft)][:NEAR]
    return [_way_to(craft, int(counts[craft]), language) for craft in with_pieces]


def _way_to(craft: str, count: int, language: str) -> dict:
    return {"label": craft_name(craft, language), "url": address_of("search:craft", craft), "count": count}


def _kin(concept: str) -> list[str]:
    thesaurus, known = get_thesaurus(), all_crafts()
    entry = thesaurus.concepts.get(concept)
    if entry is None:
        return []
    beside = (one for broader in entry.broader for one in thesaurus.narrower(broader))
    found = [*thesaurus.ancestors(concept), *entry.related, *beside]
    return [craft for craft in found if craft in known]
