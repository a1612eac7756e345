"""A maker gives back, calls off and answers returns: their own, within limits, once."""

import uuid

import pytest
from django.urls import reverse

from shop.settlement import parcels
from shop.settlement.models import Refund, Return
from shop.settlement.returns import request_return
from tests.factories import make_artisan, make_listing, make_user, pay, place

pytestmark = [pytest.mark.usefixtures("rates"), pytest.mark.django_db]


@pytest.fixture
def maker():
    return make_user("maker@example.org")


@pytest.fixture
def parcel(maker, client):
    order = place(make_listing(make_artisan("one", user=maker)), quantity=2)
    pay(order)
    client.force_login(maker)
    return order.parcels.get()


@pytest.fixture
def returned(parcel):
    parcels.ship(parcel.pk, "Post", "")
    parcels.arrive(parcel.pk)
    return request_return(parcel.pk, {parcel.order.lines.get().pk: 1}, Return.DAMAGED, "A crack.")


def give_back(client, parcel, pieces="1", attempt=None, **extra):
    form = {f"pieces_{parcel.order.lines.get().pk}": pieces, "reason": "a loose thread", "attempt": attempt or ""}
    return client.post(reverse("studio:give-back", args=[parcel.pk]), {**form, **extra}, follow=True)


def test_a_maker_gives_one_piece_back(client, parcel):
    assert "It goes back to the shopper" in give_back(client, parcel).text
    assert Refund.objects.get().lines.get().quantity == 1


def test_a_form_sent_twice_gives_back_once(client, parcel):
    attempt = uuid.uuid4()
    for _time in range(2):
        give_back(client, parcel, attempt=attempt)
    assert Refund.objects.count() == 1


def test_over_the_limit_a_maker_is_sent_to_a_moderator_and_keeps_what_was_typed(client, parcel, settings):
    settings.MAKER_REFUND_LIMIT_USD = 1
    answer = give_back(client, parcel)
    assert answer.status_code == 422
    assert "write to a moderator" in answer.text
    assert "a loose thread" in answer.text
    assert not Refund.objects.exists()


def test_a_maker_calls_off_and_says_why(client, parcel):
    answer = client.post(reverse("studio:cancel", args=[parcel.pk]), {"reason": "the wool ran out"}, follow=True)
    assert "Called off" in answer.text
    parcel.refresh_from_db()
    assert parcel.status == "cancelled"


def test_without_a_reason_nothing_is_called_off(client, parcel):
    answer = client.post(reverse("studio:cancel", args=[parcel.pk]), {"reason": ""}, follow=True)
    assert "Please say why" in answer.text
    assert not Refund.objects.exists()


def test_a_return_is_approved_then_received(client, returned):
    page = reverse("studio:return", args=[returned.pk])
    assert "A crack." in client.get(page).text
    client.post(f"{page}approve/", {"address": "Bukhara, Sarrofon 5", "label": "UZ1"})
    answer = client.post(f"{page}receive/", {"on_sale_again": "on"}, follow=True)
    assert "is on its way" in answer.text
    returned.refresh_from_db()
    assert (returned.status, returned.refund.lines.first().quantity) == (Return.RECEIVED, 1)


def test_an_approval_without_an_address_is_asked_for(client, returned):
    answer = client.post(reverse("studio:return-answer", args=[returned.pk, "approve"]), {"address": ""})
    assert answer.status_code == 422
    assert "Please write the address" in answer.text
