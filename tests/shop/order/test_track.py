import html
import re

import pytest
from django.utils import translation

from shop.checkout.payments import expire
from shop.order.links import track_path
from shop.settlement import parcels
from tests.factories import make_artisan, make_listing, make_picture, make_user, pay, place

pytestmark = pytest.mark.usefixtures("rates")


@pytest.fixture
def order():
    uz = make_artisan("nurata", name="Nurata", country="UZ")
    az = make_artisan("basgal", name="Basgal", country="AZ", currency="AZN", language="az")
    return place(make_listing(uz, texts={"en": ("Moon suzani", "Silk.")}), make_listing(az, price="17"))


def show(client, order, **headers) -> str:
    response = client.get(track_path(order), headers=headers)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def steps(text: str) -> list[list[str]]:
    """The state of each step, parcel by parcel."""
    found = re.findall(r'<ol class="timeline.*?</ol>', text, re.S)
    return [re.findall(r"timeline__event--(\w+)", timeline) for timeline in found]


def test_a_waiting_order_says_how_long_it_is_held_and_how_to_go_on(client, order):
    text = show(client, order)
    assert "Held for you until" in text
    for way in ("pay", "cancel"):
        assert f'action="/en/checkout/{way}/{order.number}/' in text
    assert steps(text) == [["done", "now", "next", "next", "next"]] * 2
    assert "receipt.pdf" not in text


def test_the_waiting_page_looks_by_itself_until_it_is_paid(client, order):
    assert 'hx-trigger="every 4s"' in show(client, order)
    poll = client.get(track_path(order), headers={"HX-Request": "true"})
    assert (poll.status_code, poll.content) == (204, b"")
    pay(order)
    assert client.get(track_path(order), headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert "every 4s" not in show(client, order)


def test_a_paid_order_shows_its_receipt_parcels_and_where_they_go(client, order):
    pay(order)
    text = show(client, order)
    assert "receipt.pdf" in text and "checkout/cancel" not in text
    assert "Moon suzani" in text and "Nurata" in text and "Basgal" in text and "Almaty" in text
    assert "AZN" in text or "₼17" in text
    assert steps(text) == [["done", "done", "now", "next", "next"]] * 2


def test_each_parcel_goes_its_own_way(client, order):
    pay(order)
    first, _second = order.parcels.all()
    parcels.ship(first.pk, "Qazpost", "KZ123")
    text = show(client, order)
    assert steps(text) == [["done", "done", "done", "done", "now"], ["done", "done", "now", "next", "next"]]
    assert "Qazpost, tracking number KZ123" in text


def test_an_order_out_of_time_offers_its_basket_again(client, order):
    expire(order)
    text = show(client, order)
    assert "The time to pay ran out" in text and "Take up the basket again" in text
    assert all("stopped" in states for states in steps(text))


def test_a_payment_that_came_too_late_is_said_to_come_back(client, order):
    expire(order)
    order.payments.update(status="refund due")
    assert "goes back to you in full" in show(client, order)


def test_pieces_are_called_in_the_readers_language_and_survive_the_listing(client, order):
    with translation.override("ru"):
        response = client.get(track_path(order))
    assert 'lang="uz">' in response.content.decode()
    line = order.lines.first()
    line.product.delete()
    assert line.title in show(client, order)


def test_only_the_signed_link_opens_it(client, order):
    assert client.get(f"/en/orders/{order.number}/{'0' * 32}/").status_code == 404
    assert client.get(f"/en/orders/{order.number}/é/").status_code == 404
    assert client.get(track_path(order).replace(order.number, "2600000000")).status_code == 404


def test_the_page_is_kept_nowhere_and_tells_nobody_where_it_is(client, order):
    response = client.get(track_path(order))
    assert response["Cache-Control"] == "private, no-store" and response["Referrer-Policy"] == "same-origin"
    assert b'content="noindex"' in response.content


def test_test_money_is_called_so(client, order):
    assert "test money" in show(client, order)


def test_a_guest_is_asked_to_sign_in_and_comes_back_here(client, order):
    assert f"/en/account/login/?next={track_path(order)}" in show(client, order)
    response = client.post(f"{track_path(order)}claim/")
    assert response["Location"].endswith(f"?next={track_path(order)}")


def test_the_one_with_the_verified_address_claims_the_order(client, order):
    user = make_user("guest@example.org")
    client.force_login(user)
    assert "Add to my account" in show(client, order)
    client.post(f"{track_path(order)}claim/")
    order.refresh_from_db()
    assert order.user == user


@pytest.mark.parametrize(("email", "verified"), [("other@example.org", True), ("guest@example.org", False)])
def test_nobody_else_claims_it(client, order, email, verified):
    client.force_login(make_user(email, verified=verified))
    text = html.unescape(client.post(f"{track_path(order)}claim/", follow=True).content.decode())
    order.refresh_from_db()
    assert order.user is None and "another e-mail address" in text


@pytest.mark.parametrize("pieces", [1, 6])
def test_following_takes_the_same_queries_for_any_number_of_pieces(client, pieces, django_assert_max_num_queries):
    maker = make_artisan()
    products = [make_listing(maker) for _number in range(pieces)]
    for product in products:
        make_picture(product)
    order = place(*products)
    show(client, order)
    with django_assert_max_num_queries(16):
        show(client, order)
