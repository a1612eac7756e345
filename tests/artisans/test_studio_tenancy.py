"""Whoever asks for another maker's things learns nothing. Walked over the studio's whole URL table."""

import pytest
from django.forms.models import model_to_dict
from django.urls import reverse
from django.utils import timezone

from artisans.studio import urls
from shop.settlement import payees, payouts
from shop.settlement.models import CashOffice, CashReceipt, Return
from tests.factories import make_artisan, make_listing, make_user, pay, place
from tests.shop.settlement.accounts import give_money, save_bank

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rates")]
POSTS = {
    "accept", "ship", "cancel", "return-answer", "return-message", "stock", "payout-details-remove", "payout-schedule",
    "member-accept", "payout-ask", "payout-next", "cash-sign", "cash-code",
}  # fmt: skip
ALL = [pattern.name for pattern in urls.urlpatterns]
WITH_OBJECT = [pattern.name for pattern in urls.urlpatterns if pattern.pattern.converters]
# What each URL's number is of. A new URL of the studio fails here until it says so.
OBJECTS = {
    "parcel": "parcel", "accept": "parcel", "ship": "parcel", "cancel": "parcel", "give-back": "parcel",
    "return": "returned", "return-answer": "returned", "return-message": "returned", "stock": "stock",
    "payout-details": "partner", "payout-schedule": "partner", "cooperative": "partner", "sales": "partner",
    "payout-ask": "partner", "statement": "partner", "payout-details-remove": "details", "member-accept": "member",
    "payout": "payout", "payout-advice": "payout", "payout-next": "payout",
    "cash-sign": "receipt", "cash-code": "receipt",
}  # fmt: skip
# What else an address has, besides the number.
FURTHER = {"payout-details": ["bank_file"], "statement": ["UZS", 2026, 11, "csv"], "return-answer": ["refuse"]}


@pytest.fixture
def of_b():
    """What seller B has: a paid parcel, stock, payout details, a payout with a receipt, a maker who asks to be paid
    through them."""
    artisan = make_artisan(user=make_user("b@example.org"))
    product = make_listing(artisan)
    order = place(product)
    pay(order)
    details = save_bank(artisan, ready=True)
    give_money(artisan.partner, "100000.00")
    payout = payouts.ask_now(artisan.partner, "UZS")
    office = CashOffice.objects.create(country="UZ", currency="UZS", name="O", place="Buxoro", agent=make_user())
    receipt = CashReceipt.objects.create(payout=payout, office=office, expires=timezone.now())
    member = payees.ask_to_join(make_artisan().partner, details.payee, None)
    return {
        "parcel": order.parcels.get(),
        "returned": Return.objects.create(parcel=order.parcels.get(), reason=Return.DAMAGED),
        "stock": product.stockrecords.get(),
        "partner": artisan.partner,
        "details": details,
        "member": member,
        "payout": payout,
        "receipt": receipt,
    }


def address(name: str, of_b: dict) -> str:
    return reverse(f"studio:{name}", args=[of_b[OBJECTS[name]].pk, *FURTHER.get(name, [])] if name in OBJECTS else [])


def ask(client, name: str, of_b: dict):
    form = {
        "carrier": "Post", "num_in_stock": "0", "schedule": "monthly", "currency": "UZS", "code": "12345678",
        "reason": "worn", "answer": "worn",
    }  # fmt: skip
    return client.post(address(name, of_b), form) if name in POSTS else client.get(address(name, of_b))


def test_every_url_with_an_object_is_in_the_matrix():
    assert set(WITH_OBJECT) == set(OBJECTS)


@pytest.mark.parametrize("name", ALL)
def test_what_only_changes_something_is_known_to_the_matrix(client, of_b, name):
    client.force_login(owner(of_b))
    assert (client.get(address(name, of_b)).status_code == 405) == (name in POSTS)


def owner(of_b: dict):
    return of_b["partner"].artisan.memberships.get().user


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
    client.force_login(owner(of_b))
    assert ask(client, name, of_b).status_code in (200, 302, 422)


def test_lists_hold_only_ones_own(client, of_b):
    seller_a = make_user("a@example.org")
    make_listing(make_artisan(user=seller_a), title="Mine")
    client.force_login(seller_a)
    for name in ("index", "parcels", "listings", "money"):
        html = client.get(reverse(f"studio:{name}")).content.decode()
        assert str(of_b["parcel"]) not in html and "So‘zana" not in html


def unchanged(of_b: dict) -> bool:
    """Every object of B's is as it was, field by field."""
    before = {name: model_to_dict(thing) for name, thing in of_b.items()}
    for thing in of_b.values():
        thing.refresh_from_db()
    return before == {name: model_to_dict(thing) for name, thing in of_b.items()}
