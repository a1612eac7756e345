"""The same checkout, sent again and again, is one order and one payment."""

import pytest
from oscar.core.loading import get_model

from shop.order import placing
from shop.sandbox.models import SandboxSession
from shop.settlement.models import Payment
from tests.factories import make_basket, make_checkout, make_listing
from tests.live.shopper import ADDRESS, forms
from tests.reliability.promises import keep_the_promises

Order = get_model("order", "Order")
pytestmark = [pytest.mark.durable, pytest.mark.usefixtures("shop")]


def test_ten_equal_submits_at_once_make_one_order_and_one_payment(at_once):
    checkout = make_checkout(make_basket(make_listing()))
    orders = at_once([lambda: placing.place_order(checkout, "sandbox")] * 10)
    assert len({order.pk for order in orders}) == 1
    assert (Order.objects.count(), Payment.objects.count()) == (1, 1)
    keep_the_promises()


def test_ten_clicks_on_order_lead_to_one_payment_page(site, shopper, at_once):
    product = make_listing()
    site.start()
    shopper.put_in_basket(product)
    page = shopper.get("/en/checkout/")
    form = next(form for form in forms(page) if "/checkout/" in form.action)
    answers = at_once([lambda: shopper.post("/en/checkout/", {**form.values, **ADDRESS}, follow=False)] * 10)
    assert {answer.status for answer in answers} == {302}
    assert len({answer.location for answer in answers}) == 1
    assert (Order.objects.count(), Payment.objects.count(), SandboxSession.objects.count()) == (1, 1, 1)
