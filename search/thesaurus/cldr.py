"""Which terms of the vocabulary the Unicode CLDR confirms.

It names emoji (with keywords), countries, languages and cities. Such a thing stands for a concept when its CLDR words
and the concept's terms meet in many languages at once, so a word with two meanings in one language proves nothing by
itself. A term is confirmed when the CLDR has the very word, in that language, for something that stands for the
concept. Pure but for `load`.

The data: npm packages cldr-annotations-full, cldr-annotations-derived-full, cldr-localenames-full and cldr-dates-full,
Unicode License V3.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from search.folding import normal
from search.thesaurus import Concept

LANGUAGES = ("en", "ru", "kk", "ky", "uz", "tg", "tk", "az")
MEET = 5  # in so many languages the words of a thing and a concept must meet
MEET_BY_NAME = 4  # or in so many the very name of the thing (the Tajik annotations are short)
# Where in a package the files of a language stand, and the keys that lead to its names.
ANNOTATIONS = (
    ("annotations", "annotations", "annotations"),
    ("annotationsDerived", "annotationsDerived", "annotations"),
)
NAMES = ("territories", "languages")
PACKAGES = ("cldr-annotations-full", "cldr-annotations-derived-full", "cldr-localenames-full", "cldr-dates-full")

Words = dict[str, dict[str, tuple[str, ...]]]
"""thing → language → its words in normal form, the name first."""


def load(folder: Path) -> Words:
    """The words of every emoji, country, language and city, from a folder with the unpacked npm packages."""
    things: Words = defaultdict(dict)
    for language in LANGUAGES:
        for thing, words in (*_emoji(folder, language), *_names(folder, language), *_cities(folder, language)):
            known = things[thing].get(language, ())
            things[thing][language] = tuple(dict.fromkeys((*known, *_normal(words, language))))
    if not things:
        raise ValueError(f"{folder} holds no CLDR packages (npm pack {' '.join(PACKAGES)})")
    return dict(things)


def _emoji(folder: Path, language: str) -> Iterator[tuple[str, Sequence[str]]]:
    for directory, *keys in ANNOTATIONS:
        for path in folder.glob(f"**/{directory}/{language}/annotations.json"):
            for emoji, entry in _inside(path, *keys).items():
                yield emoji, (*entry.get("tts", ()), *entry.get("default", ()))


def _names(folder: Path, language: str) -> Iterator[tuple[str, Sequence[str]]]:
    for kind in NAMES:
        for path in folder.glob(f"**/main/{language}/{kind}.json"):
            for code, name in _inside(path, "main", language, "localeDisplayNames", kind).items():
                yield f"{kind}:{code.partition('-alt-')[0]}", [name]


def _cities(folder: Path, language: str) -> Iterator[tuple[str, Sequence[str]]]:
    for path in folder.glob(f"**/main/{language}/timeZoneNames.json"):
        for region in _inside(path, "main", language, "dates", "timeZoneNames", "zone").values():
            for code, entry in region.items():
                if "exemplarCity" in entry:
                    yield f"cities:{code}", [entry["exemplarCity"]]


def confirmed(concepts: Iterable[Concept], things: Words) -> dict[str, dict]:
    """concept → {"for": the things that stand for it, "terms": language → the terms that the CLDR has}. Concepts of
    which it has none are left out."""
    by_word: dict[tuple[str, str], set[str]] = defaultdict(set)
    for thing, languages in things.items():
        for language, words in languages.items():
            for word in words:
                by_word[language, word].add(thing)
    found = {}
    for concept in concepts:
        standing = _standing_for(concept, things, by_word)
        terms = {language: _known(concept, language, standing, things) for language in LANGUAGES}
        terms = {language: known for language, known in terms.items() if known}
        if terms:
            found[concept.id] = {"for": standing, "terms": terms}
    return found


def _standing_for(concept: Concept, things: Words, by_word: Mapping[tuple[str, str], set[str]]) -> list[str]:
    meet: dict[str, set[str]] = defaultdict(set)
    named: dict[str, set[str]] = defaultdict(set)
    for language, terms in concept.terms.items():
        for term in _normal(terms, language):
            for thing in by_word.get((language, term), ()):
                meet[thing].add(language)
                if things[thing][language][0] == term:
                    named[thing].add(language)
    return sorted(
        thing for thing, languages in meet.items() if len(languages) >= MEET or len(named[thing]) >= MEET_BY_NAME
    )


def _known(concept: Concept, language: str, standing: Iterable[str], things: Words) -> list[str]:
    words = {word for thing in standing for word in things[thing].get(language, ())}
    return [term for term in concept.terms.get(language, ()) if normal(term, language) in words]


def _normal(words: Iterable[str], language: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plain for word in words if (plain := normal(word, language))))


def _inside(path: Path, *keys: str) -> dict:
    entry = json.loads(path.read_text(encoding="utf-8"))
    for key in keys:
        entry = entry[key]
    return entry
