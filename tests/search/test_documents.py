import pytest

from search.documents import infer_craft, standing, tokens
from tests.search.listings import listing


def test_a_listing_is_found_by_what_it_says_and_what_that_means():
    found = tokens(listing(1, "So‘zana", "uz", craft="suzani", materials=("silk",), extra="Nurota"))
    assert {
        "e:uz:soʻzana",
        "f:sozana",
        "l:suzana",
        "c:suzani",
        "n1:embroidery",
        "k0:suzani",
        "k1:textile",
        "m:silk",
    } <= found
    assert {"x:nurota", "x:zarina", "o:UZ"} <= found


def test_a_description_counts_apart_from_the_title():
    found = tokens(listing(1, "Gift", descriptions={"en": "A small carpet"}))
    assert "dc:carpet" in found and "c:carpet" not in found and "d:carpet" in found


def test_words_of_the_language_that_say_nothing_are_left_out():
    assert not any(token in ("f:from", "f:at") for token in tokens(listing(1, "Bowl from a workshop at Osh")))


def test_a_form_of_an_own_word_is_no_neighbours_word_that_sounds_alike():
    found = tokens(listing(1, "Дойра, козья кожа", "ru"))
    assert "c:goat" in found and "c:jug" not in found  # uz ko‘za


def test_a_translation_is_found_in_its_own_language():
    found = tokens(listing(1, "", titles={"uz": "Gilam", "ru": "Ковёр"}, language="uz"))
    assert {"e:uz:gilam", "e:ru:ковер", "c:carpet"} <= found


@pytest.mark.parametrize(
    ("title", "language", "craft"),
    [
        ("Traditional suzani", "en", "suzani"), ("Ковёр ручной работы, Шеки", "ru", "carpet"),
        ("Күміс жүзік", "kk", "ring"),
        ("Gümüş üzük", "az", "ring"), ("Шёлковый платок", "ru", "headscarf"), ("Silk headscarf", "en", "headscarf"),
        ("Ак калпак, уста колунан", "ky", "kalpak"), ("Тар от мастера", "ru", "tar"), ("Xyzzy", "en", ""),
        ("", "en", ""),
    ],
)  # fmt: skip
def test_the_craft_is_inferred_from_a_title(title, language, craft):
    assert infer_craft(title, language) == craft


NOW = 1_800_000_000


def test_standing_is_between_0_and_1_and_prefers_what_can_be_bought():
    worst = listing(1, "Bowl", in_stock=False, quality=0.0, rating=0.0, created=0)
    best = listing(2, "Bowl", quality=1.0, rating=5.0, created=4_000_000_000, priority=99)
    assert 0 == standing(worst, NOW) < standing(listing(3, "Bowl"), NOW) < standing(best, NOW) <= 1


def test_the_unrated_stand_like_the_average():
    assert (
        standing(listing(1, "Bowl", rating=1.0), NOW)
        < standing(listing(1, "Bowl"), NOW)
        < standing(listing(1, "Bowl", rating=5.0), NOW)
    )


def test_what_has_just_come_stands_above_the_same_come_long_ago_and_less_each_day():
    day = 86_400
    stands = [standing(listing(1, "Bowl", created=NOW - age * day), NOW) for age in (0, 10, 30, 61)]
    assert stands == sorted(stands, reverse=True) and len(set(stands)) == 4
