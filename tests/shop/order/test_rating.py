import pytest
from django.urls import reverse
from oscar.core.loading import get_model

from artisans.models import Artisan
from artisans.storefronts import rating_of
from shop.order.links import order_token, track_path
from shop.settlement import parcels
from tests.factories import make_listing, pay, place

Review = get_model("reviews", "ProductReview")
pytestmark = [pytest.mark.usefixtures("rates"), pytest.mark.django_db]


@pytest.fixture
def order():
    order = place(make_listing())
    pay(order)
    parcels.ship(order.parcels.get().pk, "Uzpost", "")
    return order


def send(client, order, name: str, number: int, **data):
    return client.post(reverse(f"orders:{name}", args=[order.number, order_token(order.number), number]), data)


def test_a_shopper_says_that_a_parcel_arrived(client, order):
    send(client, order, "arrived", 1)
    assert order.parcels.get().status == "delivered"


def test_a_piece_is_rated_once_it_arrived_and_shown_once_moderated(client, order):
    send(client, order, "arrived", 1)
    line = order.lines.get()
    send(client, order, "rate", line.pk, score=4, body="Lovely")
    assert rating_of(Artisan.objects.get())["count"] == 0
    Review.objects.update(status=Review.APPROVED)
    assert rating_of(Artisan.objects.get()) == {"average": 4.0, "count": 1}


def test_rating_again_replaces_what_was_said(client, order):
    send(client, order, "arrived", 1)
    line = order.lines.get()
    for score in (4, 2):
        send(client, order, "rate", line.pk, score=score)
    assert [review.score for review in Review.objects.all()] == [2]


def test_nothing_is_rated_before_it_arrived(client, order):
    assert send(client, order, "rate", order.lines.get().pk, score=5).status_code == 404


@pytest.mark.parametrize("score", ["0", "6", "", "many"])
def test_a_rating_is_one_to_five_stars(client, order, score):
    send(client, order, "arrived", 1)
    send(client, order, "rate", order.lines.get().pk, score=score)
    assert not Review.objects.exists()


def test_the_page_offers_to_rate_what_arrived(client, order):
    send(client, order, "arrived", 1)
    assert "score" in client.get(track_path(order)).content.decode()


def test_the_page_says_whether_others_can_read_it_yet(client, order):
    send(client, order, "arrived", 1)
    send(client, order, "rate", order.lines.get().pk, score=5)
    assert "a moderator reads it before it is shown" in client.get(track_path(order)).content.decode()
    Review.objects.update(status=Review.APPROVED)
    html = client.get(track_path(order)).content.decode()
    assert "others can read it now" in html and "All of it has arrived" in html


def test_a_wrong_link_may_do_nothing(client, order):
    path = reverse("orders:arrived", args=[order.number, "0" * 32, 1])
    assert client.post(path).status_code == 404
