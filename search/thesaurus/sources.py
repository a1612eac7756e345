"""Where each term of the vocabulary is from. One that no source confirms is `unverified`, whoever wrote it.

sources/cldr.json holds what the Unicode CLDR confirms: {"concept": {"for": [emoji …], "terms": {"en": [terms]}}}. It is
made by `manage.py check_thesaurus --cldr FOLDER`.
"""

import json
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from search.thesaurus import DATA, Concept

CLDR, UNVERIFIED = "cldr", "unverified"
CONFIRMED = DATA / "sources" / "cldr.json"


@cache
def confirmed(path: Path = CONFIRMED) -> frozenset[tuple[str, str, str]]:
    """(concept, language, term) of all that the CLDR has."""
    entries = json.loads(path.read_text(encoding="utf-8"))
    return frozenset(
        (concept, language, term)
        for concept, entry in entries.items()
        for language, terms in entry["terms"].items()
        for term in terms
    )


def source_of(concept: str, language: str, term: str) -> str:
    return CLDR if (concept, language, term) in confirmed() else UNVERIFIED


def shares(concepts: Iterable[Concept]) -> dict[str, tuple[int, int]]:
    """language (and "all") → (terms that a source confirms, terms)."""
    known, total = Counter[str](), Counter[str]()
    for concept in concepts:
        for language, terms in concept.terms.items():
            verified = sum(source_of(concept.id, language, term) != UNVERIFIED for term in terms)
            for group in (language, "all"):
                known[group] += verified
                total[group] += len(terms)
    return {group: (known[group], total[group]) for group in total}


def write(found: dict[str, dict], path: Path = CONFIRMED) -> None:
    """One line for each concept, so that a change is readable."""
    lines = [f"{json.dumps(one)}: {json.dumps(entry, ensure_ascii=False)}" for one, entry in sorted(found.items())]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    confirmed.cache_clear()
