"""Money becomes available when a parcel arrived, or some days after it was sent; not while its maker is suspended."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from shop.settlement import parcels
from shop.settlement.ledger import balances
from shop.settlement.models import Entry, Parcel, Payment, ReleaseRule
from shop.settlement.releasing import book_missing, release_due
from tests.factories import make_artisan, make_listing, pay, place

pytestmark = [pytest.mark.usefixtures("rates"), pytest.mark.django_db]


@pytest.fixture
def maker():
    return make_artisan("one")


def sent(maker, days_ago: int = 0) -> Parcel:
    order = place(make_listing(maker))
    pay(order)
    parcel = order.parcels.get()
    parcels.ship(parcel.pk, "Post", "")
    Parcel.objects.filter(pk=parcel.pk).update(shipped_at=timezone.now() - timedelta(days=days_ago))
    return parcel


def available(maker) -> Decimal:
    return balances(maker.partner)["UZS"].available


def test_what_arrived_is_available_at_once(maker):
    parcels.arrive(sent(maker).pk)
    assert available(maker) == Decimal("112520.00") - 2000


@pytest.mark.parametrize(("days", "released"), [(44, 0), (46, 1)])
def test_nobody_says_it_arrived_then_days_after_shipping_count(maker, days, released):
    sent(maker, days_ago=days)
    assert release_due() == released
    assert release_due() == 0


def test_a_rule_of_the_country_may_wait_after_delivery(maker):
    ReleaseRule.objects.create(country="UZ", standing="new", after_delivery=5)
    parcel = sent(maker)
    parcels.arrive(parcel.pk)
    assert available(maker) == release_due() == 0
    Parcel.objects.update(delivered_at=timezone.now() - timedelta(days=6))
    assert release_due() == 1


def test_a_maker_who_has_delivered_five_times_waits_less(maker):
    for _ in range(5):
        parcels.arrive(sent(maker).pk)
    before = available(maker)
    sent(maker, days_ago=31)
    assert release_due() == 1 and available(maker) > before


def test_a_suspended_maker_waits(maker):
    parcel = sent(maker, days_ago=60)
    maker.status = "suspended"
    maker.save()
    assert release_due() == 0
    parcels.arrive(parcel.pk)
    assert available(maker) == 0


def test_what_was_paid_before_there_was_a_ledger_is_booked_with_its_date(maker):
    order = place(make_listing(maker))
    paid_at = timezone.now() - timedelta(days=90)
    Payment.objects.filter(order=order).update(status=Payment.PAID, settled_at=paid_at)
    assert (book_missing(), book_missing()) == (1, 0)
    assert Entry.objects.get().created == paid_at
