"""Requests of Stripe's API v2 have the documented shape (stripe_v2/*.json). NOT VERIFIED AGAINST STRIPE."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from shop.checkout import stripe as client
from shop.checkout.gateway import GatewayDown, Refused
from tests.live.stripe import FakeStripe, StripeError

SHAPES = {path.stem: json.loads(path.read_text()) for path in (Path(__file__).parent / "stripe_v2").glob("*.json")}
NAMED = {"key": "payout-7", "metadata": {"payout": "7"}}
LINKS = {"refresh_url": "https://karvan.example/again", "return_url": "https://karvan.example/back"}
TYPES = {"string": str, "integer": int, "boolean": bool}


def mismatches(sent, shape, where: str = "") -> list[str]:
    """What of `sent` is not of this shape; empty when all is."""
    if isinstance(shape, list):
        return [] if sent in shape else [f"{where}: {sent!r} is none of {shape}"]
    if shape == "metadata":
        return [f"{where}.{name}: not text" for name, value in sent.items() if not isinstance(value, str)]
    if isinstance(shape, str):
        return [] if type(sent) is TYPES[shape] else [f"{where}: {sent!r} is no {shape}"]
    if not isinstance(sent, dict):
        return [f"{where}: {sent!r} is no object"]
    allowed = {name.rstrip("?"): inner for name, inner in shape.items()}
    wrong = [f"{where}.{name}: unknown" for name in sent if name not in allowed]
    wrong += [f"{where}.{name}: missing" for name in shape if not name.endswith("?") and name not in sent]
    for name in sent:
        if name in allowed:
            wrong += mismatches(sent[name], allowed[name], f"{where}.{name}")
    return wrong


class Documented(FakeStripe):
    """Answers as documented, after comparing what it was asked."""

    def _do(self, method, path, params):
        for shape in SHAPES.values():
            if (shape["method"], shape["path"]) == (method, path):
                wrong = mismatches(params, shape["parameters"])
                if wrong:
                    raise StripeError("; ".join(wrong), "invalid_fields")
                return shape["answer"]
        raise StripeError("not documented", status=404)


@pytest.fixture(autouse=True)
def stripe(settings):
    fake = Documented()
    settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE = "sk_test_of_the_tests", fake.url
    yield fake
    fake.close()


def send(**changes):
    values = {"from_account": "fa_test_1", "from_currency": "USD", **NAMED, **changes}
    return client.create_outbound_payment("acct_test_1", Decimal("1250.00"), "AZN", **values)


def test_every_shape_says_that_it_was_not_verified():
    assert SHAPES and not any(shape["verified_against_stripe"] for shape in SHAPES.values())


@pytest.mark.parametrize("more", [{}, {"payout_method": "gbba_test_1"}, {"description": "Karvan payout 7"}])
def test_an_outbound_payment_is_asked_for_as_documented(stripe, more):
    sent = send(**more)
    assert (sent.reference, sent.status) == ("obp_test_1", "processing")
    assert (sent.debited, sent.credited) == ((Decimal("735.29"), "USD"), (Decimal("1250.00"), "AZN"))
    [asked] = stripe.asked("/v2/money_management/outbound_payments")
    assert asked["amount"] == {"value": 125000, "currency": "azn"}
    assert stripe.requests[0][3]["Idempotency-Key"] == "payout-7"


def test_one_that_came_back_says_why():
    came_back = client.look_up_outbound_payment("obp_test_1")
    assert (came_back.status, came_back.reason) == ("returned", "payout_method_closed")


def test_a_recipient_is_made_and_led_to_stripe_as_documented():
    made = client.create_recipient(name="Nurata", email="maker@example.org", country="KZ", entity="individual", **NAMED)
    assert made == "acct_test_1"
    assert client.create_recipient_link(made, **LINKS).startswith("https://accounts.stripe.com/")


def test_a_cut_line_is_asked_again_with_the_same_key(stripe):
    stripe.cut_after("/v2/money_management/outbound_payments")
    with pytest.raises(GatewayDown):
        send()
    assert send().reference == "obp_test_1"
    assert [headers["Idempotency-Key"] for *_asked, headers in stripe.requests] == ["payout-7", "payout-7"]


def test_the_comparison_sees_what_is_wrong():
    with pytest.raises(Refused):
        client.ask(client.client().v2.money_management.outbound_payments.create, {"amount": 5}, key="k")
    shape = SHAPES["outbound_payment_create"]["parameters"]
    assert mismatches({"amount": {"value": "5", "currency": "usd", "colour": "red"}}, shape) == [
        ".from: missing",
        ".to: missing",
        ".amount.colour: unknown",
        ".amount.value: '5' is no integer",
    ]
