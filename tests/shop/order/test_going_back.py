"""What a shopper does on the page that follows the order: calls a parcel off, sends something back."""

import pytest
from django.urls import reverse

from shop.order.links import order_token
from shop.settlement import parcels
from shop.settlement.models import Refund, Return
from tests.factories import make_artisan, make_listing, make_user, pay, place

pytestmark = [pytest.mark.usefixtures("rates"), pytest.mark.django_db]


@pytest.fixture
def order():
    order = place(make_listing(make_artisan("one", user=make_user("one@example.org"))), quantity=2)
    pay(order)
    return order


@pytest.fixture
def arrived(order):
    parcel = order.parcels.get()
    parcels.ship(parcel.pk, "Post", "")
    parcels.arrive(parcel.pk)
    order.refresh_from_db()
    return order


def address(order, name: str, *more) -> str:
    return reverse(f"orders:{name}", args=[order.number, order_token(order.number), *more])


def test_a_shopper_calls_a_parcel_off_before_it_is_sent(client, order):
    answer = client.post(address(order, "cancel-parcel", 1), follow=True)
    assert "The parcel is called off" in answer.text
    assert "The order was called off" in answer.text
    assert Refund.objects.get().amount == order.total_incl_tax


def test_a_parcel_that_was_sent_cannot_be_called_off_and_says_so(client, arrived):
    answer = client.post(address(arrived, "cancel-parcel", 1), follow=True)
    assert "has moved on" in answer.text
    assert not Refund.objects.exists()


def test_a_wrong_link_learns_nothing(client, order):
    assert client.post(reverse("orders:cancel-parcel", args=[order.number, "0" * 32, 1])).status_code == 404
    assert client.get(reverse("orders:return", args=[order.number, "0" * 32, 1])).status_code == 404


def test_a_shopper_asks_to_send_one_of_two_back(client, arrived):
    line = arrived.lines.get()
    assert address(arrived, "return", 1) in client.get(address(arrived, "track")).text
    answer = client.post(
        address(arrived, "return", 1), {f"pieces_{line.pk}": "1", "reason": "damaged", "words": "A crack."}, follow=True
    )
    assert "We have asked the maker" in answer.text
    assert Return.objects.get().lines.get().quantity == 1


@pytest.mark.parametrize(("pieces", "told"), [("", "choose at least one piece"), ("3", "at most 2"), ("x", "a number")])
def test_wrong_numbers_are_told_and_the_words_are_kept(client, arrived, pieces, told):
    form = {f"pieces_{arrived.lines.get().pk}": pieces, "reason": "damaged", "words": "A crack in the glaze."}
    answer = client.post(address(arrived, "return", 1), form)
    assert answer.status_code == 422
    assert told in answer.text
    assert "A crack in the glaze." in answer.text


def test_what_was_given_back_stands_on_the_page_and_the_receipt_stays(client, order):
    client.post(address(order, "cancel-parcel", 1))
    assert "On its way back to you" in client.get(address(order, "track")).text
    assert client.get(address(order, "receipt")).status_code == 200
