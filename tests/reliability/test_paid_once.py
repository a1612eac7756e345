"""Message first, browser first, or one of them never: the order is paid once."""

import pytest
from oscar.core.loading import get_model

from shop.outbox.models import Message
from shop.settlement.models import Payment, WebhookEvent
from tests.factories import make_artisan, make_listing, make_user
from tests.live.shopper import Answer
from tests.reliability.promises import keep_the_promises

Order = get_model("order", "Order")
pytestmark = [pytest.mark.durable, pytest.mark.usefixtures("shop")]


@pytest.fixture
def product():
    return make_listing(make_artisan(user=make_user("maker@example.org")))


def pay(shopper, product, action: str) -> Answer:
    shopper.put_in_basket(product)
    page = shopper.check_out()
    assert "/sandbox/pay/" in page.url, page.text
    return shopper.send(page, "/sandbox/pay/", action=action)


def is_paid_once(site) -> None:
    assert [order.status for order in Order.objects.all()] == ["paid"]
    assert [payment.status for payment in Payment.objects.all()] == ["paid"]
    assert len([mail for mail in site.mails() if "To: guest@example.org" in mail]) == 1
    assert len([mail for mail in site.mails() if "To: maker@example.org" in mail]) == 1
    keep_the_promises()


def test_the_message_comes_before_the_browser_returns(site, shopper, product):
    site.start()
    page = pay(shopper, product, "approve")
    assert "/en/orders/" in page.url
    assert WebhookEvent.objects.get().handled
    is_paid_once(site)


def test_the_message_comes_and_the_browser_never(site, shopper, product):
    site.start()
    pay(shopper, product, "never-return")
    is_paid_once(site)


def test_the_browser_returns_and_the_message_never_came(site, shopper, product):
    """The provider's posts go to a port where nobody listens; the return alone pays the order. When the message gets
    through at last, nothing changes."""
    site.start(DROP_POSTS="1")
    page = pay(shopper, product, "approve")
    assert "/en/orders/" in page.url
    assert not WebhookEvent.objects.exists()
    is_paid_once(site)
    site.kill()
    Message.objects.filter(done=None).update(due=Message.objects.earliest("created").created)
    site.start()
    site.manage("tick")
    assert WebhookEvent.objects.get().handled
    is_paid_once(site)


def test_neither_comes_and_the_tick_asks(site, shopper, product):
    site.start()
    page = pay(shopper, product, "time-out")
    assert page.status == 504
    assert Order.objects.get().status == "pending payment"
    site.manage("reconcile")
    is_paid_once(site)
