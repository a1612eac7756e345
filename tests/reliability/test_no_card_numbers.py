"""Card numbers never in a request of ours, a log or the database: whatever field they are typed into by mistake, and
even if the gateway sent us one."""

import json
import logging
import re

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse
from oscar.core.loading import get_model

from shop.checkout.cards import has_card, without_cards
from shop.order.links import order_token
from shop.settlement import parcels
from tests.factories import make_listing, pay, place
from tests.live.stripe import SECRET_KEY, WEBHOOK_SECRET, FakeStripe

Line = get_model("basket", "Line")
Order = get_model("order", "Order")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rates")]
# Test numbers that the networks publish, and one of Uzcard's kind.
CARDS = ["4242424242424242", "5555 5555 5555 4444", "3782-822463-10005", "6200000000000005", "8600 0000 0000 0007"]
TYPED = {
    "email": "guest@example.org", "first_name": "Aigerim", "last_name": "Qoja", "country": "KZ", "line1": "Abai 1",
    "city": "Almaty", "state": "", "postcode": "050000", "phone": "+7 701 234 56 78", "note": "", "terms": "on",
}  # fmt: skip


@pytest.fixture
def stripe(settings):
    fake = FakeStripe()
    settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = SECRET_KEY, WEBHOOK_SECRET
    settings.STRIPE_API_BASE, settings.PAYMENT_SANDBOX = fake.url, False
    yield fake
    fake.close()


@pytest.fixture
def log(caplog):
    """Everything that anything logs, also what is quiet otherwise."""
    caplog.set_level(logging.DEBUG)
    for name in ("stripe", "django.request", "urllib3", "shop"):
        caplog.set_level(logging.DEBUG, logger=name)
    return caplog


def kept() -> str:
    """Every text and JSON of every table of ours and Oscar's that an order or a message may write."""
    written = []
    for model in apps.get_models():
        if model._meta.app_label in ("contenttypes", "auth", "wagtailcore"):
            continue
        names = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField)
        ]
        if names and model._meta.managed and not model._meta.proxy:
            written += [json.dumps(row, default=str) for row in model._base_manager.values_list(*names)]
    return "\n".join(written)


def traces(card: str, *places: str) -> list[str]:
    digits = re.sub(r"\D", "", card)
    return [place[:80] for place in places if digits in re.sub(r"(?<=\d)[ -](?=\d)", "", place)]


@pytest.mark.parametrize("card", CARDS)
def test_a_number_looks_like_a_cards(card):
    assert has_card(f"my card {card}, please")
    assert without_cards({"a": [f"x {card}", 4242424242424242]}) == {
        "a": ["x [card number removed]", "[card number removed]"]
    }


@pytest.mark.parametrize(
    "text",
    ["+998 90 123 45 67", "2641984247", "4242424242424241", "evt_4242424242424242", "+8613800138000000", "100000"],
)
def test_other_numbers_stay(text):
    assert not has_card(text) and without_cards(text) == text


@pytest.mark.parametrize("field", [name for name in TYPED if name != "terms"])
def test_a_card_number_in_any_field_of_the_checkout_is_kept_nowhere(stripe, client, log, field):
    product = make_listing()
    client.post(f"/en/basket/add/{product.pk}/", {"quantity": 1})
    seen = client.post("/en/checkout/", {**TYPED, "refresh": "1"}).context
    for card in CARDS:
        typed = {**TYPED, field: card, "attempt": str(seen["attempt"]), "quote": seen["quote"]}
        answer = client.post("/en/checkout/", typed)
        asked = json.dumps([request[2] for request in stripe.requests])
        # A choice or telephone that is none is shown again to whoever typed it, and to nobody else.
        page = "" if field in ("phone", "country") else answer.content.decode()
        assert answer.status_code == 422
        assert not traces(card, kept(), log.text, asked, page)
    assert not Order.objects.exists()


def test_a_card_number_among_the_words_on_a_piece_is_kept_nowhere(client, log):
    product = make_listing(personalisation_max=60)
    for card in CARDS:
        answer = client.post(f"/en/basket/add/{product.pk}/", {"quantity": 1, "personalisation": f"For {card}"})
        page = answer.content.decode()
        assert "looks like a card" in page and not traces(card, kept(), log.text, page)
    assert not Line.objects.exists()


def test_a_card_number_in_a_return_or_a_review_is_kept_nowhere(client, log):
    order = place(make_listing())
    pay(order)
    parcel, line = order.parcels.get(), order.lines.get()
    parcels.ship(parcel.pk, "Post", "")
    parcels.arrive(parcel.pk)
    for card in CARDS:
        sent = {f"pieces_{line.pk}": "1", "reason": "damaged", "words": card}
        client.post(reverse("orders:return", args=[order.number, order_token(order.number), parcel.number]), sent)
        rated = {"score": "5", "body": f"Pay me at {card}"}
        client.post(reverse("orders:rate", args=[order.number, order_token(order.number), line.pk]), rated)
        assert not traces(card, kept(), log.text)


def test_the_shopper_is_told_where_the_number_belongs(stripe, client):
    client.post(f"/en/basket/add/{make_listing().pk}/", {"quantity": 1})
    answer = client.post("/en/checkout/", {**TYPED, "note": "4242 4242 4242 4242"})
    assert "looks like a card" in answer.content.decode()


def test_what_waits_for_the_next_basket_has_no_card_number(stripe, client):
    """A lost checkout keeps what was typed in the session, which is a row of the database."""
    answer = client.post("/en/checkout/", {**TYPED, "note": "4242 4242 4242 4242"})
    assert answer.status_code == 302 and client.session["checkout_typed"]["line1"] == "Abai 1"
    assert not has_card(json.dumps(dict(client.session)))


def test_a_card_number_in_a_message_of_the_gateway_is_kept_nowhere(
    stripe, client, log, django_capture_on_commit_callbacks
):
    for card in CARDS:
        thing = {"id": "ch_1", "object": "charge", "metadata": {"note": card}, "description": f"paid with {card}"}
        body, signature = stripe.signed(stripe.tell("charge.updated", thing))
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post("/webhooks/stripe/", body, "application/json", headers={"Stripe-Signature": signature})
        assert answer.status_code == 200
        assert not traces(card, kept(), log.text)


def test_the_check_of_the_database_sees_a_number_that_was_kept():
    product = make_listing(title="Card 4242 4242 4242 4242")
    assert product.pk and traces("4242424242424242", kept())
