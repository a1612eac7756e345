"""What the vocabulary promises: every concept speaks eight languages, leads somewhere and tells where it is from."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from search.thesaurus.letters import is_written_in

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "search" / "thesaurus"
FILES = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}
CONCEPTS = {concept: entry for entries in FILES.values() for concept, entry in entries.items()}
LABELS = {
    name: json.loads((ROOT / "shop" / "listings" / "data" / f"{name}.json").read_text(encoding="utf-8"))
    for name in ("crafts", "materials")
}
LANGUAGES = ("en", "ru", "kk", "ky", "uz", "tg", "tk", "az")


def test_every_concept_has_the_same_shape():
    for concept, entry in CONCEPTS.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", concept)
        assert set(entry) == {"broader", "related", "terms"}, concept


def test_a_concept_stands_in_one_file():
    counts = Counter(concept for entries in FILES.values() for concept in entries)
    assert [concept for concept, count in counts.items() if count > 1] == []


def test_no_relation_leads_nowhere_or_to_itself():
    for concept, entry in CONCEPTS.items():
        for other in entry["broader"] + entry["related"]:
            assert other in CONCEPTS and other != concept, (concept, other)


def test_broader_concepts_never_run_in_a_circle():
    def above(concept, trail):
        assert concept not in trail, trail
        for broader in CONCEPTS[concept]["broader"]:
            above(broader, (*trail, concept))

    for concept in CONCEPTS:
        above(concept, ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_concept_has_a_term_in_the_language_and_none_twice(language):
    for concept, entry in CONCEPTS.items():
        terms = entry["terms"][language]
        assert terms and len(set(terms)) == len(terms), concept
        assert all(term == term.strip() and term for term in terms), concept


@pytest.mark.parametrize("language", LANGUAGES)
def test_terms_use_the_letters_of_their_language(language):
    for concept, entry in CONCEPTS.items():
        assert [term for term in entry["terms"][language] if not is_written_in(term, language)] == [], concept


def test_concepts_speak_the_eight_languages_and_no_other():
    assert {tuple(entry["terms"]) for entry in CONCEPTS.values()} == {LANGUAGES}


def test_there_are_enough_concepts():
    assert len(CONCEPTS) >= 1300


def test_every_craft_and_material_of_the_shop_can_be_searched_in_words():
    assert set(LABELS["crafts"]) | set(LABELS["materials"]) <= set(CONCEPTS)


@pytest.mark.parametrize("name", LABELS)
def test_facet_labels_exist_in_all_languages_and_differ_within_each(name):
    for language in LANGUAGES:
        labels = [entry["names"][language] for entry in LABELS[name].values()]
        assert all(label[:1].isupper() for label in labels) and len(set(labels)) == len(labels)


@pytest.mark.parametrize(
    ("word", "language", "concept"),
    [
        ("don", "tk", "robe"),
        ("don", "az", "dress"),
        ("мыс", "kk", "copper"),
        ("жез", "ky", "copper"),
        ("жез", "kk", "brass"),
        ("коса", "tg", "bowl"),
        ("ot", "uz", "horse"),
        ("ot", "tk", "fire"),
        ("от", "kk", "fire"),
        ("keçe", "tk", "felt"),
        ("намад", "tg", "felt"),
        ("tor", "uz", "tar"),
    ],
)
def test_false_friends_mean_what_they_mean_in_their_own_language(word, language, concept):
    assert word in CONCEPTS[concept]["terms"][language]


@pytest.mark.parametrize(
    ("word", "language", "concept"),
    [
        ("don", "tk", "dress"),
        ("don", "az", "robe"),
        ("мыс", "ru", "copper"),
        ("жез", "kk", "copper"),
        ("коса", "ru", "bowl"),
        ("ot", "tk", "horse"),
        ("ot", "az", "horse"),
        ("от", "ru", "fire"),
        ("тор", "ru", "tar"),
    ],
)
def test_false_friends_stay_out_of_the_other_language(word, language, concept):
    assert word not in CONCEPTS[concept]["terms"][language]
