"""The account area: one's own orders, addresses, name and language, and nobody else's."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from oscar.core.loading import get_model

from shop.order.links import track_path
from tests.factories import make_artisan, make_listing, make_user, pay, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rates")]
UserAddress = get_model("address", "UserAddress")
TYPED = {
    "first_name": "Aigerim",
    "last_name": "Saparova",
    "country": "KZ",
    "line1": "Abai 10",
    "city": "Almaty",
    "state": "",
    "postcode": "050000",
    "phone": "+7 701 234 56 78",
}


@pytest.fixture
def shopper(client):
    user = make_user("shopper@example.org")
    client.force_login(user)
    return user


def make_address(user, line1: str = "Abai 1", **extra):
    return UserAddress.objects.create(
        user=user, first_name="A", last_name="B", line1=line1, line4="Almaty", country_id="KZ", **extra
    )


# -- Orders ---------------------------------------------------------------------------------------------------------


def test_orders_show_each_makers_parcel_and_the_total(client, shopper):
    order = place(
        make_listing(make_artisan(name="Nodira")),
        make_listing(make_artisan(name="Leyla", country="AZ", currency="AZN")),
        user=shopper,
    )
    pay(order)
    html = client.get(reverse("customer:order-list")).content.decode()
    assert order.number in html and "Nodira" in html and "Leyla" in html and "waiting for the maker" in html


def test_an_order_leads_to_the_page_that_follows_it(client, shopper):
    order = place(make_listing(), user=shopper)
    assert client.get(reverse("customer:order", args=[order.number])).url == track_path(order)


def test_a_strangers_order_is_not_found(client, shopper):
    order = place(make_listing(), user=make_user())
    assert client.get(reverse("customer:order", args=[order.number])).status_code == 404
    assert order.number not in client.get(reverse("customer:order-list")).content.decode()


def test_the_list_of_orders_costs_the_same_for_one_and_for_five(client, shopper):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("customer:order-list"))
        return len(queries)

    pay(place(make_listing(), user=shopper))
    cost()
    one = cost()
    for _number in range(4):
        pay(place(make_listing(), user=shopper))
    assert cost() == one <= 15


def test_a_book_without_orders_says_what_to_do(client, shopper):
    assert "No orders yet" in client.get(reverse("customer:order-list")).content.decode()


# -- Addresses ------------------------------------------------------------------------------------------------------


def test_the_first_address_is_where_parcels_go(client, shopper):
    client.post(reverse("customer:address-create"), TYPED)
    address = shopper.addresses.get()
    assert (address.line4, str(address.phone_number), address.is_default_for_shipping) == (
        "Almaty",
        "+77012345678",
        True,
    )


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"country": "KZ", "postcode": "12"}, "id_postcode_error"),
        ({"country": "DE", "postcode": ""}, "id_postcode_error"),
        ({"country": "US", "postcode": "10001", "state": ""}, "id_state_error"),
        ({"phone": "nothing"}, "id_phone_error"),
        ({"line1": ""}, "id_line1_error"),
        ({"country": "XX"}, "id_country_error"),
    ],
)
def test_a_wrong_address_says_what_is_wrong_and_keeps_what_was_typed(client, shopper, changes, problem):
    response = client.post(reverse("customer:address-create"), TYPED | changes)
    html = response.content.decode()
    assert response.status_code == 422 and problem in html and 'value="Saparova"' in html
    assert not shopper.addresses.exists()


def test_azerbaijans_short_postcode_is_as_good_as_the_long_one(client, shopper):
    for line1, postcode in (("Nizami 1", "1000"), ("Nizami 2", "AZ1000")):
        changes = {"country": "AZ", "line1": line1, "postcode": postcode, "phone": "+994501234567"}
        assert client.post(reverse("customer:address-create"), TYPED | changes).status_code == 302


def test_another_country_changes_the_form_and_keeps_what_was_typed(client, shopper):
    html = client.post(reverse("customer:address-create"), TYPED | {"country": "US", "refresh": "1"}).content.decode()
    assert "State" in html and 'value="Saparova"' in html and "_error" not in html
    assert not shopper.addresses.exists()


def test_the_same_address_is_kept_once(client, shopper):
    client.post(reverse("customer:address-create"), TYPED)
    html = client.post(reverse("customer:address-create"), TYPED).content.decode()
    assert "already" in html and shopper.addresses.count() == 1


def test_changing_an_address_starts_from_what_is_kept(client, shopper):
    client.post(reverse("customer:address-create"), TYPED)
    path = reverse("customer:address-detail", args=[shopper.addresses.get().pk])
    assert 'value="Abai 10"' in client.get(path).content.decode()
    assert client.post(path, TYPED | {"line1": "Abai 12"}).status_code == 302
    assert shopper.addresses.get().line1 == "Abai 12"


def test_choosing_where_parcels_go_and_deleting_are_posts(client, shopper):
    old, new = make_address(shopper, is_default_for_shipping=True), make_address(shopper, "Abai 2")
    choose = reverse("customer:address-change-status", args=[new.pk, "default_for_shipping"])
    assert client.get(choose).status_code == 405
    client.post(choose)
    assert shopper.addresses.get(is_default_for_shipping=True) == new
    assert client.get(reverse("customer:address-delete", args=[old.pk])).status_code == 200
    client.post(reverse("customer:address-delete", args=[old.pk]))
    assert list(shopper.addresses.all()) == [new]


@pytest.mark.parametrize("name", ["address-detail", "address-delete"])
def test_a_strangers_address_is_not_found(client, shopper, name):
    path = reverse(f"customer:{name}", args=[make_address(make_user()).pk])
    assert client.get(path).status_code == client.post(path, TYPED).status_code == 404
    assert UserAddress.objects.get().line1 == "Abai 1"


def test_a_strangers_address_is_not_made_a_default(client, shopper):
    path = reverse("customer:address-change-status", args=[make_address(make_user()).pk, "default_for_shipping"])
    assert client.post(path).status_code == 404


# -- Name and language ----------------------------------------------------------------------------------------------


def test_the_chosen_language_is_kept_and_shown_at_once(client, shopper):
    form = {"first_name": "Aigerim", "last_name": "", "language": "kk"}
    response = client.post(reverse("customer:profile"), form)
    shopper.refresh_from_db()
    assert (shopper.first_name, shopper.language) == ("Aigerim", "kk")
    assert response.url == "/kk/account/profile/"
    assert client.get("/").url == "/kk/"


def test_an_unknown_language_is_refused_and_the_name_stays(client, shopper):
    response = client.post(reverse("customer:profile"), {"first_name": "Aigerim", "language": "xx"})
    assert response.status_code == 422 and 'value="Aigerim"' in response.content.decode()


# -- For guests -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["order-list", "address-list", "address-create", "profile"])
def test_guests_are_asked_to_sign_in_and_come_back(client, name):
    path = reverse(f"customer:{name}")
    assert client.get(path).url == f"{reverse('account_login')}?next={path}"
