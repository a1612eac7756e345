from datetime import timedelta

import pytest
from django.core import mail
from oscar.core.loading import get_model

from shop.settlement import parcels
from shop.settlement.giving_back import Asked, give_back, left_of
from shop.settlement.models import Refund, Return
from shop.settlement.parcels import WrongState
from shop.settlement.returns import CannotReturn, approve_return, receive_return, refuse_return, request_return
from tests.factories import make_artisan, make_listing, make_user, pay, place

StockRecord = get_model("partner", "StockRecord")
pytestmark = [pytest.mark.usefixtures("rates"), pytest.mark.django_db]


@pytest.fixture
def parcel():
    order = place(make_listing(make_artisan("one", user=make_user("one@example.org"))), quantity=3)
    pay(order)
    parcel = order.parcels.get()
    parcels.ship(parcel.pk, "Post", "")
    return parcels.arrive(parcel.pk)


def asked(parcel, quantity: int = 2, reason: str = Return.DAMAGED) -> Return:
    return request_return(parcel.pk, {parcel.order.lines.get().pk: quantity}, reason, "A crack.")


def test_a_damaged_piece_comes_back_and_shipping_is_given_back_too(parcel):
    returned = asked(parcel)
    approve_return(returned.pk, address="Bukhara, Sarrofon 5", label="", person=None)
    refund = receive_return(returned.pk, on_sale_again=False, person=None).refund
    assert sum(line.shipping for line in refund.lines.all()) == parcel.charge
    assert sum(line.quantity for line in refund.lines.all()) == 2


def test_who_changed_their_mind_pays_for_the_way(parcel):
    returned = asked(parcel, reason=Return.UNWANTED)
    approve_return(returned.pk, address="Bukhara", label="", person=None)
    refund = receive_return(returned.pk, on_sale_again=False, person=None).refund
    assert all(line.shipping == 0 for line in refund.lines.all())


@pytest.mark.parametrize(("on_sale_again", "stock"), [(True, 4), (False, 2)])
def test_pieces_are_on_sale_again_only_if_the_maker_says_so(parcel, on_sale_again, stock):
    returned = asked(parcel)
    approve_return(returned.pk, address="Bukhara", label="", person=None)
    receive_return(returned.pk, on_sale_again=on_sale_again, person=None)
    assert StockRecord.objects.get().num_in_stock == stock


@pytest.mark.parametrize(("meanwhile", "back"), [(2, 1), (3, 0)])
def test_what_was_given_back_meanwhile_is_not_given_back_again(parcel, meanwhile, back):
    """The maker said "give back" while the pieces were under way."""
    returned = asked(parcel, reason=Return.UNWANTED)
    approve_return(returned.pk, address="Bukhara", label="", person=None)
    given = Asked(parcel, {parcel.order.lines.get().pk: meanwhile})
    give_back(parcel.order, [given], key="k", reason="a thread is loose")
    received = receive_return(returned.pk, on_sale_again=True, person=None)
    assert (received.status, left_of(parcel).lines[0].quantity) == (Return.RECEIVED, 0)
    assert (received.refund.lines.get().quantity if received.refund else 0) == back
    assert StockRecord.objects.get().num_in_stock == 4


def test_nothing_is_given_back_before_it_is_there(parcel):
    returned = asked(parcel)
    with pytest.raises(WrongState):
        receive_return(returned.pk, on_sale_again=False, person=None)
    assert not Refund.objects.exists()


def test_a_refusal_says_why_and_allows_another_request(parcel, django_capture_on_commit_callbacks):
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        refuse_return(asked(parcel).pk, answer="It was worn.", person=None)
    assert "It was worn." in mail.outbox[-1].body
    assert asked(parcel).status == Return.REQUESTED


@pytest.mark.parametrize(("quantity", "why"), [(0, "nothing"), (4, "more than is left"), (-1, "more than is left")])
def test_wrong_numbers_are_refused(parcel, quantity, why):
    with pytest.raises(CannotReturn, match=why):
        asked(parcel, quantity)


def test_one_request_at_a_time(parcel):
    asked(parcel)
    with pytest.raises(CannotReturn, match="open already"):
        asked(parcel)


def test_after_the_time_is_over_nothing_is_taken_back(parcel, settings):
    parcel.delivered_at -= timedelta(days=settings.RETURN_DAYS + 1)
    parcel.save()
    with pytest.raises(CannotReturn, match="too late"):
        asked(parcel)
