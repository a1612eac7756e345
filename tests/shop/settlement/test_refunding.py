"""What the gateway did is booked, whatever else happened meanwhile."""

from decimal import Decimal

import pytest

from shop.checkout.gateway import DisputeFacts, RefundFacts
from shop.settlement.disputing import settle_dispute
from shop.settlement.giving_back import everything_left, give_back
from shop.settlement.ledger import balances, total
from shop.settlement.models import Account, Dispute, Refund
from shop.settlement.refunding import settle_refund
from shop.settlement.verifying import verify
from tests.factories import make_artisan, make_listing, pay, place

pytestmark = [pytest.mark.usefixtures("rates"), pytest.mark.django_db]


@pytest.fixture
def order():
    """Three pieces of one maker, three of another, paid."""
    order = place(make_listing(make_artisan("one"), price="10000.00"), make_listing(make_artisan("two")), quantity=3)
    pay(order)
    return order


def dispute(order, amount: Decimal, status: str = Dispute.NEEDS_ANSWER) -> Dispute:
    payment = order.payments.get()
    return settle_dispute(DisputeFacts("du_1", payment.key, amount, payment.currency, "fraudulent", status))


@pytest.mark.parametrize("share", [Decimal(1), Decimal("0.5")])
def test_a_refund_whose_answer_was_lost_is_booked_after_the_dispute_that_came_first(order, share):
    """What the dispute took is not taken from the makers twice: the rest is the platform's."""
    parcel, payment = order.parcels.first(), order.payments.get()
    refund = give_back(order, [everything_left(parcel)], key="k", reason="")
    dispute(order, (payment.amount * share).quantize(Decimal("0.01")))
    assert settle_refund(refund.pk, RefundFacts("re_1", Refund.SUCCEEDED)) == Refund.SUCCEEDED
    assert verify().problems == []
    borne = total(Account.ADJUSTMENTS, "USD")
    assert borne == refund.amount if share == 1 else 0 < borne < refund.amount
    left = balances(parcel.partner)["UZS"]
    assert left.pending == left.shipping_held
