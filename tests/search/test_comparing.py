import io

import pytest
from django.core.management import CommandError, call_command

from search import comparing, engines, indexing, on_sale
from search.engines.base import SearchQuery
from shop.outbox.models import Message
from tests.factories import make_listing
from tests.search.listings import listing

pytestmark = pytest.mark.usefixtures("rates")


@pytest.fixture
def engine(db):
    made = engines.get_engine()
    made.rebuild([])
    yield made
    made.delete(made.ids())


@pytest.fixture
def suzanis(engine):
    products = [make_listing(upc=upc) for upc in "ABC"]
    indexing.rebuild()
    return products


def test_an_index_in_line_with_the_database_shows_no_difference(suzanis, engine):
    found = comparing.compare(engine)
    assert not found and found.compared == 3


def test_what_is_missing_left_over_or_out_of_date_is_named_and_put_right(suzanis, engine):
    missing, stale, _ = suzanis
    engine.delete([missing.pk])
    engine.index([listing(stale.pk, "Something else"), listing(99_999, "Left over")])
    found = comparing.compare(engine)
    assert (found.missing, found.extra, found.stale) == ({missing.pk}, {99_999}, {stale.pk})
    assert comparing.compare(engine, repair=True) and not comparing.compare(engine)


def test_the_command_fails_where_they_differ_and_repairs_when_told(suzanis, engine):
    engine.delete([suzanis[0].pk])
    with pytest.raises(CommandError, match="--repair"):
        call_command("compare_search", stdout=io.StringIO())
    out = io.StringIO()
    call_command("compare_search", "--repair", stdout=out)
    assert "3 listings, 1 missing, 0 left over, 0 out of date, put right" in out.getvalue()
    call_command("compare_search", stdout=io.StringIO())


def test_the_comparison_is_asked_for_once_a_night(db, monkeypatch):
    monkeypatch.setattr(comparing, "NIGHT", 0)
    comparing.compare_tonight()
    comparing.compare_tonight()
    assert Message.objects.filter(kind="compare-index").count() == 1


def test_a_lost_index_is_rebuilt_equal_to_the_database(suzanis, engine, django_capture_on_commit_callbacks):
    before = engine.get(sorted(engine.ids()))
    engine.rebuild([])
    with django_capture_on_commit_callbacks(execute=True):
        assert comparing.rebuild_lost() == 1
    assert engine.get(sorted(engine.ids())) == before and not comparing.compare(engine)
    assert comparing.rebuild_lost() == 0


def test_an_empty_shop_has_no_lost_index(engine):
    assert comparing.rebuild_lost() == 0


def test_a_change_is_never_overwritten_by_a_state_read_before(suzanis, engine):
    read_before = list(on_sale.documents([suzanis[0].pk]))
    record = suzanis[0].stockrecords.get()
    record.price = 990000
    record.save()
    indexing.index_products([suzanis[0].pk], words=False)
    engine.index(read_before)
    assert engine.get([suzanis[0].pk])[0].price == "990000.00"


def test_a_price_alone_is_written_without_the_words(suzanis, engine, django_capture_on_commit_callbacks, monkeypatch):
    monkeypatch.setattr("search.engines.bodies.tokens", lambda document: pytest.fail("words were read again"))
    with django_capture_on_commit_callbacks(execute=True):
        record = suzanis[0].stockrecords.get()
        record.price = 990000
        record.save()
    hits = engines.search(SearchQuery(sort="-price")).hits
    assert hits[0].document.price == "990000.00"


def test_where_a_maker_sends_to_reaches_the_index(suzanis, engine, django_capture_on_commit_callbacks):
    partner = suzanis[0].stockrecords.get().partner
    assert engine.get([suzanis[0].pk])[0].ships == ("domestic", "region", "world")
    with django_capture_on_commit_callbacks(execute=True):
        partner.shipping_offers.get(zone="world").delete()
    assert engine.get([suzanis[0].pk])[0].ships == ("domestic", "region")
