"""What must hold with real cards as with the sandbox: a site of its own process charges at a Stripe of ours (HTTP on
both sides), loses lines and answers, is killed at its steps, and is told everything in the wrong order."""

import urllib.request
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone
from oscar.core.loading import get_model

from shop.checkout import payments
from shop.checkout.gateway import Outcome
from shop.settlement import refunding
from shop.settlement.models import Payment, Posting, Refund, Sale, WebhookEvent
from tests.factories import make_artisan, make_listing, make_user
from tests.live.shopper import ADDRESS, GONE, forms
from tests.live.stripe import SECRET_KEY, WEBHOOK_SECRET, FakeStripe
from tests.reliability.promises import keep_the_promises

Order = get_model("order", "Order")
StockRecord = get_model("partner", "StockRecord")
pytestmark = [pytest.mark.durable, pytest.mark.usefixtures("shop")]
OPENING = "/v1/checkout/sessions"


@pytest.fixture
def stripe(settings):
    """A Stripe of ours, which this process and the site's charge at."""
    fake = FakeStripe()
    settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = SECRET_KEY, WEBHOOK_SECRET
    settings.STRIPE_API_BASE, settings.PAYMENT_SANDBOX = fake.url, False
    yield fake
    fake.close()


@pytest.fixture
def site(site, stripe):
    site.environment |= {
        "PAYMENT_SANDBOX": "0",
        "STRIPE_SECRET_KEY": SECRET_KEY,
        "STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET,
        "STRIPE_API_BASE": stripe.url,
    }
    return site


@pytest.fixture
def product():
    return make_listing(make_artisan(user=make_user("maker@example.org")), stock=3)


def free() -> int:
    return StockRecord.objects.get().net_stock_level


def order_at(shopper, product) -> str:
    """Orders; where the browser is sent."""
    shopper.put_in_basket(product)
    return shopper.check_out(follow=False).location


def tell(site, stripe, *events: dict) -> None:
    """Sends Stripe's messages to the site."""
    for event in events or list(stripe.events):
        body, signature = stripe.signed(event)
        headers = {"Content-Type": "application/json", "Stripe-Signature": signature}
        request = urllib.request.Request(f"{site.url}/webhooks/stripe/", data=body, headers=headers, method="POST")
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert answer.status == 200


def come_back(shopper) -> None:
    shopper.get(f"/en/checkout/return/{Payment.objects.get().key}/")


def is_paid_once(site, stripe) -> None:
    assert [order.status for order in Order.objects.all()] == ["paid"]
    assert [payment.status for payment in Payment.objects.all()] == ["paid"]
    assert len(stripe.all("charge")) == 1
    assert len([mail for mail in site.mails() if "To: guest@example.org" in mail]) == 1
    assert free() == 2
    keep_the_promises()


def test_messages_first_backwards_and_twice_then_the_browser(site, shopper, stripe, product):
    site.start()
    assert order_at(shopper, product).startswith("https://checkout.stripe.com/")
    stripe.pay(Payment.objects.get().reference, "3155")
    tell(site, stripe, *reversed(stripe.events))
    tell(site, stripe)
    come_back(shopper)
    assert not WebhookEvent.objects.filter(handled=None).exists()
    is_paid_once(site, stripe)


def test_the_browser_returns_and_no_message_ever_comes(site, shopper, stripe, product):
    site.start()
    order_at(shopper, product)
    stripe.pay(Payment.objects.get().reference)
    come_back(shopper)
    is_paid_once(site, stripe)


def test_neither_comes_and_the_reconciler_asks(site, shopper, stripe, product):
    site.start()
    order_at(shopper, product)
    stripe.pay(Payment.objects.get().reference)
    site.manage("reconcile")
    is_paid_once(site, stripe)


def test_a_line_cut_after_the_page_was_opened_then_the_button_again_is_one_page(site, shopper, stripe, product):
    site.start()
    stripe.cut_after(OPENING)
    assert "/orders/" in order_at(shopper, product)
    page = shopper.get(f"/en/orders/{Order.objects.get().number}/{token()}/")
    answer = shopper.send(page, "/checkout/pay/", follow=False)
    [session] = stripe.all("checkout.session")
    assert answer.location == session["url"]
    stripe.pay(session["id"])
    tell(site, stripe)
    is_paid_once(site, stripe)


