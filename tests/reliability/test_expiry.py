"""An unpaid reservation ends, and its stock comes back once."""

from datetime import timedelta

import pytest
from django.utils import timezone
from oscar.core.loading import get_model

from shop.checkout import payments
from shop.checkout.gateway import Outcome
from shop.settlement.models import Sale
from tests.factories import make_listing, place
from tests.reliability.promises import keep_the_promises

StockRecord = get_model("partner", "StockRecord")
pytestmark = [pytest.mark.durable, pytest.mark.usefixtures("shop")]


@pytest.fixture
def overdue():
    product = make_listing(stock=5)
    order, other = place(product, quantity=2), place(product, quantity=1)
    Sale.objects.filter(order=order).update(reserved_until=timezone.now() - timedelta(minutes=1))
    assert other.sale.stock_held
    return order


def free() -> int:
    return StockRecord.objects.get().net_stock_level


def test_ten_ticks_at_once_give_the_stock_back_once(overdue, at_once):
    assert free() == 2
    results = at_once([payments.expire_due] * 10)
    assert not [result for result in results if isinstance(result, Exception)]
    overdue.refresh_from_db()
    assert (overdue.status, free()) == ("expired", 4)
    keep_the_promises()


def test_paid_and_expired_at_once_is_one_of_both(overdue, at_once, monkeypatch):
    """Whatever comes first: a paid order holds its stock, an expired one does not, and never half of each."""
    payment = overdue.payments.get()
    results = at_once([payments.expire_due, lambda: payments.settle(payment.pk, Outcome("paid"))] * 3)
    assert not [result for result in results if isinstance(result, Exception)]
    overdue.refresh_from_db()
    assert overdue.status == "paid"
    assert free() == 2
    keep_the_promises()
