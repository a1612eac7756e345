"""Which of a query's words names the thing itself: in "clay jug for wine" and «глиняный кувшин для вина» the jug. Pure.

What a thing is made of, how it is made, for whom and for what are asides: they rank, but a jug of glass is nearer to
that query than any other thing of clay. Asides are told by
- a word like "for" (en, ru, tg: what follows; the Turkic languages: what stands before it),
- the meaning (a material, a technique, a colour …),
- in Russian, the form (an adjective),
- the place: the thing stands last in English and the Turkic languages, first in Russian and Tajik.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from search.reading import COUNTRY_OF, Item, is_soft
from search.thesaurus import Thesaurus
from shop.listings.crafts import materials

_FOLLOWED = frozenset(
    "for with of from in on by made"  # English
    " для на из с со в во под от к по"  # Russian
    " барои бо аз дар ба".split()  # Tajik
)
_PRECEDED = frozenset("үшін арналған үчүн арналган uchun учун üçin üçün".split())
_FIRST = ("ru", "tg")
# Nominative forms; изделие and украшение are nouns.
_ADJECTIVE = re.compile(r"(?:ый|ий|ой|ая|яя|ое|ее|ые|(?<![нтл])ие)$")


def mark_asides(items: Sequence[Item]) -> list[Item]:
    """The items, those that a word like "for" sets aside marked."""
    at = [number for number, item in enumerate(items) if item.concepts or item.maker]
    first, last = (at[0], at[-1]) if at else (0, 0)
    start, end = len(items), -1
    for number, item in enumerate(items):
        if item.words[0] in _FOLLOWED and first < number < start and not item.concepts:
            start = number
        if item.words[0] in _PRECEDED and number < last:
            end = number
    return [replace(item, aside=number > start or number < end) for number, item in enumerate(items)]


def head(items: Sequence[Item], language: str, thesaurus: Thesaurus) -> int | None:
    """The place of the item that names the thing; None when none does, or nothing is beside it."""
    if len(items) < 2:
        return None
    things = [number for number, item in enumerate(items) if not item.aside and _is_thing(item, thesaurus)]
    nouns = [number for number in things if not _ADJECTIVE.search(items[number].words[-1])]
    candidates = nouns or things
    if not candidates:
        return None
    return candidates[0 if _tongue(items, language, thesaurus) in _FIRST else -1]


def _is_thing(item: Item, thesaurus: Thesaurus) -> bool:
    if not item.concepts or item.concepts[0][0] in COUNTRY_OF or is_soft(item, thesaurus):
        return False
    concept = item.concepts[0][0]
    return thesaurus.concepts[concept].domain != "materials" and concept not in materials()


def _tongue(items: Sequence[Item], hint: str, thesaurus: Thesaurus) -> str:
    """The language that has most of the words; the hinted one when none has more."""
    counts: dict[str, int] = {hint: 0}
    for item in items:
        for word in item.words:
            for language in thesaurus.words.get(word, ()):
                counts[language] = counts.get(language, 0) + 1
    return max(counts, key=lambda language: (counts[language], language == hint, language))
