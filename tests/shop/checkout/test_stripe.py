"""Charging at Stripe, from the page to the refund, at a Stripe of our own that keeps state."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from oscar.core.loading import get_model

from shop.checkout import payments
from shop.checkout.gateway import GatewayDown, Refused
from shop.outbox.services import deliver_due
from shop.settlement import refunding
from shop.settlement.models import Payment, PaymentCharge, Refund, Sale
from tests.factories import make_artisan, make_listing
from tests.shop.checkout.conftest import stripe_place

StockRecord = get_model("partner", "StockRecord")
pytestmark = pytest.mark.django_db
OPENING = "/v1/checkout/sessions"


def free() -> int:
    return StockRecord.objects.get().net_stock_level


def make_overdue() -> None:
    Sale.objects.update(reserved_until=timezone.now() - timedelta(minutes=1))


# -- The page ---------------------------------------------------------------------------------------------------------


def test_the_page_is_for_the_orders_total_in_its_currency_and_says_which_order(stripe, stripe_order, page):
    [asked] = stripe.asked(OPENING)
    price = asked["line_items"]["0"]["price_data"]
    assert (price["currency"], int(price["unit_amount"])) == ("usd", int(stripe_order.total_incl_tax * 100))
    assert asked["metadata"]["order"] == asked["payment_intent_data"]["metadata"]["order"] == stripe_order.number
    assert (asked["customer_email"], asked["locale"]) == ("guest@example.org", "en")
    assert asked["adaptive_pricing"] == {"enabled": "false"}


def test_the_page_lives_longer_than_what_is_reserved(stripe, stripe_order, page):
    expires = int(stripe.asked(OPENING)[0]["expires_at"])
    assert expires > (stripe_order.sale.reserved_until + timedelta(minutes=30)).timestamp()


def test_every_request_names_the_version_it_was_written_for(stripe, page):
    assert {headers["Stripe-Version"] for *_asked, headers in stripe.requests} == {"2026-10-28.endive"}


def test_a_language_that_stripe_does_not_speak_leaves_it_to_the_browser(stripe, stripe_order):
    Sale.objects.update(language="kk")
    stripe_order.refresh_from_db()
    payments.open_page(stripe_order.payments.select_related("order__sale").get())
    asked = stripe.asked(OPENING)[0]
    assert asked["locale"] == "auto" and "/kk/" in asked["success_url"]


@pytest.mark.parametrize("currency", ["KZT", "KGS", "TJS", "UZS", "AZN", "USD", "EUR"])
def test_each_currency_is_charged_as_it_is(stripe, rates, currency):
    order = stripe_place(make_listing(price="125000"), currency=currency)
    payments.open_page(order.payments.get())
    price = stripe.asked(OPENING)[0]["line_items"]["0"]["price_data"]
    assert (price["currency"], int(price["unit_amount"])) == (currency.lower(), int(order.total_incl_tax * 100))


def test_manat_of_turkmenistan_are_charged_in_dollars_at_the_frozen_rate(stripe, rates):
    order = stripe_place(make_listing(price="125000"), currency="TMT")
    payment = order.payments.get()
    payments.open_page(payment)
    assert (order.currency, payment.currency) == ("TMT", "USD")
    assert payment.amount == (order.total_incl_tax / Decimal("3.5")).quantize(Decimal("0.01"))
    assert (round(payment.rate, 6), str(payment.rate_date)) == (Decimal("0.285714"), "2026-11-01")


def test_more_soum_than_eight_digits_are_charged_in_dollars(stripe, rates):
    order = stripe_place(make_listing(price="2500000"), currency="UZS")
    payment = order.payments.get()
    assert payments.open_page(payment)
    assert (payment.currency, payment.amount) == ("USD", (order.total_incl_tax / 12500).quantize(Decimal("0.01")))


def test_a_second_try_charges_what_the_first_would_have(stripe, rates):
    from shop.currency.models import Rate

    order = stripe_place(make_listing(price="125000"), currency="TMT")
    first = order.payments.get()
    Payment.objects.update(status=Payment.FAILED)
    Rate.objects.filter(currency="TMT").update(per_usd=7)
    second = payments.open_payment(order, "stripe")
    assert (second.amount, second.rate, second.key != first.key) == (first.amount, first.rate, True)


# -- Lines that break -------------------------------------------------------------------------------------------------


def test_a_line_cut_after_the_page_was_opened_leads_to_the_same_page(stripe, stripe_order):
    payment = stripe_order.payments.get()
    stripe.cut_after(OPENING)
    with pytest.raises(GatewayDown):
        payments.open_page(payment)
    url = payments.open_page(Payment.objects.get())
    assert len(stripe.asked(OPENING)) == 2
    assert [session["url"] for session in stripe.all("checkout.session")] == [url]


def test_a_line_cut_after_a_refund_gives_back_once(stripe, stripe_order, page, deliver):
    stripe.pay(page)
    deliver()
    refund = refunding.open_refund(stripe_order.payments.get(), Decimal("5.00"), key="r-1", reason="broken")
    stripe.cut_after("/v1/refunds")
    with pytest.raises(GatewayDown):
        refunding.send_refund(refund)
    assert Refund.objects.get().status == Refund.REQUESTED
    refunding.send_refund(refund)
    assert [made["amount"] for made in stripe.all("refund")] == [500]
    assert Refund.objects.get().status == Refund.SUCCEEDED


def test_a_page_that_stripe_refuses_ends_this_try_and_not_the_order(stripe, stripe_order):
    Payment.objects.update(currency="TMT")
    with pytest.raises(Refused):
        payments.open_page(Payment.objects.get())
    stripe_order.refresh_from_db()
    assert (Payment.objects.get().status, Payment.objects.get().reason) == ("failed", "invalid_currency")
    assert (stripe_order.status, free()) == ("pending payment", 1)


def test_a_wrong_key_is_like_no_answer(stripe, stripe_order, settings):
    settings.STRIPE_SECRET_KEY = "sk_test_wrong"
    with pytest.raises(GatewayDown):
        payments.open_page(stripe_order.payments.get())
    assert Payment.objects.get().status == Payment.CREATED


# -- Paying -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("card", ["4242", "3155"])
def test_a_payment_with_and_without_a_second_step_pays_the_order(stripe, stripe_order, page, deliver, card):
    stripe.pay(page, card)
    deliver()
    stripe_order.refresh_from_db()
    assert (stripe_order.status, stripe_order.payments.get().status) == ("paid", "paid")


def test_a_declined_card_may_be_followed_by_another_on_the_same_page(stripe, stripe_order, page, deliver):
    stripe.pay(page, "0002")
    deliver()
    assert stripe_order.payments.get().status == Payment.OPEN
    stripe.pay(page)
    deliver()
    stripe_order.refresh_from_db()
    assert stripe_order.status == "paid"


def test_the_return_alone_pays_the_order(stripe, stripe_order, page, client):
    stripe.pay(page)
    client.get(f"/en/checkout/return/{stripe_order.payments.get().key}/")
    stripe_order.refresh_from_db()
    assert stripe_order.status == "paid"


def test_asking_alone_pays_the_order(stripe, stripe_order, page):
    stripe.pay(page)
    payments.ask_about_open(now=True)
    stripe_order.refresh_from_db()
    assert stripe_order.status == "paid"


def test_another_amount_than_was_asked_for_pays_nothing(stripe, stripe_order, page, deliver):
    stripe.things[page]["amount_total"] -= 1
    stripe.pay(page)
    deliver()
    payment = stripe_order.payments.get()
    assert (payment.status, payment.reason) == (Payment.REFUND_DUE, Payment.OTHER_AMOUNT)


# -- Time over --------------------------------------------------------------------------------------------------------


def test_the_stock_comes_back_only_once_stripe_has_closed_the_page(stripe, stripe_order, page):
    make_overdue()
    stripe.down = True
    assert (payments.expire_due(), free()) == (0, 1)
    stripe.down = False
    assert (payments.expire_due(), free()) == (1, 3)
    assert stripe.things[page]["status"] == "expired"


def test_a_payment_in_the_last_second_wins(stripe, stripe_order, page):
    stripe.pay(page)
    make_overdue()
    payments.expire_due()
    stripe_order.refresh_from_db()
    assert (stripe_order.status, free()) == ("paid", 1)


def test_a_page_opened_before_a_crash_is_closed_too(stripe, stripe_order):
    """The line was cut and we never heard of the page: it is found by its key and closed."""
    stripe.cut_after(OPENING)
    with pytest.raises(GatewayDown):
        payments.open_page(stripe_order.payments.get())
    make_overdue()
    assert (payments.expire_due(), free()) == (1, 3)
    assert [session["status"] for session in stripe.all("checkout.session")] == ["expired"]


def test_a_bank_that_takes_its_time_keeps_the_stock(stripe, stripe_order, page):
    stripe.things[page]["status"] = "complete"
    make_overdue()
    payments.expire_due()
    stripe_order.refresh_from_db()
    assert (stripe_order.status, free()) == ("pending payment", 1)


# -- A second try -----------------------------------------------------------------------------------------------------


@pytest.fixture
def tried(stripe, stripe_order, page, deliver):
    """The order at its 29th minute: the bank said no after the page was left."""
    stripe_order.payments.update(status=Payment.FAILED)
    stripe.end(page)
    placed = timezone.now() - timedelta(minutes=29)
    type(stripe_order).objects.update(date_placed=placed)
    Sale.objects.update(reserved_until=placed + timedelta(minutes=30))
    return type(stripe_order).objects.get()


def try_again(order) -> Payment:
    payment = payments.open_payment(order, "stripe")
    payments.open_page(payment)
    return payment


def reserved_for() -> float:
    return (Sale.objects.get().reserved_until - timezone.now()).total_seconds() / 60


def test_a_second_try_gets_the_whole_time_again(stripe, tried):
    try_again(tried)
    assert 29 < reserved_for() <= 30


def test_tries_without_end_do_not_hold_the_stock_for_ever(stripe, tried):
    type(tried).objects.update(date_placed=timezone.now() - timedelta(minutes=80))
    try_again(type(tried).objects.get())
    assert 9 < reserved_for() <= 10


def test_its_page_lives_longer_than_the_reservation_so_the_stock_waits_for_stripe(stripe, tried):
    second = try_again(tried)
    expires = stripe.things[second.reference]["expires_at"]
    assert expires > Sale.objects.get().reserved_until.timestamp()
    make_overdue()
    stripe.down = True
    assert (payments.expire_due(), free()) == (0, 1)
    stripe.down = False
    assert (payments.expire_due(), free()) == (1, 3)
    assert stripe.things[second.reference]["status"] == "expired"


def test_a_try_that_begins_while_the_order_ends_keeps_its_stock(stripe, tried, monkeypatch):
    """Its last page was closed, a new one is opened, and only then the stock would come back."""
    make_overdue()
    release = payments._release

    def open_first(order, status):
        try_again(order)
        release(order, status)

    monkeypatch.setattr(payments, "_release", open_first)
    payments.expire_due()
    tried.refresh_from_db()
    assert (tried.status, free(), stripe.all("checkout.session")[-1]["status"]) == ("pending payment", 1, "open")


def test_an_order_that_has_ended_meanwhile_gets_no_page(stripe, tried):
    make_overdue()
    payments.expire_due()
    pages = len(stripe.all("checkout.session"))
    with pytest.raises(payments.Ended):
        payments.open_payment(tried, "stripe")
    assert len(stripe.all("checkout.session")) == pages


def late(stripe, page) -> None:
    """Paid at a page that we believe is closed."""
    make_overdue()
    payments.expire_due()
    stripe.things[page]["status"] = "open"
    stripe.pay(page)


def test_a_late_payment_is_honoured_while_stock_remains(stripe, stripe_order, page, deliver):
    late(stripe, page)
    deliver()
    stripe_order.refresh_from_db()
    assert (stripe_order.status, free()) == ("paid", 1)


def test_a_late_payment_without_stock_goes_back_by_itself(stripe, stripe_order, page, deliver):
    late(stripe, page)
    StockRecord.objects.update(num_in_stock=0)
    deliver()
    deliver()
    stripe_order.refresh_from_db()
    assert (stripe_order.status, stripe_order.payments.get().status) == ("expired", "refunded")
    assert [refund["amount"] for refund in stripe.all("refund")] == [int(stripe_order.total_incl_tax * 100)]


def test_paid_twice_the_second_goes_back(stripe, stripe_order, page, deliver):
    Payment.objects.update(status=Payment.FAILED)
    second = payments.open_payment(stripe_order, "stripe")
    payments.open_page(second)
    stripe.pay(page)
    stripe.pay(second.reference)
    deliver()
    deliver()
    assert sorted(payment.status for payment in stripe_order.payments.all()) == ["paid", "refunded"]
    assert len(stripe.all("refund")) == 1


# -- What Stripe took -------------------------------------------------------------------------------------------------


def test_the_fee_is_read_from_stripes_books_after_the_payment(stripe, rates, deliver):
    order = stripe_place(make_listing(make_artisan(currency="KZT"), price="50000"), currency="KZT")
    payment = order.payments.get()
    payments.open_page(payment)
    stripe.pay(payment.reference)
    deliver()
    charge = PaymentCharge.objects.get()
    amount = (order.total_incl_tax / 500).quantize(Decimal("0.01"))
    assert (charge.currency, charge.amount, charge.fee + charge.net) == ("USD", amount, amount)
    assert (charge.fee, charge.rate) == (
        (amount * Decimal("0.029") + Decimal("0.30")).quantize(Decimal("0.01")),
        Decimal("0.002"),
    )
    assert charge.balance_reference.startswith("txn_")


def test_a_fee_that_is_not_in_the_books_yet_is_read_later(stripe, stripe_order, page, deliver):
    from shop.outbox.models import Message

    stripe.pay(page)
    charge = stripe.all("charge")[0]
    booking, charge["balance_transaction"] = charge["balance_transaction"], None
    deliver()
    assert not PaymentCharge.objects.exists()
    charge["balance_transaction"] = booking
    Message.objects.filter(done=None).update(due=timezone.now())
    deliver_due()
    assert PaymentCharge.objects.get().fee > 0
