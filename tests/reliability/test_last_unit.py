"""The last piece is sold once, however many want it at the same moment."""

import pytest
from django.db.models import F
from django.db.models.functions import Coalesce
from oscar.core.loading import get_model

from shop.order import placing, utils
from tests.factories import make_basket, make_checkout, make_listing
from tests.live.shopper import ADDRESS, Shopper
from tests.reliability.promises import keep_the_promises

Order = get_model("order", "Order")
StockRecord = get_model("partner", "StockRecord")
pytestmark = [pytest.mark.durable, pytest.mark.usefixtures("shop")]
BUYERS = 50


def buyers_of_the_last_piece() -> list[placing.Checkout]:
    product = make_listing(stock=1)
    return [make_checkout(make_basket(product)) for _ in range(BUYERS)]


def ordering(checkout: placing.Checkout):
    return lambda: placing.place_order(checkout, "sandbox")


def test_fifty_buyers_of_the_last_piece_make_one_order(at_once):
    results = at_once([ordering(checkout) for checkout in buyers_of_the_last_piece()])
    assert sum(isinstance(result, Order) for result in results) == 1
    assert sum(isinstance(result, placing.SoldOut) for result in results) == BUYERS - 1
    assert Order.objects.count() == 1
    keep_the_promises()


def shopper_before_ordering(site, product):
    """A browser that has the piece in its basket and the filled-in checkout before it; gives what its click does."""
    shopper = Shopper(site.url)
    shopper.put_in_basket(product)
    page = shopper.get("/en/checkout/")
    return lambda: shopper.send(page, "/checkout/", **ADDRESS)


def test_forty_nine_of_fifty_are_told_kindly(site, at_once):
    product = make_listing(stock=1)
    site.workers = 2
    site.start()
    answers = at_once([shopper_before_ordering(site, product) for _ in range(BUYERS)])
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    told = [answer for answer in answers if answer.status == 409]
    assert (len([answer for answer in answers if "/sandbox/pay/" in answer.url]), len(told)) == (1, BUYERS - 1)
    assert all("was just sold to someone else" in answer.text for answer in told)
    assert all(ADDRESS["line1"] in answer.text for answer in told), "what was typed is lost"


def unguarded(stockrecord_id: int, quantity: int) -> None:
    """As Oscar's own allocation: it adds without looking."""
    StockRecord.objects.filter(pk=stockrecord_id).update(num_allocated=Coalesce(F("num_allocated"), 0) + quantity)


def unlocked(stockrecord_ids) -> dict:
    return {record.pk: record for record in StockRecord.objects.filter(pk__in=set(stockrecord_ids))}


@pytest.mark.server
def test_control_without_lock_and_guard_the_last_piece_is_sold_often(at_once, monkeypatch):
    """SQLite's single writer hides the race, so this runs on PostgreSQL only."""
    monkeypatch.setattr(placing, "lock", unlocked)
    monkeypatch.setattr(utils, "reserve", unguarded)
    results = at_once([ordering(checkout) for checkout in buyers_of_the_last_piece()])
    assert sum(isinstance(result, Order) for result in results) > 1
