"""What a shopper may be about to type: crafts, countries, makers and other words of the vocabulary. Pure."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache

from search.engines.base import Document, Suggestion
from search.folding import fold, fold_word, words
from search.reading import SOFT_CONCEPTS
from search.thesaurus import get_thesaurus
from shop.listings.countries import COUNTRIES, country_name
from shop.listings.crafts import craft_name
from shop.listings.crafts import crafts as all_crafts

SHORTEST = 3  # letters before listings are suggested: two begin half of the catalogue
MOST = {"craft": 4, "country": 2, "maker": 3, "query": 2, "listing": 4}


def complete(text: str, language: str, crafts: set[str], countries: set[str]) -> list[Suggestion]:
    """Crafts and countries that have something on sale, then other terms, whose name in any language begins like the
    text. Labels are in the shopper's language."""
    start = fold(text)
    if not start:
        return []
    found: dict[str, list[Suggestion]] = {"craft": [], "country": [], "query": []}
    seen: set[str] = set()
    for kind, value, label in _beginning(start, language):
        wanted = kind == "query" or value in (crafts if kind == "craft" else countries)
        if wanted and value not in seen and len(found[kind]) < MOST[kind]:
            seen.add(value)
            found[kind].append(Suggestion(kind, label, label if kind == "query" else value))
    return [*found["craft"], *found["country"], *found["query"]]


def maker_suggestions(text: str, names: dict[str, str]) -> list[Suggestion]:
    """Makers with a word in their name that begins like the text. names: by slug."""
    start = fold(text)
    if not start:
        return []
    hits = sorted((name, slug) for slug, name in names.items() if f" {start}" in f" {fold(name)}")
    return [Suggestion("maker", name, slug) for name, slug in hits[: MOST["maker"]]]


def listing_suggestion(document: Document, language: str) -> Suggestion:
    title, spoken = document.title(language)
    return Suggestion("listing", title, str(document.id), document.card, "" if spoken == language else spoken)


def typed_words(text: str) -> list[str]:
    """The words typed so far, folded, the last one perhaps only begun; none while there is too little to go by."""
    said = [folded for word in words(text) if (folded := fold_word(word))]
    return said if len("".join(said)) >= SHORTEST else []


def prefix_tokens(text: str) -> tuple[list[str], str]:
    """Index tokens of the words typed so far, and the beginning of a token for the word being typed."""
    said = typed_words(text)
    return [f"f:{word}" for word in said[:-1]], f"f:{said[-1]}" if said else ""


def _beginning(start: str, language: str) -> Iterator[tuple[str, str, str]]:
    """(kind, value, label) of every name that begins so, the shopper's own language first, then shorter ones."""
    names = _names()
    keys = _keys()
    found = []
    for at in range(bisect_left(keys, start), len(names)):
        folded, kind, value, tongue = names[at]
        if not folded.startswith(start):
            break
        found.append((tongue != language, len(folded), kind, value))
    for _, _, kind, value in sorted(found):
        yield kind, value, _label(kind, value, language)


def _label(kind: str, value: str, language: str) -> str:
    if kind == "craft":
        return craft_name(value, language)
    if kind == "country":
        return country_name(value, language)
    return get_thesaurus().concepts[value].label(language)


def forget() -> None:
    """The vocabulary is another one now."""
    _names.cache_clear()
    _keys.cache_clear()


@cache
def _names() -> list[tuple[str, str, str, str]]:
    """(folded name, kind, value, language), sorted."""
    return sorted(set(_all_names()))


@cache
def _keys() -> list[str]:
    return [name[0] for name in _names()]


def _all_names() -> Iterator[tuple[str, str, str, str]]:
    for code in COUNTRIES:
        for language in ("en", "ru", "kk", "ky", "uz", "tg", "tk", "az"):
            yield fold(country_name(code, language)), "country", code, language
    known = all_crafts()
    for craft, entry in known.items():
        for language, name in entry["names"].items():
            yield from _each(name, "craft", craft, language)
    for concept in get_thesaurus().concepts.values():
        if concept.id in SOFT_CONCEPTS or concept.domain == "places":
            continue
        kind = "craft" if concept.id in known else "query"
        for language, terms in concept.terms.items():
            for term in terms if kind == "craft" else terms[:1]:
                yield from _each(term, kind, concept.id, language)


def _each(name: str, kind: str, value: str, language: str) -> Iterable[tuple[str, str, str, str]]:
    folded = fold(name)
    return [(folded, kind, value, language)] if folded else []
