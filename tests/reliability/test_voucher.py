"""A voucher for three orders lowers the price of three, however many use it at the same moment."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from oscar.core.loading import get_model

from shop.order import placing
from shop.settlement import vouchers
from tests.factories import make_basket, make_checkout, make_listing

ConditionalOffer = get_model("offer", "ConditionalOffer")
Order = get_model("order", "Order")
OrderDiscount = get_model("order", "OrderDiscount")
Voucher = get_model("voucher", "Voucher")
pytestmark = [pytest.mark.durable, pytest.mark.usefixtures("shop")]
SHOPPERS, USES = 50, 3


def orders_with_the_voucher() -> list:
    """What each of fifty shoppers submits: each saw the lower price. Each buys a piece of their own, so that nothing
    but the voucher makes them wait for each other."""
    now = timezone.now()
    used = vouchers.open_voucher("RUSH", Decimal(10), now - timedelta(days=1), now + timedelta(days=1), uses=USES)
    jobs = []
    for _ in range(SHOPPERS):
        basket = make_basket(make_listing())
        basket.vouchers.add(used)
        checkout = make_checkout(basket)
        jobs.append(lambda checkout=checkout: placing.place_order(checkout, "sandbox"))
    return jobs


def test_fifty_at_once_use_it_as_often_as_it_says(at_once):
    results = at_once(orders_with_the_voucher())
    assert sum(isinstance(result, Order) for result in results) == USES
    assert sum(isinstance(result, placing.QuoteChanged) for result in results) == SHOPPERS - USES
    assert OrderDiscount.objects.filter(voucher_code="RUSH").count() == USES
    assert ConditionalOffer.objects.get().num_applications == Voucher.objects.get().num_orders == USES


@pytest.mark.server
def test_control_without_the_lock_it_is_used_too_often(at_once, monkeypatch):
    """SQLite's single writer hides the race, so this runs on PostgreSQL only."""
    monkeypatch.setattr(vouchers, "lock_vouchers", lambda ids: list(Voucher.objects.filter(pk__in=set(ids))))
    results = at_once(orders_with_the_voucher())
    assert sum(isinstance(result, Order) for result in results) > USES