def token() -> str:
    from shop.order.links import order_token

    return order_token(Order.objects.get().number)


@pytest.mark.parametrize(
    "step", ["shop.checkout.views:go_to_payment", "shop.checkout.stripe:StripeGateway.open_page:after"]
)
def test_killed_before_paying_gives_the_stock_back_and_closes_the_page(site, shopper, stripe, product, step):
    site.start(DIE_AT=step)
    shopper.put_in_basket(product)
    with pytest.raises(GONE):
        shopper.check_out(follow=False)
    assert site.died()
    Sale.objects.update(reserved_until=timezone.now() - timedelta(minutes=1))
    site.manage("reconcile")
    site.manage("reconcile")
    assert (Order.objects.get().status, free()) == ("expired", 3)
    assert [session["status"] for session in stripe.all("checkout.session")] == ["expired"]
    keep_the_promises()


@pytest.mark.parametrize("step", ["shop.checkout.webhooks:handle", "shop.outbox.mail:deliver_mail"])
def test_killed_while_it_is_told_the_order_is_paid_all_the_same(site, shopper, stripe, product, step):
    site.start(DIE_AT=step)
    order_at(shopper, product)
    stripe.pay(Payment.objects.get().reference)
    with pytest.raises(GONE):
        tell(site, stripe)
    assert site.died()
    site.start()
    site.manage("reconcile")
    site.manage("tick")
    is_paid_once(site, stripe)


def test_ten_clicks_on_order_are_one_page_at_stripe(site, shopper, stripe, product, at_once):
    site.start()
    shopper.put_in_basket(product)
    page = shopper.get("/en/checkout/")
    form = next(form for form in forms(page) if "/checkout/" in form.action)
    answers = at_once([lambda: shopper.post("/en/checkout/", {**form.values, **ADDRESS}, follow=False)] * 10)
    assert len({answer.location for answer in answers}) == 1
    assert (Order.objects.count(), Payment.objects.count(), len(stripe.all("checkout.session"))) == (1, 1, 1)


def at_stripe(product):
    """An order whose page at Stripe is open."""
    from tests.shop.checkout.conftest import stripe_place

    order = stripe_place(product)
    payments.open_page(order.payments.get())
    return order


def test_ten_ticks_and_a_payment_at_once_are_one_of_both(stripe, product, at_once):
    order = at_stripe(product)
    payment = order.payments.get()
    Sale.objects.update(reserved_until=timezone.now() - timedelta(minutes=1))
    stripe.pay(payment.reference)
    results = at_once([payments.expire_due] * 5 + [lambda: payments.settle(payment.pk, Outcome("paid"))] * 5)
    assert not [result for result in results if isinstance(result, Exception)]
    order.refresh_from_db()
    assert (order.status, free()) == ("paid", 2)
    keep_the_promises()


def test_ten_refunds_at_once_give_back_no_more_than_was_paid(stripe, product, at_once):
    """Ten times seven dollars of an order of ten and shipping: one arrives, nine are refused, nothing is written for
    them."""
    order = at_stripe(product)
    payment = order.payments.get()
    stripe.pay(payment.reference)
    payments.ask(payment)

    def ask(number: int):
        return lambda: refunding.open_refund(payment, Decimal("7.00"), key=f"r-{number}", reason="broken")

    results = at_once([ask(number) for number in range(10)])
    refused = [result for result in results if isinstance(result, refunding.CannotRefund)]
    assert len(refused) == 9, results
    assert Refund.objects.count() == 1 and [refund["amount"] for refund in stripe.all("refund")] == [700]
    from django.db.models import Sum

    sums = Posting.objects.values("account__currency").annotate(sum=Sum("amount")).order_by()
    assert {row["account__currency"]: row["sum"] for row in sums if row["sum"]} == {}


def test_the_same_refund_ten_times_at_once_is_one(stripe, product, at_once):
    order = at_stripe(product)
    payment = order.payments.get()
    stripe.pay(payment.reference)
    payments.ask(payment)
    results = at_once([lambda: refunding.open_refund(payment, Decimal("3.00"), key="r-1", reason="broken")] * 10)
    assert len({result.pk for result in results}) == 1
    with transaction.atomic():
        assert Refund.objects.get().status == Refund.SUCCEEDED
    assert [refund["amount"] for refund in stripe.all("refund")] == [300]
