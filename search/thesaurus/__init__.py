"""The craft vocabulary: which concepts a text speaks of, in any of the eight languages, however spelt and inflected.

The data stands in the JSON files beside this module, one domain each: {"id": {"broader": [ids], "related": [ids],
"terms": {"en": ["preferred", "variant", …], …}}}. An id is never renamed. Where each term is from: sources.py.
"""

import hashlib
import json
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice, pairwise, product
from pathlib import Path

from search.folding import fold_word, loose, words
from search.words import family, likely_languages, roots, stem, stems

DATA = Path(__file__).parent
LONGEST_PHRASE = 5
HEAD = 3  # letters of a word, roughly folded, that tell whether a longer term can begin with it
REMEMBERED = 100_000  # terms already looked up, kept for the next listing

# How sure a match is, by how the words met. Own: in the language that the text is said to be in.
EXACT_OWN, EXACT, FOLDED_OWN, FOLDED, LOOSE, STEM = 1.0, 0.9, 0.95, 0.85, 0.75, 0.8
STEP = 0.04  # for each suffix more that has to come off
NEAR = 0.1  # among stems, only those nearly as sure as the best one count
FALSE_FRIEND = 0.5  # for what a word means elsewhere, when it means something here
# Letters at the seam of two words that are folded otherwise when written as one.
_MELTS = re.compile(r"(.)\1|ng|i[aeu]|[aeu]i|.h|dj")
SHORTEST_ROUGH = 4  # letters; shorter words are too much alike for a rough comparison


@dataclass(frozen=True)
class Concept:
    """domain: the name of its data file (crafts, materials, colours …)."""

    id: str
    domain: str
    terms: dict[str, tuple[str, ...]]
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()

    def label(self, language: str) -> str:
        """The preferred term for a reader, English or the id where there is none."""
        return next((self.terms[choice][0] for choice in (language, "en") if self.terms.get(choice)), self.id)


@dataclass(frozen=True)
class Match:
    """words[start:end] name these concepts; each with how sure that is, 0 to 1, the surest first."""

    start: int
    end: int
    concepts: "Named"


Named = tuple[tuple[str, float], ...]
"""Concepts, each with how sure it is, the surest first."""

Variant = tuple[str, float]
"""A word in normal form that may stand here, and how likely that is (1 for the word as typed)."""


