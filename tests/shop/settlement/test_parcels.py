import pytest
from django.core import mail
from oscar.core.loading import get_model

from shop.settlement import parcels
from tests.factories import make_artisan, make_listing, pay, place

StockRecord = get_model("partner", "StockRecord")
pytestmark = [pytest.mark.usefixtures("rates"), pytest.mark.django_db]


@pytest.fixture
def order():
    order = place(make_listing(make_artisan("one"), stock=5), make_listing(make_artisan("two"), stock=5), quantity=2)
    pay(order)
    return order


def test_shipping_takes_the_pieces_out_of_the_stock(order):
    parcel = order.parcels.first()
    parcels.ship(parcel.pk, "Uzpost", "UZ123")
    record = StockRecord.objects.get(partner=parcel.partner)
    assert (record.num_in_stock, record.num_allocated) == (3, 0)


def test_shipping_one_parcel_leaves_the_other_alone(order):
    first, second = order.parcels.all()
    parcels.ship(first.pk, "Uzpost", "UZ123")
    second.refresh_from_db()
    assert (second.status, StockRecord.objects.get(partner=second.partner).num_allocated) == ("new", 2)


def test_marking_twice_sends_one_mail_and_counts_once(order, django_capture_on_commit_callbacks):
    parcel = order.parcels.first()
    with django_capture_on_commit_callbacks(execute=True):
        parcels.ship(parcel.pk, "Uzpost", "UZ123")
        parcels.ship(parcel.pk, "Uzpost", "UZ124")
    assert len(mail.outbox) == 1
    assert StockRecord.objects.get(partner=parcel.partner).num_in_stock == 3


def test_an_unpaid_parcel_cannot_be_accepted_or_sent():
    parcel = place(make_listing()).parcels.get()
    with pytest.raises(parcels.WrongState):
        parcels.accept(parcel.pk)
    with pytest.raises(parcels.WrongState):
        parcels.ship(parcel.pk, "Uzpost", "")


def test_an_order_is_complete_when_its_last_parcel_arrived(order):
    first, second = order.parcels.all()
    for parcel in (first, second):
        parcels.ship(parcel.pk, "Uzpost", "")
    parcels.arrive(first.pk)
    order.refresh_from_db()
    assert order.status == "paid"
    parcels.arrive(second.pk)
    order.refresh_from_db()
    assert order.status == "complete"


def test_what_was_not_sent_cannot_arrive(order):
    with pytest.raises(parcels.WrongState):
        parcels.arrive(order.parcels.first().pk)
