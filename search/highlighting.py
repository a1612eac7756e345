"""The words of a text by which a search found it, marked: also where the shopper wrote them in another alphabet, in
another form or another language. The HTML is safe: everything else is escaped."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.folding import fold_word, loose, words
from search.plans import Step
from search.spelling import distance
from search.thesaurus import Thesaurus, get_thesaurus
from search.words import family, is_stopword, stems

READ = 1000  # letters of a story that are looked through
AROUND = 45  # letters of a story shown on either side of the first word found
_CHUNK = re.compile(r"[^\W_]+(?:['ʻʼ‘’`´ʹ′][^\W_]+)*['ʻʼ‘’`´ʹ′]?")


class _Word(NamedTuple):
    start: int
    end: int
    tokens: frozenset[str]
    concepts: frozenset[str]
    folded: str


@dataclass(frozen=True)
class Sought:
    """What a search looked for: word tokens, concepts, and words that may be misspelt by so many edits."""

    tokens: frozenset[str] = frozenset()
    concepts: frozenset[str] = frozenset()
    slips: tuple[tuple[str, int], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.tokens or self.concepts or self.slips)


def sought(step: Step | None) -> Sought:
    """What the step of a plan looked for in titles and stories."""
    tokens: set[str] = set()
    concepts: set[str] = set()
    slips: list[tuple[str, int]] = []
    for group in step.groups if step else ():
        for option in group.options:
            for token in option.tokens:
                kind, _, value = token.partition(":")
                if option.edits:
                    slips.append((value, option.edits))
                elif kind in ("e", "f", "l", "s", "d", "ds"):
                    tokens.add(token.removeprefix("d") if kind == "ds" else f"f:{value}" if kind == "d" else token)
                elif kind != "o":
                    concepts.add(value)
    return Sought(frozenset(tokens), frozenset(concepts), tuple(slips))


def marked(text: str, language: str, wanted: Sought) -> SafeString:
    """The text as HTML with <mark> around what was sought."""
    return _html(text, _spans(text, language, wanted))


def excerpt(story: str, language: str, wanted: Sought) -> SafeString:
    """The part of a story around the first word sought, marked; empty when there is none."""
    spans = _spans(story[:READ], language, wanted)
    if not spans:
        return mark_safe("")
    start, end = _cut(story, max(0, spans[0][0] - AROUND)), min(len(story), spans[0][1] + AROUND)
    end = end if end == len(story) else max(story.rfind(" ", 0, end), spans[0][1])
    inside = [(a - start, b - start) for a, b in spans if start <= a and b <= end]
    before, after = "… " if start else "", " …" if end < len(story) else ""
    return mark_safe(before + _html(" ".join(story[start:end].split("\n")), inside) + after)


def _cut(story: str, at: int) -> int:
    """The beginning of the word after this place; of the text for 0."""
    return story.find(" ", at) + 1 if at and " " in story[at:] else at


def _html(text: str, spans: Iterable[tuple[int, int]]) -> SafeString:
    parts, at = [], 0
    for start, end in spans:
        parts += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    return mark_safe("".join([*parts, escape(text[at:])]))


def _spans(text: str, language: str, wanted: Sought) -> list[tuple[int, int]]:
    """Where the words sought stand, in order; words side by side are one stretch."""
    found: list[tuple[int, int]] = []
    for word in _read(text, language, get_thesaurus()) if wanted else ():
        if not _answers(word, wanted):
            continue
        if found and not text[found[-1][1] : word.start].strip():
            found[-1] = (found[-1][0], word.end)
        else:
            found.append((word.start, word.end))
    return found


def _answers(word: _Word, wanted: Sought) -> bool:
    if word.tokens & wanted.tokens or word.concepts & wanted.concepts:
        return True
    return any(distance(word.folded, slip, edits) <= edits for slip, edits in wanted.slips)


@lru_cache(maxsize=10_000)
def _read(text: str, language: str, thesaurus: Thesaurus) -> tuple[_Word, ...]:
    """The words of a text with what each is found by."""
    said = [
        (match.start(), match.end(), normal[0])
        for match in _CHUNK.finditer(text)
        if len(normal := words(match.group(), language)) == 1 and not is_stopword(normal[0], language)
    ]
    concepts: dict[int, set[str]] = {}
    for match in thesaurus.match([word for _, _, word in said], language, strict=True):
        named = {broader for one, _ in match.concepts for broader in thesaurus.ancestors(one)}
        for place in range(match.start, match.end):
            concepts[place] = named
    return tuple(
        _Word(start, end, _tokens(word, language), frozenset(concepts.get(place, ())), fold_word(word))
        for place, (start, end, word) in enumerate(said)
    )


def _tokens(word: str, language: str) -> frozenset[str]:
    folded = fold_word(word)
    found = {f"e:{language}:{word.replace('ё', 'е')}", f"f:{folded}", f"l:{loose(folded)}"}
    found.update(f"s:{family(language)}:{stem}" for stem in (folded, *stems(word, language)[:3]))
    return frozenset(found)
