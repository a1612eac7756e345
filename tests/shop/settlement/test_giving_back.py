from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oscar.core.loading import get_model

from shop.checkout.gateway import RefundFacts
from shop.currency.models import Rate
from shop.settlement.giving_back import Asked, check_maker_may, everything_left, give_back, left_of, try_again
from shop.settlement.models import Dispute, Parcel, Refund
from shop.settlement.refunding import CannotRefund, settle_refund
from tests.factories import make_artisan, make_listing, pay, place

Order = get_model("order", "Order")
StockRecord = get_model("partner", "StockRecord")
pytestmark = [pytest.mark.usefixtures("rates"), pytest.mark.django_db]


@pytest.fixture
def order():
    """Three pieces of one maker, three of another, paid."""
    order = place(make_listing(make_artisan("one"), price="10000.00"), make_listing(make_artisan("two")), quantity=3)
    pay(order)
    return order


def a_line(parcel):
    return left_of(parcel).lines[0].line


def test_one_of_three_pieces_goes_back_and_two_are_left(order):
    parcel = order.parcels.first()
    refund = give_back(order, [Asked(parcel, {a_line(parcel).pk: 1})], key="k", reason="a thread is loose")
    assert refund.amount == (a_line(parcel).line_price_incl_tax / 3).quantize(Decimal("0.01"))
    assert (left_of(parcel).lines[0].quantity, left_of(parcel).shipping) == (2, parcel.charge)


def test_all_parcels_together_are_the_whole_payment(order):
    refund = give_back(order, [everything_left(parcel) for parcel in order.parcels.all()], key="k", reason="")
    assert refund.amount == order.payments.get().amount


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(price=st.decimals("10000", "9999999", places=2), step=st.integers(1, 2))
def test_piece_by_piece_gives_back_exactly_what_was_paid(price, step):
    order = place(make_listing(price=price), quantity=3)
    pay(order)
    parcel = order.parcels.get()
    for number in range(0, 3, step):
        pieces = min(step, 3 - number)
        give_back(order, [Asked(parcel, {a_line(parcel).pk: pieces})], key=f"{order.pk}-{number}", reason="")
    if parcel.charge:
        give_back(order, [everything_left(parcel)], key=f"{order.pk}-shipping", reason="")
    assert sum(refund.amount for refund in order.refunds.all()) == order.payments.get().amount
    assert left_of(parcel).total == 0


def test_pieces_that_were_not_sent_are_on_the_shelf_again(order):
    parcel = order.parcels.first()
    give_back(order, [Asked(parcel, {a_line(parcel).pk: 2})], key="k", reason="")
    record = StockRecord.objects.get(partner=parcel.partner)
    assert (record.num_in_stock, record.num_allocated) == (5, 1)


def test_asking_twice_gives_back_once(order):
    parcel = order.parcels.first()
    first, second = (
        give_back(order, [Asked(parcel, {a_line(parcel).pk: 1})], key="same", reason="") for _time in range(2)
    )
    assert first.pk == second.pk
    assert left_of(parcel).lines[0].quantity == 2


@pytest.mark.parametrize("quantity", [4, -1])
def test_more_pieces_than_were_sold_are_refused_and_nothing_is_written(order, quantity):
    parcel = order.parcels.first()
    with pytest.raises(CannotRefund, match="more than is left"):
        give_back(order, [Asked(parcel, {a_line(parcel).pk: quantity})], key="k", reason="")
    assert not Refund.objects.exists()


def test_pieces_of_another_maker_cannot_be_given_back(order):
    first, second = order.parcels.all()
    with pytest.raises(CannotRefund):
        give_back(order, [Asked(first, {a_line(second).pk: 1})], key="k", reason="")


def test_nothing_is_given_back_while_the_bank_decides(order):
    payment = order.payments.get()
    Dispute.objects.create(payment=payment, reference="dp", amount=1, currency="USD", status=Dispute.NEEDS_ANSWER)
    with pytest.raises(CannotRefund, match="disputed"):
        give_back(order, [everything_left(order.parcels.first())], key="k", reason="")


def test_a_refund_that_failed_can_be_tried_again_once(order):
    parcel = order.parcels.first()
    refund = give_back(order, [Asked(parcel, {a_line(parcel).pk: 1})], key="k", reason="")
    settle_refund(refund.pk, RefundFacts("re_1", Refund.FAILED, "the card is closed"))
    refund.refresh_from_db()
    again = [try_again(refund, None) for _time in range(2)]
    assert again[0].pk == again[1].pk != refund.pk
    assert left_of(parcel).lines[0].quantity == 2
    assert StockRecord.objects.get(partner=parcel.partner).num_allocated == 2, "put right only once"


def test_a_maker_gives_back_small_sums_for_a_while(order):
    check_maker_may(Asked(order.parcels.first(), {a_line(order.parcels.first()).pk: 1}))


def test_a_maker_asks_a_moderator_for_more_or_later(order, settings):
    asked = everything_left(order.parcels.first())
    settings.MAKER_REFUND_LIMIT_USD = 1
    with pytest.raises(CannotRefund, match="ask a moderator"):
        check_maker_may(asked)
    settings.MAKER_REFUND_LIMIT_USD = 500
    check_maker_may(asked)
    Rate.objects.all().delete()
    cache.clear()
    Order.objects.update(currency="KZT")
    with pytest.raises(CannotRefund, match="ask a moderator"):
        check_maker_may(everything_left(Parcel.objects.first()))
    asked.parcel.order.date_placed -= timedelta(days=settings.MAKER_REFUND_DAYS + 1)
    with pytest.raises(CannotRefund, match="ask a moderator"):
        check_maker_may(asked)
