"""Two baskets with the same pieces in opposite order never wait for each other."""

import threading

import pytest
from django.db import OperationalError, connection, transaction
from oscar.core.loading import get_model

from shop.order import placing
from shop.partner.stock import reserve
from tests.factories import make_basket, make_checkout, make_listing
from tests.reliability.promises import keep_the_promises

Order = get_model("order", "Order")
pytestmark = [pytest.mark.durable, pytest.mark.usefixtures("shop")]


def rounds() -> int:
    """SQLite has one writer and nothing to lock: there it is a matter of form."""
    return 200 if connection.vendor == "postgresql" else 10


def test_opposite_baskets_are_ordered_without_a_deadlock(at_once):
    first, second = make_listing(stock=1000), make_listing(stock=1000)

    def order_each_time(*products):
        for _ in range(rounds()):
            placing.place_order(make_checkout(make_basket(*products)), "sandbox")
        return "done"

    assert at_once([lambda: order_each_time(first, second), lambda: order_each_time(second, first)]) == ["done"] * 2
    assert Order.objects.count() == 2 * rounds()
    keep_the_promises()


@pytest.mark.server
def test_control_without_the_order_of_locks_they_wait_for_each_other(at_once):
    records = [make_listing(stock=9).stockrecords.get().pk for _ in range(2)]
    both_hold_one = threading.Barrier(2, timeout=30)

    def take(pks):
        with transaction.atomic():
            reserve(pks[0], 1)
            both_hold_one.wait()
            reserve(pks[1], 1)

    results = at_once([lambda: take(records), lambda: take(records[::-1])])
    assert [type(result) for result in results if result is not None] == [OperationalError]
