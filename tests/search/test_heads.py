"""Which word of a query names the thing itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.base import SearchQuery
from search.folding import words
from search.heads import head, mark_asides
from search.query import plan
from search.reading import Item
from search.thesaurus import get_thesaurus
from tests.search.listings import found, listing


def items_of(text, language):
    said, items, at = words(text, language), [], 0
    starts = {match.start: match for match in get_thesaurus().match(said, language)}
    while at < len(said):
        match = starts.get(at)
        end = match.end if match else at + 1
        items.append(Item(tuple(said[at:end]), match.concepts if match else ()))
        at = end
    return mark_asides(items)


@pytest.mark.parametrize(
    ("text", "language", "thing"),
    [
        ("clay jug for wine", "en", "jug"),
        ("tablecloth for nowruz table", "en", "tablecloth"),
        ("leather notebook", "en", "notebook"),
        ("глиняный кувшин для вина", "ru", "jug"),
        ("шахматы деревянные резные", "ru", "chess"),
        ("керамические фигурки в подарок", "ru", "figurine"),
        ("диванға арналған жастық", "kk", "cushion"),
        ("yog‘och taroq", "uz", "comb"),
        ("divan üçin ýassyk", "tk", "cushion"),
        ("zinət əşyaları üçün mücrü", "az", "box"),
        ("болишти ороишӣ барои диван", "tg", "cushion"),
    ],
)
def test_the_thing_is_told_from_what_it_is_for_and_made_of(text, language, thing):
    items = items_of(text, language)
    assert items[head(items, language, get_thesaurus())].concepts[0][0] == thing


def test_the_language_of_the_words_counts_more_than_that_of_the_page():
    items = items_of("шахматы деревянные для подарка", "en")
    assert items[head(items, "en", get_thesaurus())].words == ("шахматы",)


@pytest.mark.parametrize("text", ["silver", "silver gift", "xyzzy plugh", "for"])
def test_without_a_thing_or_anything_beside_it_there_is_no_head(text):
    assert head(items_of(text, "en"), "en", get_thesaurus()) is None


@given(st.lists(st.sampled_from("for jug clay wine кувшин для вина su üçin küýze барои об !".split()), max_size=9))
def test_any_words_in_any_order_have_at_most_one_head(said):
    items = mark_asides([Item((word,)) for word in said])
    place = head(items, "en", get_thesaurus())
    assert place is None or 0 <= place < len(items)


def test_a_thing_of_another_material_is_nearer_than_another_thing_of_that_material(tmp_path):
    from search.engines.embedded import EmbeddedEngine

    engine = EmbeddedEngine(tmp_path / "index.sqlite3")
    engine.index([listing(1, "Leather bag"), listing(2, "Felt notebook"), listing(3, "Notebook")])
    assert set(found(engine, "leather notebook")) == {2, 3}


def test_a_country_still_must_hold(tmp_path):
    from search.engines.embedded import EmbeddedEngine

    engine = EmbeddedEngine(tmp_path / "index.sqlite3")
    engine.index([listing(1, "Wooden comb", country="KZ"), listing(2, "Comb", country="UZ")])
    assert found(engine, "uzbek wooden comb") == [2]


def test_words_that_name_nothing_together_are_read_apart(tmp_path):
    from search.engines.embedded import EmbeddedEngine

    engine = EmbeddedEngine(tmp_path / "index.sqlite3")
    engine.index([listing(1, "Yarn"), listing(2, "Spoon")])
    assert found(engine, "hand spun yarn") == [1]


def test_a_small_word_is_no_form_of_a_thing():
    steps = plan(SearchQuery(text="подушки на диван", language="ru")).steps
    assert all("flute" != group.label for group in next(iter(steps)).groups)
