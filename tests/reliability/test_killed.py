"""kill -9 at each step of buying: what is left is settled by `reconcile`, and nobody's money or stock is lost.

A real server process kills itself (SIGKILL, all its group) at the step; the rest is done by processes started anew.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from oscar.core.loading import get_model

from shop.sandbox.models import SandboxSession
from shop.settlement.models import Payment, Sale, WebhookEvent
from tests.factories import make_listing
from tests.live.shopper import GONE
from tests.reliability.promises import keep_the_promises

Basket = get_model("basket", "Basket")
Order = get_model("order", "Order")
StockRecord = get_model("partner", "StockRecord")
pytestmark = [pytest.mark.durable, pytest.mark.usefixtures("shop")]

WHILE_PLACING = "shop.order.placing:_create_parcels"
AFTER_THE_ORDERS_COMMIT = "shop.checkout.views:go_to_payment"
PAGE_OPENED_BUT_NOT_STORED = "shop.checkout.sandbox:SandboxGateway.open_page:after"
PAID_BUT_NOBODY_TOLD = "shop.sandbox.provider:post"
WEBHOOK_STORED_BUT_NOT_HANDLED = "shop.checkout.webhooks:handle"
SETTLED_BUT_NO_MAIL_SENT = "shop.outbox.mail:deliver_mail"


@pytest.fixture
def product():
    return make_listing(stock=3)


def free() -> int:
    return StockRecord.objects.get().net_stock_level


def dies_ordering(site, shopper, product, step: str) -> None:
    site.start(DIE_AT=step)
    shopper.put_in_basket(product)
    with pytest.raises(GONE):
        shopper.check_out()
    assert site.died()


def dies_paying(site, shopper, product, step: str) -> None:
    """The process dies at the step while the shopper approves the payment; perhaps the answer still came."""
    site.start(DIE_AT=step)
    shopper.put_in_basket(product)
    page = shopper.check_out()
    assert "/sandbox/pay/" in page.url
    with pytest.raises(GONE):
        shopper.send(page, "/sandbox/pay/", action="approve")
    assert site.died()
    assert SandboxSession.objects.get().status == "paid"


def time_passes() -> None:
    Sale.objects.update(reserved_until=timezone.now() - timedelta(minutes=1))


def is_paid(site) -> None:
    assert [order.status for order in Order.objects.all()] == ["paid"]
    assert [payment.status for payment in Payment.objects.all()] == ["paid"]
    assert len([mail for mail in site.mails() if "To: guest@example.org" in mail]) == 1
    assert free() == 2
    keep_the_promises()


def test_killed_while_placing_leaves_no_order_and_an_open_basket(site, shopper, product):
    dies_ordering(site, shopper, product, WHILE_PLACING)
    site.manage("reconcile")
    assert not Order.objects.exists() and free() == 3
    site.start()
    assert "/sandbox/pay/" in shopper.check_out().url


@pytest.mark.parametrize("step", [AFTER_THE_ORDERS_COMMIT, PAGE_OPENED_BUT_NOT_STORED])
def test_killed_before_paying_gives_the_stock_back_when_its_time_is_over(site, shopper, product, step):
    dies_ordering(site, shopper, product, step)
    assert Payment.objects.get().page_url == ""
    site.manage("reconcile")
    assert free() == 2, "the shopper still has time to pay"
    time_passes()
    site.manage("reconcile")
    site.manage("reconcile")
    assert Order.objects.get().status == "expired"
    assert free() == 3
    assert Basket.objects.get().status == Basket.OPEN
    keep_the_promises()


@pytest.mark.parametrize("step", [AFTER_THE_ORDERS_COMMIT, PAGE_OPENED_BUT_NOT_STORED])
def test_killed_before_paying_the_same_submit_goes_on_to_the_same_page(site, shopper, product, step):
    dies_ordering(site, shopper, product, step)
    site.start()
    # The basket is ordered, so the browser's "send again" is what the shopper has.
    order = Order.objects.get()
    page = shopper.post("/en/checkout/", {**sent_before(shopper), "attempt": str(order.sale.attempt)})
    assert "/sandbox/pay/" in page.url
    assert (Order.objects.count(), Payment.objects.count(), SandboxSession.objects.count()) == (1, 1, 1)


def sent_before(shopper) -> dict[str, str]:
    from tests.live.shopper import ADDRESS

    token = next(cookie.value for cookie in shopper.cookies if cookie.name == "csrftoken")
    return {**ADDRESS, "quote": "as it was", "csrfmiddlewaretoken": token or ""}


@pytest.mark.parametrize("step", [PAID_BUT_NOBODY_TOLD, WEBHOOK_STORED_BUT_NOT_HANDLED, SETTLED_BUT_NO_MAIL_SENT])
def test_killed_after_paying_the_order_is_paid_and_told_once(site, shopper, product, step):
    dies_paying(site, shopper, product, step)
    stored = WebhookEvent.objects.exists()
    assert stored == (step != PAID_BUT_NOBODY_TOLD)
    time_passes()
    site.start()
    site.manage("reconcile")
    site.manage("tick")
    is_paid(site)


def test_paid_with_the_whole_site_gone_and_no_server_to_post_to(site, shopper, product):
    """The reconciler alone, no web server running: it asks, and does not need to be told."""
    dies_paying(site, shopper, product, PAID_BUT_NOBODY_TOLD)
    site.manage("reconcile")
    is_paid(site)
