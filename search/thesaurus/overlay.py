"""What editors change of the vocabulary, laid over the data files. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from search.folding import normal
from search.thesaurus import Concept


@dataclass(frozen=True)
class Change:
    """A term that a concept gains, or loses."""

    concept: str
    language: str
    term: str
    removed: bool = False
    source: str = ""


def overlaid(
    concepts: Mapping[str, Concept], added: Iterable[Concept], changes: Iterable[Change]
) -> dict[str, Concept]:
    """The concepts with those added and all changes made. A change of a concept that is no more changes nothing, and a
    concept of the data files is never replaced."""
    found = dict(concepts)
    for concept in added:
        found.setdefault(concept.id, concept)
    for change in changes:
        if change.concept in found:
            found[change.concept] = _changed(found[change.concept], change)
    return found


def has_term(concept: Concept, language: str, term: str) -> bool:
    """Whether the concept has this term, however capitals and apostrophes are written."""
    return normal(term, language) in {normal(known, language) for known in concept.terms.get(language, ())}


def _changed(concept: Concept, change: Change) -> Concept:
    known, plain = concept.terms.get(change.language, ()), normal(change.term, change.language)
    others = tuple(term for term in known if normal(term, change.language) != plain)
    if change.removed:
        kept = others
    else:
        kept = known if len(others) < len(known) else (*known, change.term)
    return replace(concept, terms={**concept.terms, change.language: kept})
