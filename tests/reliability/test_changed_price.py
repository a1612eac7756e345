"""Who pays has seen what they pay: a price or rate changed meanwhile is shown and confirmed again."""

from decimal import Decimal

import pytest
from oscar.core.loading import get_model

from shop.currency.models import Rate
from tests.factories import make_listing
from tests.live.shopper import ADDRESS

Order = get_model("order", "Order")
StockRecord = get_model("partner", "StockRecord")
pytestmark = [pytest.mark.durable, pytest.mark.usefixtures("shop")]


def dearer() -> None:
    StockRecord.objects.update(price=Decimal("250000"))


def other_rate() -> None:
    Rate.objects.filter(currency="UZS").update(per_usd=6250)


@pytest.mark.parametrize("change", [dearer, other_rate])
def test_a_change_during_checkout_is_confirmed_again(site, shopper, change):
    product = make_listing(price="125000")
    site.start()
    shopper.put_in_basket(product)
    page = shopper.get("/en/checkout/")
    change()
    again = shopper.send(page, "/checkout/", **ADDRESS)
    assert again.status == 409
    assert "confirm again" in again.text
    assert not Order.objects.exists()
    assert ADDRESS["line1"] in again.text
    paying = shopper.send(again, "/checkout/", **ADDRESS)
    assert "/sandbox/pay/" in paying.url
    order = Order.objects.get()
    assert order.total_incl_tax - order.shipping_incl_tax == Decimal("20.00")
