import pytest
from oscar.core.loading import get_model

from search import engines, indexing
from search.engines.base import SearchQuery
from tests.factories import make_artisan, make_listing

StockRecord = get_model("partner", "StockRecord")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_index(rates):
    indexing.rebuild()


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    def run(change):
        with django_capture_on_commit_callbacks(execute=True):
            return change()

    return run


def on_show() -> list[str]:
    return [hit.document.upc for hit in engines.search(SearchQuery()).hits]


def test_a_new_listing_is_found_after_commit(committed):
    committed(lambda: make_listing(upc="A"))
    assert on_show() == ["A"]


def test_a_withdrawn_listing_is_not_found_any_more(committed):
    product = committed(lambda: make_listing(upc="A"))
    product.is_public = False
    committed(product.save)
    assert on_show() == []


def test_a_suspended_makers_listings_are_not_found(committed):
    maker = make_artisan()
    committed(lambda: [make_listing(maker, upc="A"), make_listing(maker, upc="B")])
    maker.status = "suspended"
    committed(maker.save)
    assert on_show() == []


def test_a_changed_price_reaches_the_index(committed):
    committed(lambda: make_listing(upc="A"))
    record = StockRecord.objects.get()
    record.price = 250000
    committed(record.save)
    assert engines.search(SearchQuery()).hits[0].document.price == "250000.00"


def test_the_index_rebuilt_equals_the_database(committed):
    committed(lambda: [make_listing(upc=upc) for upc in "ABC"])
    engines.get_engine().delete(engines.get_engine().ids())
    assert on_show() == []
    indexing.rebuild()
    assert sorted(on_show()) == ["A", "B", "C"]


def test_search_away_does_not_undo_the_change(committed, monkeypatch):
    def away(documents):
        raise engines.EngineError("away")

    monkeypatch.setattr(engines, "index", away)
    committed(lambda: make_listing(upc="A"))
    from shop.outbox.models import Message

    assert Message.objects.filter(kind="index", done=None, attempts=1).exists()
