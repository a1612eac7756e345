"""A list asks the database as often for one row as for many: the studio's, the moderation's, the shopper's."""

import itertools

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from marketplace.groups import MODERATORS, TREASURERS
from marketplace.roles import ensure_roles
from search.saved.models import SavedSearch
from shop.listings.services import Variant
from shop.settlement import parcels, payees, payouts, returns
from shop.settlement.models import CashOffice, Dispute, Return
from tests.factories import make_artisan, make_listing, make_picture, make_user, pay, place
from tests.shop.settlement.accounts import make_payable

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rates")]
_numbers = itertools.count(1)


def cost(client, path: str) -> int:
    client.get(path)  # what is kept once is not what is counted
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def grows(client, path: str, make) -> int:
    """How many queries more the page asks with five rows than with one. `make`: makes a row."""
    make()
    one = cost(client, path)
    for _more in range(4):
        make()
    return cost(client, path) - one


def sell(maker, **order):
    """An order of a piece in two variants and with a picture, and of another maker's."""
    piece = make_listing(maker, variants=[Variant("S", 10, 9), Variant("M", 12, 9)])
    make_picture(piece, f"images/products/cost-{next(_numbers)}.jpg")
    made = place(piece.children.first(), make_listing(), **order)
    pay(made)
    return made


@pytest.mark.parametrize("name", ["index", "parcels", "listings", "money", "sales"])
def test_the_studio(client, name):
    user = make_user()
    client.force_login(user)
    maker = make_artisan(user=user)
    path = reverse(f"studio:{name}", args=[maker.partner_id] if name == "sales" else [])

    def one():
        parcel = sell(maker).parcels.get(partner=maker.partner)
        parcels.accept(parcel.pk)
        parcels.ship(parcel.pk, "Post", "RR1")
        parcels.arrive(parcel.pk)
        line = parcel.order.lines.get(partner=maker.partner)
        returns.request_return(parcel.pk, {line.pk: 1}, Return.DAMAGED, "A crack.")

    assert grows(client, path, one) == 0


def test_a_storefront(client):
    maker = make_artisan()
    assert grows(client, maker.get_absolute_url(), lambda: sell(maker)) == 0


def test_orders_of_a_shopper(client):
    user, maker = make_user(), make_artisan()
    client.force_login(user)
    assert grows(client, reverse("customer:order-list"), lambda: sell(maker, user=user)) == 0


def test_addresses_and_saved_searches_of_a_shopper(client):
    user = make_user()
    client.force_login(user)

    def one():
        number = next(_numbers)
        user.addresses.create(first_name="A", last_name="B", line1=f"Abai {number}", line4="Almaty", country_id="KZ")
        SavedSearch.objects.create(user=user, address=f"q=suzani{number}", currency="USD", language="en")

    assert grows(client, reverse("customer:address-list"), one) == 0
    assert grows(client, reverse("saved:list"), one) == 0


@pytest.fixture
def moderator(client):
    ensure_roles()
    user = make_user()
    user.groups.add(*Group.objects.filter(name__in=[MODERATORS, TREASURERS]))
    client.force_login(user)
    return user


@pytest.mark.parametrize("name", ["makers", "orders", "disputes", "balances", "reconciliation", "payouts"])
def test_the_moderation(client, moderator, name):
    def one():
        order = sell(make_artisan())
        payment = order.payments.get()
        Dispute.objects.create(
            payment=payment, reference=f"dp_{payment.pk}", amount=payment.amount, currency=payment.currency,
            reason="duplicate", status=Dispute.NEEDS_ANSWER,
        )  # fmt: skip
        payouts.ask_now(make_payable().partner, "KZT")
        payouts.gather(moderator)

    assert grows(client, reverse(f"moderation:{name}"), one) == 0


def test_an_order_of_many_makers(client, moderator):
    def of(count: int) -> int:
        order = place(*[make_listing() for _maker in range(count)])
        pay(order)
        return cost(client, reverse("moderation:order", args=[order.number]))

    assert of(4) == of(1)


def in_cash(maker, office) -> None:
    """The maker is paid at this office, and no longer at the bank."""
    payee = payees.payee_for(maker.partner)
    payees.remove_details(payees.details_in_force(payee, "KZT")["bank_file"], None)
    secret = {"holder": "A", "document": "N1234567", "office": office.pk}
    payees.save_details(
        payee, "cash", "KZT", secret, country="KZ", number="N1234567", label="Office", person=None
    )  # fmt: skip
    payee.details.update(hold_until=timezone.now())


@pytest.mark.parametrize("rail", ["bank_file", "cash"])
def test_a_batch(client, moderator, rail):
    office = CashOffice.objects.create(country="KZ", currency="KZT", name="Office", place="Almaty", agent=moderator)

    def of(count: int) -> int:
        for _payout in range(count):
            maker = make_payable()
            if rail == "cash":
                payees.remove_details(
                    payees.details_in_force(payees.payee_for(maker.partner), "KZT")["bank_file"], None
                )
                secret = {"holder": "A", "document": "N1234567", "office": office.pk}
                payees.save_details(
                    payees.payee_for(maker.partner), "cash", "KZT", secret,
                    country="KZ", number="N1234567", label="Office", person=None,
                ).payee.details.update(hold_until="2020-01-01T00:00Z")  # fmt: skip
            payouts.ask_now(maker.partner, "KZT")
        batch = payouts.gather(moderator)[0][0]
        for person in (moderator, make_user()):
            payouts.approve(batch.pk, person)
        payouts.send(batch.pk, moderator)
        return cost(client, reverse("moderation:payout-batch", args=[batch.pk]))

    assert of(4) == of(1)