class Thesaurus:
    """Concepts and every way to look one up. Immutable once built; build another to change it."""

    def __init__(self, concepts: Iterable[Concept]):
        self.concepts = {concept.id: concept for concept in concepts}
        self._exact: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._folded: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._loose: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._stems: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._roots: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._heads: dict[str, int] = {}
        self._pairs: set[tuple[str, str]] = set()
        self._openings: dict[str, tuple[str, int]] = {}
        self._ancestors: dict[str, dict[str, int]] = {}
        self._known: dict[tuple[tuple[str, ...], str, bool], Named] = {}
        self.words: dict[str, set[str]] = defaultdict(set)
        self.preferred: set[tuple[str, str]] = set()  # (language, word) of each concept's first term
        for concept in self.concepts.values():
            for language, terms in concept.terms.items():
                for term in terms:
                    self._add(concept.id, language, words(term, language))
                self.preferred.update((language, word) for term in terms[:1] for word in words(term, language))

    def _add(self, concept: str, language: str, term: list[str]) -> None:
        if not term:
            return
        for spelling in {tuple(term), tuple(word.replace("ё", "е") for word in term)}:
            self._exact["".join(spelling)][concept].add(language)
            folded = "".join(map(fold_word, spelling))
            self._folded[folded][concept].add(language)
            self._loose[loose(folded)][concept].add(language)
            # A long word may be written as two: tea bowl, teabowl.
            length = max(len(term), 1 + (len(folded) >= 7))
            for head in {loose(folded)[:HEAD], _head(spelling[0])}:
                self._heads[head] = max(length, self._heads.get(head, 0))
            self._pairs.update(zip(map(_head, spelling[:1]), map(_head, spelling[1:2]), strict=False))
            for word in spelling:
                self.words[word].add(language)
        if language not in ("ru", "en"):
            return  # their stems are looked up among the folded terms
        if len(term) == 1:
            for one in stems(term[0], language):
                self._stems[language, one].add(concept)
            for one in (*stems(term[0], language), *roots(term[0], language)):
                self._roots[language, one].add(concept)
        else:
            self._stems[language, "".join(stem(word, language) for word in term)].add(concept)

    @cached_property
    def version(self) -> str:
        """Changes with the content: an index tagged by another version wants a rebuild."""
        plain = [(c.id, c.domain, sorted(c.terms.items()), c.broader) for c in self.concepts.values()]
        return hashlib.sha1(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()[:12]

    @cached_property
    def folded_words(self) -> frozenset[str]:
        return frozenset(fold_word(word) for word in self.words)

    def ancestors(self, concept: str) -> dict[str, int]:
        """All broader concepts and how many steps up they are; the concept itself is 0 steps up."""
        if concept not in self._ancestors:
            known = self.concepts
            self._ancestors[concept] = _walk(concept, lambda id: known[id].broader if id in known else ())
        return self._ancestors[concept]

    def narrower(self, concept: str) -> dict[str, int]:
        """All narrower concepts and how many steps down they are; the concept itself is 0 steps down."""
        return _walk(concept, lambda id: self._children.get(id, ()))

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        children: dict[str, list[str]] = defaultdict(list)
        for concept in self.concepts.values():
            for broader in concept.broader:
                children[broader].append(concept.id)
        return children

    def match(self, text: Sequence[str], language: str, strict: bool = False) -> list[Match]:
        """The concepts named by these words (normal form), longest phrases first, no word used twice.

        language is a hint for queries. strict, for a listing whose language is known: short words of another language
        are passed over, so that an English "at" is no Turkmen horse.
        """
        longest = self._longest_at(text)
        return _longest_first(longest, lambda start, end: self.named(tuple(text[start:end]), language, strict))

    def match_variants(self, text: Sequence[Sequence[Variant]], language: str) -> list[Match]:
        """The same where a word may be one of several, as after the correction of slips."""
        longest = [max(self._opening(word)[1] for word, _ in variants) for variants in text]
        return _longest_first(longest, lambda start, end: self._span(text[start:end], language))

    def _opening(self, word: str) -> tuple[str, int]:
        """The word roughly folded, and how many words the longest term may have that begins like it."""
        known = self._openings.get(word)
        if known is None:
            if len(self._openings) >= REMEMBERED:
                self._openings.clear()
            rough = loose(fold_word(word))
            known = self._openings[word] = rough, self._heads.get(rough[:HEAD], 1)
        return known

    def _longest_at(self, text: Sequence[str]) -> list[int]:
        """How many words the longest term may have that stands at each place of a text."""
        openings = [self._opening(word) for word in text]
        longest = [1] * len(openings)
        for at, ((word, most), (following, _)) in enumerate(pairwise(openings)):
            if most > 1 and self._may_go_on(word, following):
                longest[at] = most
        return longest

    def _may_go_on(self, word: str, following: str) -> bool:
        """Whether some term may begin with these two words (roughly folded), in any form, or be written in one. Nearly
        no two words of a text do, and asking here is much cheaper than looking them up."""
        if (word[:HEAD], following[:HEAD]) in self._pairs or _MELTS.search(word[-1:] + following[:1]):
            return True
        start = word + following[:2]
        at = bisect_left(self._starts, start)
        return at < len(self._starts) and self._starts[at].startswith(start)

    @cached_property
    def _starts(self) -> list[str]:
        return sorted(self._loose)

    def _span(self, span: Sequence[Sequence[Variant]], language: str) -> Named:
        best: dict[str, float] = {}
        for choice in islice(product(*span), 8):
            likely = min(weight for _, weight in choice)
            for concept, weight in self.lookup(tuple(word for word, _ in choice), language).items():
                best[concept] = max(best.get(concept, 0.0), round(weight * likely, 3))
        return _surest_first(best)

    def lookup(self, term: tuple[str, ...], language: str, strict: bool = False) -> dict[str, float]:
        """Concepts that this one term (words in normal form) may name, and how sure each is."""
        return dict(self.named(term, language, strict))

    def named(self, term: tuple[str, ...], language: str, strict: bool = False) -> Named:
        """The same as pairs, the surest first."""
        key = (term, language, strict)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            known = self._known[key] = _surest_first(self._look_up(term, language, strict))
        return known

    def _look_up(self, term: tuple[str, ...], language: str, strict: bool) -> dict[str, float]:
        folded = "".join(map(fold_word, term))
        found = _weighed(self._exact.get("".join(term), {}), language, EXACT_OWN, EXACT)
        for concept, weight in _weighed(self._folded.get(folded, {}), language, FOLDED_OWN, FOLDED).items():
            found[concept] = max(found.get(concept, 0.0), weight)
        if found:
            return _own_first(found, strict, len(folded))
        found = self._roughly(term, folded, language)
        # Beside a word that sounds the same a short stem says little: курчак is куурчак, not a small кур.
        least = SHORTEST_ROUGH if found else 2
        forms = self._by_stem(term, language, strict, least)
        if strict and forms and language in ("ru", "en"):
            found = {}  # козья is of коза, whatever it sounds like elsewhere
        for concept, weight in forms.items():
            found[concept] = max(found.get(concept, 0.0), weight)
        return found or (self._rough_stem(term, language) if len(term) == 1 else {})

    def _roughly(self, term: tuple[str, ...], folded: str, language: str) -> dict[str, float]:
        if len(folded) < SHORTEST_ROUGH:
            return {}
        return _weighed(self._loose.get(loose(folded), {}), language, LOOSE, LOOSE - STEP)

    def _rough_stem(self, term: tuple[str, ...], language: str) -> dict[str, float]:
        """An inflected word that is spelt in a neighbour's way (tg рӯмоли, of рӯмол, uz ro‘mol)."""
        front = "".join(map(fold_word, term[:-1]))
        for one in stems(term[-1], language):
            if len(front + one) > SHORTEST_ROUGH + 1 and (found := self._loose.get(loose(front + one))):
                return dict.fromkeys(found, LOOSE - STEP)
        return {}

    def _by_stem(self, term: tuple[str, ...], language: str, strict: bool, least: int) -> dict[str, float]:
        found: dict[str, float] = {}
        for tongue in (language,) if strict else likely_languages(term[-1], language):
            own = tongue == language
            for concept, depth in self._stem_matches(term, tongue, max(least, 2 if own else SHORTEST_ROUGH - 1)):
                weight = round(STEM - (0 if own else STEP) - STEP * depth, 3)
                found[concept] = max(found.get(concept, 0.0), weight)
        limit = max(found.values(), default=0.0) - NEAR
        return {concept: weight for concept, weight in found.items() if weight >= limit}

    def _stem_matches(self, term: tuple[str, ...], language: str, least: int) -> Iterable[tuple[str, int]]:
        """Concepts that share a stem of at least so many letters with the term, and how far off it is."""
        if language in ("ru", "en"):
            yield from self._snowball_matches(term, language)
            return
        front = "".join(map(fold_word, term[:-1]))
        for depth, one in enumerate(stems(term[-1], language)):
            matches = self._folded.get(front + one, {}) if len(one) >= least else {}
            known = [concept for concept, among in matches.items() if family(language) in map(family, among)]
            if known:
                yield from ((concept, depth) for concept in known)
                return

    def _snowball_matches(self, term: tuple[str, ...], language: str) -> Iterable[tuple[str, int]]:
        if len(term) > 1:
            key = (language, "".join(stem(word, language) for word in term))
            yield from ((concept, 0) for concept in self._stems.get(key, ()))
            return
        for one in stems(term[0], language):
            if found := self._stems.get((language, one)):
                yield from ((concept, 0) for concept in found)
                return
        for depth, one in enumerate((*stems(term[0], language), *roots(term[0], language)), 1):
            if found := self._roots.get((language, one)):
                yield from ((concept, depth) for concept in found)
                return


def _longest_first(longest: Sequence[int], concepts_of: Callable[[int, int], Named]) -> list[Match]:
    """Matches of text[start:end], longest spans first, each word in one of them. longest: from each word at most."""
    found: list[Match] = []
    used = [False] * len(longest)
    several = [start for start, most in enumerate(longest) if most > 1]
    for length in range(min(LONGEST_PHRASE, len(longest)), 1, -1):
        for start in several:
            end = start + length
            if longest[start] >= length and end <= len(longest) and True not in used[start:end]:
                if concepts := concepts_of(start, end):
                    found.append(Match(start, end, concepts))
                    used[start:end] = [True] * length
    for start, taken in enumerate(used):
        if not taken and (concepts := concepts_of(start, start + 1)):
            found.append(Match(start, start + 1, concepts))
    return sorted(found, key=lambda match: match.start)


def _head(word: str) -> str:
    return loose(fold_word(word))[:HEAD]


def _surest_first(concepts: dict[str, float]) -> Named:
    return tuple(sorted(concepts.items(), key=lambda item: (-item[1], item[0]))) if concepts else ()


def _weighed(matches: dict[str, set[str]], language: str, own: float, other: float) -> dict[str, float]:
    return {concept: own if language in languages else other for concept, languages in matches.items()}


def _own_first(found: dict[str, float], strict: bool, length: int) -> dict[str, float]:
    """What the word means in the language it is said to be in goes before what its letters mean in others. In a listing
    (strict) the others are not meant at all then, nor ever in a short word: an English "at" is no Turkmen horse."""
    own = {concept: weight for concept, weight in found.items() if weight in (EXACT_OWN, FOLDED_OWN)}
    if strict and (own or length < SHORTEST_ROUGH):
        return own
    if EXACT_OWN not in own.values():
        return found
    return {concept: weight if concept in own else weight * FALSE_FRIEND for concept, weight in found.items()}


def _walk(start: str, following) -> dict[str, int]:
    steps, level, depth = {start: 0}, [start], 0
    while level:
        depth += 1
        level = [id for id in dict.fromkeys(n for one in level for n in following(one)) if id not in steps]
        steps.update(dict.fromkeys(level, depth))
    return steps


def read(folder: Path = DATA) -> dict[str, Concept]:
    """The concepts of a folder's JSON files. One in two files keeps its first domain and has the terms of both."""
    concepts: dict[str, Concept] = {}
    for path in sorted(folder.glob("*.json")):
        for id, entry in json.loads(path.read_text(encoding="utf-8")).items():
            concepts[id] = _merged(concepts.get(id), id, path.stem, entry)
    return concepts


def _merged(known: Concept | None, id: str, domain: str, entry: dict) -> Concept:
    terms = {language: tuple(values) for language, values in entry.get("terms", {}).items()}
    broader, related = tuple(entry.get("broader", ())), tuple(entry.get("related", ()))
    if known is None:
        return Concept(id, domain, terms, broader, related)
    for language, values in known.terms.items():
        terms[language] = tuple(dict.fromkeys((*values, *terms.get(language, ()))))
    return Concept(
        id,
        known.domain,
        terms,
        tuple(dict.fromkeys((*known.broader, *broader))),
        tuple(dict.fromkeys((*known.related, *related))),
    )


_in_use: Thesaurus | None = None


def get_thesaurus() -> Thesaurus:
    """The thesaurus of this process: that of the data files until another is taken in use (search/vocabulary.py)."""
    return _in_use or _of_files()


def use(thesaurus: Thesaurus | None) -> None:
    """Takes another thesaurus in use; None for that of the data files."""
    global _in_use
    _in_use = thesaurus


@cache
def _of_files() -> Thesaurus:
    return Thesaurus(read().values())
