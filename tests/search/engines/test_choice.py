"""Which engine answers, and what happens when one is away."""

import pytest

from search import engines, query
from search.engines.base import EngineError, SearchQuery
from search.spelling import Vocabulary
from tests.search.listings import listing


class Away:
    name = "elasticsearch"

    def __init__(self):
        self.asked = 0

    def search(self, query):
        self.asked += 1
        raise EngineError("nobody there")

    index = delete = suggest = lambda self, *args: self.search(None)


@pytest.fixture
def here(settings, tmp_path):
    settings.SEARCH_INDEX = str(tmp_path / "index.sqlite3")
    settings.ELASTICSEARCH_URL = ""
    return engines


@pytest.fixture
def away(here, monkeypatch):
    gone = Away()
    monkeypatch.setattr(here, "get_engine", lambda: gone)
    return gone


def test_without_a_server_the_embedded_engine_answers(here):
    here.index([listing(1, "Bowl")])
    result = here.search(SearchQuery(text="bowl"))
    assert (result.engine, result.degraded, result.total) == ("embedded", False, 1)


def test_an_absent_server_is_replaced_and_said(here, away):
    here.embedded_engine().index([listing(1, "Bowl")])
    result = here.search(SearchQuery(text="bowl"))
    assert (result.engine, result.degraded, result.total) == ("embedded", True, 1)
    assert here.suggest("bow", "en")


def test_an_absent_server_is_not_asked_by_every_shopper(here, away):
    for _ in range(5):
        here.search(SearchQuery())
    assert away.asked == 1


def test_what_an_absent_server_missed_is_told_to_the_writer(here, away):
    with pytest.raises(EngineError):
        here.index([listing(1, "Bowl")])
    assert here.embedded_engine().ids() == {1}


def test_no_engine_at_all_gives_an_empty_degraded_answer(here, settings, tmp_path):
    (tmp_path / "broken").write_bytes(b"this is no database" * 100)
    settings.SEARCH_INDEX = str(tmp_path / "broken")
    result = here.search(SearchQuery(text="bowl"))
    assert (result.total, result.degraded) == (0, True)
    assert here.suggest("bow", "en") == []
    assert not here.get_engine().ping()


@pytest.mark.server
def test_a_server_that_never_answers_costs_one_short_wait(here, settings):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    assert here.search(SearchQuery()).degraded


def test_a_new_process_has_the_words_to_correct_to_at_hand(here, monkeypatch):
    query._vocabulary.cache_clear()
    here.index([listing(1, "Bowl"), *(listing(number, "Suzani") for number in range(2, 40))])
    here.warm()

    def build(self, words):
        raise AssertionError("a shopper waits for the words")

    monkeypatch.setattr(Vocabulary, "__init__", build)
    assert here.search(SearchQuery(text="bwol")).total == 1
