"""What the checkout says before anybody pays: that payment is not set up, or what the card will be charged."""

import datetime
import html
from decimal import Decimal

import pytest
from oscar.core.loading import get_model

from shop.currency.models import Rate
from tests.factories import make_artisan, make_listing
from tests.shop.checkout.test_views import TYPED, URL, hidden, put_in, send, text_of

Order = get_model("order", "Order")
pytestmark = pytest.mark.usefixtures("rates", "sandbox_posts")


@pytest.fixture
def maker():
    return make_artisan("nurata", name="Nurata", country="UZ")


def test_without_a_gateway_the_page_says_so_and_has_no_button(client, maker, settings):
    settings.PAYMENT_SANDBOX = False
    put_in(client, make_listing(maker))
    text = text_of(client.get(URL))
    assert "Payment is not set up" in text and "Order and pay" not in text
    assert send(client).status_code == 409 and not Order.objects.exists()


def test_turkmen_manat_are_told_as_dollars_on_the_page_and_the_button(client, maker):
    client.cookies["currency"] = "TMT"
    put_in(client, make_listing(maker))
    text = text_of(client.get(URL))
    total = Decimal("35.00") / Decimal("3.5")
    assert f"Cards cannot be charged in TMT: yours is charged ${total.normalize():f}" in text
    assert f"Order and pay ${total.normalize():f}" in text and "Nov. 1, 2026" in text


def test_too_many_soum_are_told_as_dollars(client, maker):
    client.cookies["currency"] = "UZS"
    put_in(client, make_listing(maker, price="2500000"))
    assert "Cards cannot be charged this much in UZS: yours is charged $200" in text_of(client.get(URL))


def test_a_currency_that_is_charged_needs_no_word(client, maker):
    client.cookies["currency"] = "KZT"
    put_in(client, make_listing(maker))
    text = text_of(client.get(URL))
    assert "Cards cannot be charged" not in text and "Charged in KZT." in text


def test_a_rate_that_moves_meanwhile_is_confirmed_again_even_if_the_price_stays(client):
    """The maker prices in manat, the shopper reads manat; only what the card is charged has changed."""
    product = make_listing(make_artisan("mary", country="TM", currency="TMT"), price="350")
    client.cookies["currency"] = "TMT"
    put_in(client, product)
    seen = hidden(client, country="TM", phone="+99312345678")
    Rate.objects.filter(currency="TMT").update(per_usd=7)
    response = send(client, seen, country="TM", postcode="744000", phone="+99312345678")
    assert response.status_code == 409 and "confirm again" in text_of(response)
    assert not Order.objects.exists()


def test_an_old_rate_takes_no_order_and_says_why(client, maker, settings):
    put_in(client, make_listing(maker))
    seen = hidden(client)
    settings.RATE_MAX_DAYS = 3
    Rate.objects.update(date=datetime.date.today() - datetime.timedelta(days=4))
    response = send(client, seen)
    assert response.status_code == 409 and "too old to charge by" in text_of(response)
    assert not Order.objects.exists()


def test_too_little_for_a_card_is_told_before_ordering(client):
    cheap = make_artisan("cheap", country="KZ", currency="USD")
    cheap.partner.shipping_offers.update(price=0)
    put_in(client, make_listing(cheap, price="0.40"))
    text = html.unescape(client.get(URL).content.decode())
    assert "Cards cannot be charged less than $0.50" in text
    assert send(client).status_code == 409 and not Order.objects.exists()


def test_what_was_typed_is_kept_when_nothing_can_be_charged(client, maker, settings):
    settings.PAYMENT_SANDBOX = False
    put_in(client, make_listing(maker))
    assert TYPED["line1"] in text_of(send(client))
