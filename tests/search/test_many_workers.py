"""`rebuild_search --workers`: several processes read, and the index is the same."""

import pytest

from search import engines, indexing, on_sale
from search.engines.base import SearchQuery
from search.engines.bodies import tokens_of
from tests import factories

pytestmark = pytest.mark.durable


@pytest.fixture
def catalogue(durable_db, monkeypatch):
    factories.make_rates()
    monkeypatch.setattr(on_sale, "CHUNK", 2)
    maker = factories.make_artisan()
    return [factories.make_listing(maker, title=f"So‘zana {number}", upc=f"S-{number}") for number in range(7)]


def test_many_read_what_one_reads_in_the_same_order(catalogue):
    alone, together = list(indexing.documents()), list(indexing.documents_by_many(2))
    assert alone == together and len(alone) == len(catalogue)
    assert [tokens_of(document) for document in alone] == [list(document.tokens) for document in together]


def test_an_index_built_by_many_answers_as_one_built_by_one(catalogue):
    indexing.rebuild(workers=1)
    before = engines.search(SearchQuery(text="сюзане", language="ru"))
    indexing.rebuild(workers=2)
    after = engines.search(SearchQuery(text="сюзане", language="ru"))
    assert after.total == before.total == len(catalogue)
    assert after.hits == before.hits and after.facets == before.facets
