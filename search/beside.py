"""What a search finds beside listings: the makers of what was found, or named so, and the editors' stories."""

from collections.abc import Iterable

from django.core.cache import cache

from cms.models import StoryPage
from search import engines
from search.engines.base import SearchResult
from search.folding import fold_word, words
from search.thesaurus import get_thesaurus
from search.words import is_stopword
from shop.addresses import address_of

MAKERS, STORIES = 4, 3
KEPT_SECONDS = 300


def makers_beside(result: SearchResult, text: str, language: str) -> list[dict]:
    """{"name", "url", "count"}: makers whose name was typed, then those with most pieces among what was found."""
    counts = result.facets.get("maker", {})
    named = [one for one in engines.suggest(text, language) if one.kind == "maker"]
    found = {one.value: one.text for one in named}
    hits = {hit.document.maker: hit.document.maker_name for hit in result.hits}
    for slug in sorted(hits, key=lambda slug: -counts.get(slug, 0)):
        found.setdefault(slug, hits[slug])
    return [
        {"name": name, "url": address_of("artisans:storefront", slug), "count": int(counts.get(slug, 0))}
        for slug, name in list(found.items())[:MAKERS]
    ]


def stories_beside(text: str, language: str) -> list[dict]:
    """{"title", "url", "intro"}: stories about what was typed, in the reader's language."""
    asked = words(text, language)
    concepts = _concepts(asked, language)
    said = {fold_word(word) for word in asked if not is_stopword(word, language)} - {""}
    scored = []
    for story in _stories(language):
        score = 2 * len(concepts & story["concepts"]) + len(said & story["words"])
        if score:
            scored.append((-score, story["title"], story))
    return [story for *_, story in sorted(scored, key=lambda item: item[:2])[:STORIES]]


def _stories(language: str) -> list[dict]:
    """All stories in this language with what their title and introduction speak of; read once in a while."""
    return cache.get_or_set(f"search-stories:{language}", lambda: [*map(_read, _live(language))], KEPT_SECONDS)


def _live(language: str) -> Iterable[StoryPage]:
    return StoryPage.objects.live().public().filter(locale__language_code=language)


def _read(page: StoryPage) -> dict:
    said = words(f"{page.title} {page.intro}", language := page.language)
    return {
        "title": page.title,
        "intro": page.intro,
        "url": page.address,
        "concepts": _concepts(said, language),
        "words": {fold_word(word) for word in said if not is_stopword(word, language)},
    }


def _concepts(said: list[str], language: str) -> set[str]:
    """What is named, and what that is a kind of, one step up."""
    thesaurus = get_thesaurus()
    return {
        broader
        for match in thesaurus.match(said, language)
        for concept, _ in match.concepts[:1]
        for broader, steps in thesaurus.ancestors(concept).items()
        if steps <= 1
    }
