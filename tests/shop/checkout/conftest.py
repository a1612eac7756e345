import pytest

from shop.checkout.payments import open_page
from shop.order import placing
from tests.factories import make_basket, make_checkout, make_listing
from tests.live.stripe import SECRET_KEY, WEBHOOK_SECRET, FakeStripe


@pytest.fixture
def stripe(settings):
    """A Stripe of the tests' own, and a shop that charges by it; the sandbox is off."""
    fake = FakeStripe()
    settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = SECRET_KEY, WEBHOOK_SECRET
    settings.STRIPE_API_BASE = fake.url
    settings.PAYMENT_SANDBOX = False
    yield fake
    fake.close()


@pytest.fixture
def stripe_order(stripe, rates):
    """Two pieces of a listing of which there are three, 20 US dollars and shipping, waiting to be paid at Stripe."""
    return stripe_place(make_listing(stock=3), quantity=2)


def stripe_place(*products, quantity: int = 1, currency: str = "USD"):
    basket = make_basket(*products, quantity=quantity)
    return placing.place_order(make_checkout(basket, currency=currency), "stripe")


@pytest.fixture
def page(stripe_order):
    """The number of the order's Stripe page."""
    payment = stripe_order.payments.get()
    open_page(payment)
    return payment.reference


@pytest.fixture
def deliver(client, stripe, django_capture_on_commit_callbacks):
    """Sends Stripe's events, signed, to the webhook address, and does what they cause; the last answer."""

    def send(*events: dict, **signing):
        for event in events or list(stripe.events):
            body, signature = stripe.signed(event, **signing)
            with django_capture_on_commit_callbacks(execute=True):
                answer = client.post(
                    "/webhooks/stripe/", body, content_type="application/json", headers={"Stripe-Signature": signature}
                )
        return answer

    return send
