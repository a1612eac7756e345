"""Among many other listings the first answers are still of the craft asked for, and nonsense finds nothing."""

from pathlib import Path

import pytest

from search.engines.base import SearchQuery
from search.engines.embedded import EmbeddedEngine
from search.evaluation import Judged, read_catalogue, read_queries
from search.precision import crowd, is_right, precision

EVAL = Path(__file__).parent / "eval"


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    engine = EmbeddedEngine(tmp_path_factory.mktemp("crowd") / "index.sqlite3")
    engine.rebuild([*read_catalogue(EVAL / "catalogue.csv"), *crowd(2000)])
    return engine


def titles(engine, text, language):
    found = engine.search(SearchQuery(text=text, language=language, page_size=100)).hits
    return [next(iter(hit.document.titles.values())).lower() for hit in found]


def test_nine_of_ten_places_are_of_the_craft_asked_for(engine):
    assert precision(engine, read_queries(EVAL / "queries.tsv")[::4]) >= 0.90


@pytest.mark.parametrize(("text", "language"), [("tar", "en"), ("тар", "ru"), ("tar", "az"), ("tor", "uz")])
def test_tar_is_the_instrument_and_not_what_begins_so(engine, text, language):
    assert [title for title in titles(engine, text, language) if "tarelka" in title or "тарел" in title] == []


@pytest.mark.parametrize(
    "text", ["qwrtpsdf zxcvbnm", "жщъьыэ", "xkcdqzv", "лорвапрол джэжыв", "∞ ☃ ♞", "asdfghjkl qwerty"]
)
@pytest.mark.parametrize("language", ["en", "ru", "kk", "uz", "az"])
def test_nonsense_finds_nothing(engine, text, language):
    result = engine.search(SearchQuery(text=text, language=language))
    assert result.total == 0 and result.hits == []


def test_a_made_up_listing_is_right_by_its_craft_or_material():
    one = next(document for document in crowd(500) if "embroidery" in document.crafts)
    assert is_right(one, Judged("term", "en", "q", frozenset(), "embroidery"))
    assert is_right(one, Judged("term", "en", "q", frozenset(), one.materials[0]))
    assert not is_right(one, Judged("term", "en", "q", frozenset(), "horse"))


def test_the_crowd_is_always_the_same():
    assert [document.titles for document in crowd(50)] == [document.titles for document in crowd(50)]
