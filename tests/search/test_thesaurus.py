import json

import pytest

from search.folding import words
from search.thesaurus import Concept, Thesaurus, get_thesaurus, read

SMALL = Thesaurus(
    [
        Concept("textile", "crafts", {"en": ("textile",)}),
        Concept("embroidery", "crafts", {"en": ("embroidery",), "ru": ("вышивка",)}, broader=("textile",)),
        Concept(
            "suzani", "crafts", {"en": ("suzani",), "uz": ("so‘zana",), "ru": ("сюзане",)}, broader=("embroidery",)
        ),
        Concept("robe", "garments", {"tk": ("don",), "ru": ("халат",)}),
        Concept("dress", "garments", {"az": ("don",), "ru": ("платье",), "kk": ("көйлек",)}),
        Concept("horse", "motifs", {"tk": ("at",), "kk": ("ат",)}),
        Concept("felt", "crafts", {"en": ("felt",)}),
        Concept("felt-hat", "garments", {"en": ("felt hat",)}),
        Concept("silver", "materials", {"ru": ("серебро",), "kk": ("күміс",)}),
    ]
)


def named(text, language="en", strict=False):
    return [match.concepts[0][0] for match in SMALL.match(words(text, language), language, strict)]


@pytest.mark.parametrize("text", ["so‘zana", "сўзана", "sozana", "SUZANI", "сюзане", "so‘zanalar", "suzanis"])
def test_a_concept_is_known_by_any_of_its_spellings(text):
    assert named(text, "uz") == ["suzani"]


def test_the_longest_phrase_wins_and_no_word_is_used_twice():
    assert named("grey felt hat") == ["felt-hat"]
    assert named("felt and a hat") == ["felt"]


def test_a_compound_may_be_written_in_one_word():
    assert named("felthat") == ["felt-hat"]


def test_false_friends_are_told_apart_by_language():
    assert named("don", "tk") == ["robe"] and named("don", "az") == ["dress"]
    assert {one for match in SMALL.match(["don"], "en") for one, _ in match.concepts} == {"robe", "dress"}


def test_in_a_listing_a_short_foreign_word_is_no_concept():
    assert named("at", "en", strict=True) == []
    assert named("at", "tk", strict=True) == ["horse"]


def test_an_adjective_names_its_material():
    assert named("серебряный", "ru") == ["silver"]


def test_families_and_their_steps():
    assert SMALL.ancestors("suzani") == {"suzani": 0, "embroidery": 1, "textile": 2}
    assert SMALL.ancestors("unheard of") == {"unheard of": 0}


def test_the_version_follows_the_content():
    assert Thesaurus(SMALL.concepts.values()).version == SMALL.version
    assert Thesaurus(list(SMALL.concepts.values())[1:]).version != SMALL.version


def test_files_are_domains_and_a_concept_in_two_is_one(tmp_path):
    for name, terms in (("a", {"en": ["knife"]}), ("b", {"en": ["blade"], "uz": ["pichoq"]})):
        (tmp_path / f"{name}.json").write_text(json.dumps({"knife": {"terms": terms, "broader": [name]}}))
    knife = read(tmp_path)["knife"]
    assert (knife.domain, knife.broader) == ("a", ("a", "b"))
    assert knife.terms == {"en": ("knife", "blade"), "uz": ("pichoq",)}


def test_every_craft_can_be_named():
    from shop.listings.crafts import crafts

    assert set(crafts()) <= set(get_thesaurus().concepts)
