"""Stripe's own stripe-mock accepts every request of the first version of its API that we make: path, parameters, types.

It keeps nothing, so what the answers mean is tested at a Stripe of ours (test_stripe.py). Started by `.ci/servers …
stripe`.
"""

import os
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from shop.checkout import stripe as client
from shop.checkout.charging import charge_of
from shop.checkout.gateway import Refused
from shop.currency.money import CURRENCIES
from shop.currency.rates import read_rates
from shop.settlement.booking import book_adjustment
from shop.settlement.models import Payout, Refund
from shop.settlement.rails import stripe_connect
from tests.factories import make_listing, make_user, place
from tests.shop.settlement.rails.test_stripe_rails import carry, make_stripe_payout

pytestmark = [pytest.mark.server, pytest.mark.django_db, pytest.mark.usefixtures("rates")]
PAGE = {
    "email": "guest@example.org",
    "return_url": "https://karvan.example/back",
    "cancel_url": "https://karvan.example/",
}
NAMED = {"key": "k-1", "metadata": {"payout": "7"}}


@pytest.fixture(autouse=True)
def stripe_mock(settings):
    settings.STRIPE_SECRET_KEY = "sk_test_123"
    settings.STRIPE_API_BASE = os.environ.get("STRIPE_MOCK_URL", "")
    if not settings.STRIPE_API_BASE:
        pytest.skip("STRIPE_MOCK_URL is not set")


@pytest.fixture
def payment():
    payment = place(make_listing()).payments.get()
    payment.reference = "cs_test_1"
    return payment


@pytest.fixture
def gateway():
    return client.StripeGateway()


@pytest.mark.parametrize("currency", CURRENCIES)
@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_a_page_for_every_currency_and_language(gateway, payment, currency, language):
    charge = charge_of(Decimal("50000"), currency, read_rates())
    payment.amount, payment.currency = charge.amount, charge.currency
    page = gateway.open_page(payment, language=language, expires=payment.order.sale.reserved_until, **PAGE)
    assert page.reference.startswith("cs_")


def test_looking_up_and_closing_a_page(gateway, payment):
    assert gateway.look_up(payment).status in ("open", "paid", "expired", "failed")
    assert gateway.expire(payment).status in ("open", "paid", "expired", "failed")
    gateway.look_up_charge(payment)


def test_refunds(gateway, payment, monkeypatch):
    monkeypatch.setattr(client.StripeGateway, "_session", lambda *arguments, **more: {"payment_intent": "pi_1"})
    refund = Refund(order=payment.order, payment=payment, key="r-1", amount=Decimal("1.00"), currency="USD")
    assert gateway.refund(refund).reference.startswith("re_")
    assert gateway.look_up_refund("re_1").reference
    assert isinstance(gateway.list_refunds(payment), list)


def test_disputes(gateway):
    assert gateway.look_up_dispute("du_1").reference
    evidence = {
        "shipping_tracking_number": "CC123",
        "shipping_carrier": "UzPost",
        "uncategorized_text": "It was handed over on Monday.",
    }
    file = gateway.upload_evidence("label.jpg", b"not read by the mock", key="f-1")
    assert gateway.submit_evidence("du_1", {**evidence, "shipping_documentation": file}, key="e-1").reference


def test_connected_accounts_and_transfers():
    assert client.create_account(country="DE", email="maker@example.org", **NAMED).startswith("acct_")
    links = {"refresh_url": "https://karvan.example/again", "return_url": "https://karvan.example/back"}
    assert client.create_account_link("acct_1", **links).startswith("http")
    assert client.create_transfer("acct_1", Decimal("12.50"), "EUR", **NAMED).startswith("tr_")
    assert client.find_transfer("acct_1", "P1", datetime(2026, 11, 1, tzinfo=UTC)) == ""
    assert client.find_reversal("tr_1", "P1-back-0.00") == ""
    assert client.reverse_transfer("tr_1", Decimal("2.50"), "EUR", **NAMED).startswith("trr_")


def test_the_rails_own_requests():
    """A batch is sent, transferred and partly taken back, and an account is opened: as the rail asks for it."""
    payout = make_stripe_payout("stripe_connect", "DE", "EUR", "80.00")
    assert carry("payout-transfer")
    payout.refresh_from_db()
    assert payout.status == Payout.PAID and payout.reference.startswith("tr_")
    book_adjustment(payout.partner, Decimal("-30.00"), "EUR", "refunded", make_user())
    assert stripe_connect.take_back() == 1 and carry("payout-reversal")
    assert stripe_connect.taken_back(payout) == Decimal("30.00")
    account = stripe_connect.open_account(payout.payee, "maker@example.org")
    assert stripe_connect.onboarding_url(account, "https://karvan.example/back").startswith("http")


def test_a_payout_to_our_own_bank():
    assert client.look_up_payout("po_1").reference.startswith("po_")


def test_bookings_of_the_balance():
    # Its list never ends: it always says that there is more.
    first = next(client.list_balance_transactions(datetime(2026, 11, 1, tzinfo=UTC)))
    assert first.reference.startswith("txn_") and first.net == first.amount - first.fee


def test_stripe_mock_does_refuse_what_is_wrong(gateway):
    """The positive control: a parameter that does not exist, and a wrong type."""
    for wrong in ({"amount": 1, "currency": "usd", "destination": "acct_1", "colour": "red"}, {"amount": "much"}):
        with pytest.raises(Refused):
            client.ask(client.client().v1.transfers.create, wrong, key="k")
