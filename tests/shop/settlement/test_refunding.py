"""What the gateway did is booked, whatever else happened meanwhile."""

from decimal import Decimal

import pytest

from shop.checkout.events import handle_event
from shop.checkout.gateway import REFUND, DisputeFacts, Event, RefundFacts
from shop.checkout.webhooks import store
from shop.sandbox.models import SandboxRefund, SandboxSession
from shop.settlement.assigning import assign_refund
from shop.settlement.cancelling import NOBODY, cancel
from shop.settlement.disputing import settle_dispute
from shop.settlement.giving_back import everything_left, give_back, left_of
from shop.settlement.ledger import balances, total
from shop.settlement.models import Account, Dispute, Parcel, Refund, WebhookEvent
from shop.settlement.refunding import CannotRefund, settle_refund
from shop.settlement.verifying import verify
from tests.factories import make_artisan, make_listing, make_user, pay, place

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


# -- Refunds made by hand at the gateway ------------------------------------------------------------------------------


def by_hand(order, amount: str, number: str = "re_hand") -> Refund:
    """Somebody gave so much back in the gateway's own dashboard, and its message has come."""
    payment = order.payments.get()
    made = SandboxRefund.objects.create(
        session=SandboxSession.objects.get(key=payment.key), reference=number, key=number, amount=Decimal(amount),
        status=SandboxRefund.SUCCEEDED,
    )  # fmt: skip
    store("sandbox", Event(f"evt_{number}", "refund.created", made.reference, None, about=REFUND))
    handle_event(WebhookEvent.objects.get())
    return Refund.objects.get(reference=number)


def given_back(order) -> Decimal:
    return sum((refund.amount for refund in order.refunds.filter(status__in=Refund.LIVE)), Decimal(0))


@pytest.mark.parametrize("currency", ["USD", "KZT"])
def test_after_a_little_was_given_back_by_hand_the_rest_can_be_called_off(currency):
    one, two = make_listing(make_artisan("one"), price="10000.00"), make_listing(make_artisan("two"))
    order = place(one, two, quantity=3, currency=currency)
    pay(order)
    by_hand(order, "1.00")
    parcels = list(order.parcels.all())
    assert sum(left_of(parcel).total for parcel in parcels) < order.total_incl_tax
    for parcel in parcels:
        assert cancel(parcel.pk, NOBODY).status == Parcel.CANCELLED
    for refund in order.refunds.filter(status=Refund.REQUESTED):
        settle_refund(refund.pk, RefundFacts("", Refund.SUCCEEDED))
    assert given_back(order) == order.payments.get().amount
    assert verify().problems == [] and total(Account.ADJUSTMENTS, currency) == 0
    assert all(left_of(parcel).total == 0 for parcel in parcels)


def test_what_a_lost_dispute_took_is_not_given_back_a_second_time(order):
    payment = order.payments.get()
    dispute(order, Decimal("5.00"), Dispute.LOST)
    for parcel in order.parcels.all():
        cancel(parcel.pk, NOBODY)
    assert given_back(order) == payment.amount - 5
    for refund in order.refunds.all():
        settle_refund(refund.pk, RefundFacts("", Refund.SUCCEEDED))
    assert verify().problems == [] and total(Account.ADJUSTMENTS, "USD") == 0


def test_an_order_given_back_whole_by_hand_is_called_off(order):
    before = [line.stockrecord.num_allocated for line in order.lines.all()]
    sent = order.parcels.last()
    Parcel.objects.filter(pk=sent.pk).update(status=Parcel.SHIPPED)
    by_hand(order, str(order.payments.get().amount))
    assert set(order.parcels.values_list("pk", "status")) == {
        (order.parcels.first().pk, Parcel.CANCELLED), (sent.pk, Parcel.SHIPPED),
    }  # fmt: skip
    after = [line.stockrecord.num_allocated for line in order.lines.all()]
    assert [one - other for one, other in zip(before, after, strict=True)] == [3, 0]
    assert verify().problems == []


def test_a_refund_made_by_hand_is_put_on_the_parcel_it_was_for(order):
    first, second = order.parcels.all()
    refund = by_hand(order, "1.00")
    has = balances(second.partner)["UZS"].pending
    assign_refund(refund.pk, first, pieces=False, person=make_user())
    assert left_of(second).total == second.split.paid_goods + second.split.paid_shipping
    assert balances(second.partner)["UZS"].pending > has
    assert [(line.parcel, line.quantity, line.goods) for line in refund.lines.all()] == [(first, 0, Decimal("1.00"))]
    assert verify().problems == []
    with pytest.raises(CannotRefund, match="assigned"):
        assign_refund(refund.pk, second, pieces=False, person=make_user())
    settle_refund(refund.pk, RefundFacts("re_hand", Refund.FAILED, "expired card"))
    assert verify().problems == [] and left_of(first).total == first.split.paid_goods + first.split.paid_shipping


def test_a_parcel_given_back_by_hand_is_on_the_shelf_again(order):
    first, second = order.parcels.all()
    refund = by_hand(order, str(left_of(first).total))
    assign_refund(refund.pk, first, pieces=True, person=make_user())
    assert (left_of(first).total, left_of(first).lines[0].quantity) == (0, 0)
    assert order.lines.get(partner=first.partner).num_allocated == 0
    assert left_of(second).total == second.split.paid_goods + second.split.paid_shipping


def test_more_than_is_left_of_a_parcel_is_not_put_on_it(order):
    first, second = order.parcels.all()
    refund = by_hand(order, str(left_of(first).total + 1))
    with pytest.raises(CannotRefund, match="more than is left"):
        assign_refund(refund.pk, first, pieces=True, person=make_user())
    assert not refund.lines.exists() and verify().problems == []
