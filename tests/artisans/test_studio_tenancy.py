"""Whoever asks for another maker's things learns nothing. Walked over the studio's whole URL table."""

import pytest
from django.urls import reverse

from artisans.studio import urls, views
from tests.factories import make_artisan, make_listing, make_user, pay, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rates")]
POSTS = {"accept", "ship", "stock"}
ALL = [pattern.name for pattern in urls.urlpatterns]
WITH_OBJECT = [pattern.name for pattern in urls.urlpatterns if pattern.pattern.converters]
# What each URL's number is of. A new URL of the studio fails here until it says so.
OBJECTS = {"parcel": "parcel", "accept": "parcel", "ship": "parcel", "stock": "stock"}


@pytest.fixture
def of_b():
    """What seller B has: a paid parcel and a stock record."""
    product = make_listing(make_artisan(user=make_user("b@example.org")))
    order = place(product)
    pay(order)
    return {"parcel": order.parcels.get(), "stock": product.stockrecords.get()}


def ask(client, name: str, of_b: dict):
    path = reverse(f"studio:{name}", args=[of_b[OBJECTS[name]].pk] if name in OBJECTS else [])
    form = {"carrier": "Post", "num_in_stock": "0"}
    return client.post(path, form) if name in POSTS else client.get(path)


def test_every_url_with_an_object_is_in_the_matrix():
    assert set(WITH_OBJECT) == set(OBJECTS)
    assert {name for name in ALL if "POST" in _methods(name)} == POSTS


def _methods(name: str) -> str:
    view = {pattern.name: pattern.callback for pattern in urls.urlpatterns}[name]
    return "POST" if view in (views.accept, views.ship, views.stock) else "GET"


@pytest.mark.parametrize("name", WITH_OBJECT)
def test_another_seller_gets_404_and_nothing_changes(client, of_b, name):
    seller_a = make_user("a@example.org")
    make_artisan(user=seller_a)
    client.force_login(seller_a)
    assert ask(client, name, of_b).status_code == 404
    assert unchanged(of_b)


@pytest.mark.parametrize("name", ALL)
def test_a_shopper_gets_404_everywhere(client, of_b, name):
    client.force_login(make_user("shopper@example.org"))
    assert ask(client, name, of_b).status_code == 404
    assert unchanged(of_b)


@pytest.mark.parametrize("name", ALL)
def test_nobody_is_asked_to_sign_in(client, of_b, name):
    response = ask(client, name, of_b)
    assert response.status_code == 302 and response.url.startswith(reverse("account_login"))
    assert unchanged(of_b)


@pytest.mark.parametrize("name", WITH_OBJECT)
def test_the_seller_is_let_in(client, of_b, name):
    """The matrix would also pass if nobody were let in."""
    client.force_login(of_b["parcel"].partner.artisan.memberships.get().user)
    assert ask(client, name, of_b).status_code in (200, 302, 422)


@pytest.mark.parametrize("name", sorted(POSTS))
def test_what_changes_something_wants_a_post(client, of_b, name):
    client.force_login(of_b["parcel"].partner.artisan.memberships.get().user)
    assert client.get(reverse(f"studio:{name}", args=[of_b[OBJECTS[name]].pk])).status_code == 405


def test_lists_hold_only_ones_own(client, of_b):
    seller_a = make_user("a@example.org")
    make_listing(make_artisan(user=seller_a), title="Mine")
    client.force_login(seller_a)
    for name in ("index", "parcels", "listings"):
        html = client.get(reverse(f"studio:{name}")).content.decode()
        assert str(of_b["parcel"]) not in html and "So‘zana" not in html


def unchanged(of_b: dict) -> bool:
    parcel, stock = of_b["parcel"], of_b["stock"]
    before = (parcel.status, stock.num_in_stock)
    parcel.refresh_from_db()
    stock.refresh_from_db()
    return before == (parcel.status, stock.num_in_stock)
