from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from oscar.core.loading import get_model

from shop.settlement import cancelling, parcels
from shop.settlement.cancelling import MAKER, NOBODY, SHOPPER, cancel, cancel_forgotten
from shop.settlement.models import Parcel, Refund
from shop.settlement.parcels import WrongState
from tests.factories import make_artisan, make_listing, make_user, pay, place

StockRecord = get_model("partner", "StockRecord")
pytestmark = [pytest.mark.usefixtures("rates"), pytest.mark.django_db]


@pytest.fixture
def order():
    order = place(
        make_listing(make_artisan("one", user=make_user("one@example.org"))), make_listing(make_artisan("two"))
    )
    pay(order)
    return order


def test_a_parcel_called_off_gives_back_its_price_and_shipping(order):
    parcel = order.parcels.first()
    cancel(parcel.pk, SHOPPER)
    split = parcel.split
    assert Refund.objects.get().amount == split.paid_goods + split.paid_shipping
    assert StockRecord.objects.get(partner=parcel.partner).num_allocated == 0


def test_the_other_makers_parcel_goes_on(order):
    first, second = order.parcels.all()
    cancel(first.pk, MAKER)
    parcels.ship(second.pk, "Post", "")
    parcels.arrive(second.pk)
    order.refresh_from_db()
    assert order.status == "complete"


def test_an_order_without_parcels_is_cancelled(order):
    for parcel in order.parcels.all():
        cancel(parcel.pk, SHOPPER)
    order.refresh_from_db()
    assert order.status == "cancelled"


def test_what_was_sent_is_not_called_off(order):
    parcel = order.parcels.first()
    parcels.ship(parcel.pk, "Post", "")
    with pytest.raises(WrongState):
        cancel(parcel.pk, SHOPPER)


def test_calling_off_twice_gives_back_once_and_tells_once(order, django_capture_on_commit_callbacks):
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        for _time in range(2):
            cancel(order.parcels.first().pk, SHOPPER)
    assert Refund.objects.count() == 1
    assert sorted(message.to[0] for message in mail.outbox) == [*["guest@example.org"] * 2, "one@example.org"]


def paid_days_ago(order, days: int, reminded: bool = True) -> None:
    order.payments.update(settled_at=timezone.now() - timedelta(days=days))
    order.parcels.update(reminded_at=timezone.now() if reminded else None)


def test_what_nobody_takes_up_in_time_is_called_off(order, settings):
    paid_days_ago(order, settings.ACCEPT_WITHIN_DAYS + 1)
    parcels.accept(order.parcels.last().pk)
    assert cancel_forgotten() == 1
    assert [parcel.status for parcel in order.parcels.all()] == [Parcel.CANCELLED, Parcel.ACCEPTED]


def test_nobody_loses_a_sale_without_having_been_reminded(order, settings):
    paid_days_ago(order, settings.ACCEPT_WITHIN_DAYS + 1, reminded=False)
    assert cancel_forgotten() == 0


def test_a_parcel_that_was_taken_up_meanwhile_stays(order, monkeypatch):
    parcel = order.parcels.first()
    parcels.ship(parcel.pk, "Post", "")
    assert not cancelling._forgotten(parcel.pk)
    assert NOBODY not in Refund.objects.values_list("reason", flat=True)
