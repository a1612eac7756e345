import pytest
from django.urls import reverse
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS

from search import vocabulary
from search.models import ThesaurusTerm
from search.thesaurus import Concept, Thesaurus, get_thesaurus
from search.thesaurus.turtle import turtle

ADDRESS = "https://shop.example/api/v1/thesaurus.ttl"


def one(id: str) -> URIRef:
    return URIRef(f"{ADDRESS}#{id}")


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph().parse(data=turtle(get_thesaurus(), ADDRESS), format="turtle")


def test_every_concept_is_there_with_a_label_in_eight_languages(graph):
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert concepts == {one(id) for id in get_thesaurus().concepts}
    for concept in concepts:
        assert {label.language for label in graph.objects(concept, SKOS.prefLabel)} >= set(
            "en ru kk ky uz tg tk az".split()
        )


def test_a_language_has_one_preferred_label_and_no_label_has_two_parts(graph):
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        preferred, other, hidden = (
            list(graph.objects(concept, part)) for part in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
        )
        assert len({label.language for label in preferred}) == len(preferred)
        assert not set(preferred) & set(other) and not {*preferred, *other} & set(hidden)


def test_relations_stand_in_both_directions_and_kin_is_not_related(graph):
    for narrow, broad in graph.subject_objects(SKOS.broader):
        assert (broad, SKOS.narrower, narrow) in graph
    for left, right in graph.subject_objects(SKOS.related):
        assert (right, SKOS.related, left) in graph
        assert right not in set(graph.transitive_objects(left, SKOS.broader))


def test_a_concept_without_a_broader_one_is_at_the_top(graph):
    scheme = URIRef(ADDRESS)
    tops = set(graph.objects(scheme, SKOS.hasTopConcept))
    assert tops == {one for one in graph.subjects(RDF.type, SKOS.Concept) if not list(graph.objects(one, SKOS.broader))}
    assert len(list(graph.objects(scheme, DCTERMS.license))) == 1


def test_suzani_as_a_museum_reads_it(graph):
    suzani = one("suzani")
    assert (suzani, SKOS.broader, one("embroidery")) in graph
    assert Literal("so‘zana", lang="uz") in set(graph.objects(suzani, SKOS.prefLabel))
    assert Literal("sozana", lang="uz") in set(graph.objects(suzani, SKOS.hiddenLabel))


def test_the_sources_stand_with_the_concept(graph):
    notes = " ".join(graph.objects(one("ring"), SKOS.editorialNote))
    assert "CLDR" in notes and "жүзік (kk)" in notes


def test_signs_in_a_term_do_not_break_the_file():
    odd = Thesaurus([Concept("odd", "crafts", {"en": ('a "b" \\ c\nd',)}, broader=("no such",))])
    graph = Graph().parse(data=turtle(odd, ADDRESS, {("odd", "en", 'a "b" \\ c\nd'): 'a "book"'}), format="turtle")
    assert str(next(graph.objects(one("odd"), SKOS.prefLabel))) == 'a "b" \\ c\nd'
    assert 'a "book"' in str(next(graph.objects(one("odd"), SKOS.editorialNote)))


def test_the_export_is_asked_for_again_only_when_it_changed(client, db):
    address = reverse("api-thesaurus")
    first = client.get(address)
    assert first.status_code == 200 and first["Content-Type"].startswith("text/turtle")
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    ThesaurusTerm.objects.create(term="шалабай", concept="robe", language="ru", source="a museum")
    vocabulary.refresh()
    try:
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 200 and "шалабай (ru): a museum" in again.content.decode()
    finally:
        vocabulary.forget()
