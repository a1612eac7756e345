"""Whatever is typed, each engine answers, and with bounded work."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from search.engines import elasticsearch
from search.engines.base import LANGUAGES, SearchQuery
from search.plans import MOST_TOKENS
from search.query import plan
from search.thesaurus import get_thesaurus
from tests.search.listings import listing
from tests.search.odd_texts import odd_texts

languages = st.sampled_from(LANGUAGES)
drawing = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def shop(engine):
    engine.rebuild([listing(1, "So‘zana"), listing(2, "Күміс жүзік", "kk", price_usd=90.0)])
    return engine


@drawing
@given(text=odd_texts(), language=languages, sort=st.sampled_from(["relevance", "newest", "-price"]))
def test_any_text_is_answered(shop, text, language, sort):
    result = shop.search(SearchQuery(text=text, language=language, sort=sort))
    assert result.engine == shop.name and result.total <= 2


@drawing
@given(text=odd_texts(), language=languages)
def test_any_beginning_is_completed_or_not(shop, text, language):
    assert isinstance(shop.suggest(text, language), list)


@drawing
@given(words=st.lists(st.sampled_from(sorted(get_thesaurus().words)), min_size=20, max_size=40), language=languages)
@example(words=["белек"] * 24, language="ru")
def test_no_text_asks_for_more_than_a_server_takes(words, language):
    """1,024 clauses are the least that any Elasticsearch is set to."""
    steps = list(plan(SearchQuery(text=" ".join(words)[:500], language=language)).steps)
    assert len(steps) <= 8
    for step in steps:
        assert sum(len(option.tokens) for group in step.groups for option in group.options) <= MOST_TOKENS < 1024


def test_a_server_is_waited_for_no_longer_than_a_shopper_waits(monkeypatch):
    told = {}
    monkeypatch.setattr(elasticsearch, "Elasticsearch", lambda url, **options: told.update(options) or FakeClient())
    elasticsearch.ElasticsearchEngine("http://127.0.0.1:9", "any")
    assert told == {"request_timeout": 2, "max_retries": 0, "retry_on_timeout": False}


class FakeClient:
    def options(self, **_):
        return self
