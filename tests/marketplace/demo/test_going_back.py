"""What goes back in the demo goes back as in a real shop."""

import pytest

from marketplace.demo import going_back
from marketplace.demo.orders import attempt_of
from shop.settlement.models import Dispute, Refund, Return
from shop.settlement.verifying import verify
from tests.factories import make_artisan, make_listing, pay, place

pytestmark = [pytest.mark.usefixtures("rates"), pytest.mark.django_db]


def an_order(key: str):
    order = place(make_listing(make_artisan()), quantity=2)
    order.sale.attempt = attempt_of(key)
    order.sale.save()
    return order


def test_a_piece_given_back_and_a_parcel_called_off_balance(settings):
    for key in ("timur", "aida"):
        pay(an_order(key))
    said = []
    going_back.seed_going_back(said.append)
    going_back.seed_going_back(said.append)
    assert len(said) == 1, "once"
    assert set(Refund.objects.values_list("status", flat=True)) <= set(Refund.LIVE)
    assert Return.objects.count() == Dispute.objects.count() == 0
    assert verify().problems == []
