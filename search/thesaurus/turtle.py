"""The vocabulary as SKOS in Turtle, for museums, dictionaries and other shops. Pure.

SKOS (W3C recommendation of 18 August 2009): the preferred term of a language is its prefLabel, the others altLabels,
what is typed without the right keyboard is a hiddenLabel; a label has one of these parts in a language. broader,
narrower and related stand in both directions, and what is broader is not related (S27). A concept's sources stand in an
editorialNote.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from search.folding import fold, is_cyrillic
from search.thesaurus import Concept, Thesaurus
from search.thesaurus.sources import CLDR, source_of

LICENSE = "https://opensource.org/license/bsd-3-clause"
CLDR_LICENSE = "https://www.unicode.org/license.txt"
CLDR_HOME = "https://cldr.unicode.org/"
_PREFIXES = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
"""
Sources = Mapping[tuple[str, str, str], str]
"""(concept, language, term) → the source that an editor named."""


def turtle(thesaurus: Thesaurus, address: str, edited: Sources | None = None) -> str:
    """The whole vocabulary; a concept is <address>#<id>."""
    related = _both_ways(thesaurus)
    parts = [_PREFIXES, _scheme(thesaurus, address)]
    for concept in sorted(thesaurus.concepts.values(), key=lambda concept: concept.id):
        lines = list(_lines(concept, thesaurus, related[concept.id], address, edited or {}))
        parts.append(f"<{address}#{concept.id}> a skos:Concept ;\n  " + " ;\n  ".join(lines) + " .\n")
    return "\n".join(parts)


def _scheme(thesaurus: Thesaurus, address: str) -> str:
    tops = [concept.id for concept in thesaurus.concepts.values() if not _known(concept.broader, thesaurus)]
    lines = [
        f"<{address}> a skos:ConceptScheme",
        'dcterms:title "Crafts of Central Asia and Azerbaijan: the search vocabulary of Karvan"@en',
        f"dcterms:license <{LICENSE}>",
        f'dcterms:rights "Terms confirmed by the Unicode CLDR: © Unicode, Inc., {CLDR_LICENSE}"@en',
        f"dcterms:hasVersion {_literal(thesaurus.version)}",
        f"skos:hasTopConcept {_links(sorted(tops), address)}",
    ]
    return " ;\n  ".join(lines) + " .\n"


def _lines(
    concept: Concept, thesaurus: Thesaurus, related: Iterable[str], address: str, edited: Sources
) -> Iterator[str]:
    yield f"skos:inScheme <{address}>"
    broader = _known(concept.broader, thesaurus)
    narrower = [id for id, steps in thesaurus.narrower(concept.id).items() if steps == 1]
    if not broader:
        yield f"skos:topConceptOf <{address}>"
    links = (("skos:broader", broader), ("skos:narrower", narrower), ("skos:related", related))
    for relation, ids in links:
        if ids := sorted(ids):
            yield f"{relation} {_links(ids, address)}"
    for language, terms in concept.terms.items():
        yield from _labels(terms, language)
    yield from _notes(concept, edited)


def _labels(terms: Sequence[str], language: str) -> Iterator[str]:
    """Each label once in a language: preferred, else alternative, else hidden. The first term of a script is preferred,
    for Cyrillic and Latin Uzbek are two languages here (uz-Cyrl, uz)."""
    by_tag: dict[str, list[str]] = defaultdict(list)
    for term in dict.fromkeys(terms):
        by_tag[_tag(term, language)].append(term)
    for tag, (first, *others) in by_tag.items():
        yield f"skos:prefLabel {_literal(first)}@{tag}"
        if others:
            yield "skos:altLabel " + ", ".join(f"{_literal(term)}@{tag}" for term in others)
    hidden = dict.fromkeys(folded for term in terms if (folded := fold(term)))
    said = {term.lower() for term in terms}
    if left := [folded for folded in hidden if folded not in said]:
        yield "skos:hiddenLabel " + ", ".join(f"{_literal(folded)}@{_latin(language)}" for folded in left)


def _notes(concept: Concept, edited: Sources) -> Iterator[str]:
    confirmed, named, unverified = [], [], 0
    for language, terms in concept.terms.items():
        for term in terms:
            if source := edited.get((concept.id, language, term)):
                named.append(f"{term} ({language}): {source}")
            elif source_of(concept.id, language, term) == CLDR:
                confirmed.append(f"{term} ({language})")
            else:
                unverified += 1
    if confirmed:
        yield f"dcterms:source <{CLDR_HOME}>"
        yield f"skos:editorialNote {_literal('Confirmed by the Unicode CLDR 48.2: ' + ', '.join(confirmed))}@en"
    if named:
        yield f"skos:editorialNote {_literal('Named by editors: ' + '; '.join(named))}@en"
    if unverified:
        yield f"skos:editorialNote {_literal(f'Unverified terms: {unverified}.')}@en"


def _both_ways(thesaurus: Thesaurus) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for concept in thesaurus.concepts.values():
        for other in _known(concept.related, thesaurus):
            kin = other in thesaurus.ancestors(concept.id) or concept.id in thesaurus.ancestors(other)
            if not kin:
                found[concept.id].add(other)
                found[other].add(concept.id)
    return found


def _known(ids: Iterable[str], thesaurus: Thesaurus) -> list[str]:
    return [id for id in ids if id in thesaurus.concepts]


def _tag(term: str, language: str) -> str:
    return "uz-Cyrl" if language == "uz" and is_cyrillic(term) else language


def _latin(language: str) -> str:
    return language if language in ("en", "uz", "tk", "az") else f"{language}-Latn"


def _links(ids: Iterable[str], address: str) -> str:
    return ", ".join(f"<{address}#{id}>" for id in ids)


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'
