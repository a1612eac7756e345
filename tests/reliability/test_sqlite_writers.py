"""Twenty writers on one SQLite file wait their turn: nobody sees "database is locked". PostgreSQL just does it."""

import pytest
from django.db import transaction
from oscar.core.loading import get_model

from tests.factories import make_basket, make_listing, place
from tests.live.shopper import Shopper
from tests.reliability.promises import keep_the_promises

Basket = get_model("basket", "Basket")
Order = get_model("order", "Order")
pytestmark = [pytest.mark.durable, pytest.mark.usefixtures("shop")]
WRITERS = 20


def test_twenty_threads_place_orders(at_once):
    product = make_listing(stock=1000)

    def write():
        for _ in range(3):
            place(product)
        return "done"

    assert at_once([write] * WRITERS) == ["done"] * WRITERS
    assert Order.objects.count() == 3 * WRITERS
    keep_the_promises()


def test_twenty_shoppers_fill_baskets_on_a_site_of_several_processes(site, at_once):
    products = [make_listing(stock=100) for _ in range(3)]
    site.workers = 3
    site.start()

    def shop():
        shopper = Shopper(site.url)
        return {shopper.put_in_basket(product).status for product in products}

    assert at_once([shop] * WRITERS) == [{200}] * WRITERS
    assert Basket.objects.count() == WRITERS
    assert "locked" not in site.log()


def test_a_reader_that_turns_writer_waits_too(at_once):
    """A deferred transaction that read first and then writes is what SQLite refuses at once, without waiting."""
    baskets = [make_basket() for _ in range(WRITERS)]

    def read_then_write(basket):
        with transaction.atomic():
            Basket.objects.get(pk=basket.pk)
            Basket.objects.filter(pk=basket.pk).update(status=Basket.SAVED)
        return "done"

    assert at_once([lambda basket=basket: read_then_write(basket) for basket in baskets]) == ["done"] * WRITERS
