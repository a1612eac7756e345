"""What each thing that happens to money does to the books. Rates: 12,500 soʻm or 500 tenge a dollar."""

from decimal import Decimal

import pytest

from shop.currency.money import BadAmount
from shop.settlement import booking, parcels
from shop.settlement.ledger import NotEnough, balances, total
from shop.settlement.models import Entry, VatRate
from tests.factories import make_artisan, make_listing, make_user, pay, place
from tests.shop.settlement.money import dispute_of, legs, payout_to, refund_of, sums

pytestmark = [pytest.mark.usefixtures("rates"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _no_vat(settings):
    VatRate.objects.all().delete()


@pytest.fixture
def maker():
    """Sells in soʻm and sends to Kazakhstan for 20 soʻm."""
    return make_artisan("one")


@pytest.fixture
def order(maker):
    """10 dollars of goods (125,000 soʻm) and 20 soʻm of shipping, which is 0.00 dollars; paid."""
    order = place(make_listing(maker, price="125000"))
    pay(order)
    return order


def arrive(order, number: int = 1):
    parcel = order.parcels.get(number=number)
    parcels.ship(parcel.pk, "Post", "")
    parcels.arrive(parcel.pk)


def test_a_sale_owes_the_maker_in_their_currency_and_keeps_the_commission(order):
    assert legs(Entry.objects.get(key=f"sale-{order.pk}")) == {
        "cash USD": "10.00",
        "exchange USD": "-10.00",
        "exchange UZS": "125020.00",
        "pending UZS one": "-112500.00",
        "shipping_held UZS one": "-20.00",
        "commission UZS": "-12500.00",
    }


def test_selling_twice_books_once(order):
    assert booking.book_sale(order) == booking.book_sale(order)
    assert Entry.objects.filter(kind=Entry.SALE).count() == 1


def test_an_unpaid_order_cannot_be_booked():
    with pytest.raises(booking.sales.NotSold):
        booking.book_sale(place(make_listing()))


def test_what_arrived_may_be_paid_out(order, maker):
    arrive(order)
    assert balances(maker.partner)["UZS"].available == Decimal("112520.00")
    assert balances(maker.partner)["UZS"].pending == 0


def test_half_a_refund_before_release_takes_half_of_everything(order, maker):
    booking.book_refund(refund_of(order, (1, "5", "0")))
    assert balances(maker.partner)["UZS"].pending == Decimal("56270.00")
    assert total("commission", "UZS") == Decimal("-6250.00")


def test_a_refund_after_the_payout_makes_the_balance_negative(order, maker):
    arrive(order)
    booking.book_payout(payout_to(maker.partner, "112520", "UZS"))
    booking.book_refund(refund_of(order, (1, "10", "0")))
    assert balances(maker.partner)["UZS"].negative == Decimal("112500.00")
    assert sums() == {"USD": 0, "UZS": 0}


def test_more_than_is_left_cannot_be_refunded(order):
    booking.book_refund(refund_of(order, (1, "6", "0")))
    with pytest.raises(NotEnough):
        booking.book_refund(refund_of(order, (1, "5", "0")))
    assert Entry.objects.filter(kind=Entry.REFUND).count() == 1


def test_a_refund_that_fails_leaves_everything_as_it_was(order, maker):
    before = balances(maker.partner)
    refund = refund_of(order, (1, "3.33", "0"))
    booking.book_refund(refund)
    booking.book_refund_failed(refund)
    booking.book_refund_failed(refund)
    assert balances(maker.partner) == before
    assert total("cash", "USD") == Decimal("10.00")


def test_a_refund_that_fails_after_the_release_is_available(order, maker):
    refund = refund_of(order, (1, "10", "0"))
    booking.book_refund(refund)
    arrive(order)
    booking.book_refund_failed(refund)
    assert balances(maker.partner)["UZS"].available == Decimal("112520.00")


def test_a_dispute_freezes_what_it_is_about_and_gives_it_back_when_won(order, maker):
    dispute = dispute_of(order)
    booking.book_dispute_opened(dispute)
    assert balances(maker.partner)["UZS"].frozen == Decimal("112500.00")
    booking.book_dispute_won(dispute)
    booking.book_dispute_lost(dispute)
    assert balances(maker.partner)["UZS"].pending == Decimal("112520.00")
    assert total("disputes", "USD") == 0


def test_a_lost_dispute_is_a_refund_out_of_what_was_frozen(order, maker):
    arrive(order)
    dispute = dispute_of(order)
    booking.book_dispute_lost(dispute)
    assert balances(maker.partner)["UZS"].frozen == 0
    assert balances(maker.partner)["UZS"].available == Decimal("20.00")
    assert total("commission", "UZS") == total("cash", "USD") == 0


def test_a_bounced_payout_is_available_again(order, maker):
    arrive(order)
    payout = payout_to(maker.partner, "100000", "UZS")
    booking.book_payout(payout)
    booking.book_payout_bounced(payout, "wrong account")
    assert balances(maker.partner)["UZS"].available == Decimal("112520.00")


def test_a_payout_that_bounces_after_it_arrived_is_available_again(order, maker):
    arrive(order)
    payout = payout_to(maker.partner, "100000", "UZS")
    booking.book_payout(payout)
    booking.book_payout_paid(payout)
    assert balances(maker.partner)["UZS"].paid_out == Decimal("100000.00")
    booking.book_payout_bounced(payout)
    balance = balances(maker.partner)["UZS"]
    assert (balance.available, balance.paid_out, balance.in_transit) == (Decimal("112520.00"), 0, 0)
    assert total("bank", "UZS") == 0


def test_no_more_than_is_available_is_paid_out(order, maker):
    arrive(order)
    with pytest.raises(NotEnough, match="112520.00 UZS available"):
        booking.book_payout(payout_to(maker.partner, "112520.01", "UZS"))
    assert not Entry.objects.filter(kind=Entry.PAYOUT).exists()


def test_shares_of_a_payout_must_add_up(order, maker):
    payout = payout_to(maker.partner, "10", "UZS")
    with pytest.raises(BadAmount, match="do not add up"):
        booking.book_payout(payout, [(maker.partner, Decimal("9"))])


def test_an_adjustment_says_why_and_who(maker):
    with pytest.raises(ValueError, match="reason"):
        booking.book_adjustment(maker.partner, Decimal("5"), "UZS", " ", make_user())
    entry = booking.book_adjustment(maker.partner, Decimal("5"), "UZS", "broken in our office", make_user())
    assert (entry.reason, balances(maker.partner)["UZS"].available) == ("broken in our office", Decimal("5.00"))


def test_the_gateways_fee_comes_out_of_what_lies_there(order):
    payment = order.payments.get()
    booking.book_gateway_fee(payment, Decimal("0.59"), "USD")
    booking.book_gateway_fee(payment, Decimal("0.59"), "USD")
    assert (total("cash", "USD"), total("gateway_fees", "USD")) == (Decimal("9.41"), Decimal("0.59"))
