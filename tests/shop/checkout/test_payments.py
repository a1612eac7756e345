from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.utils import timezone
from oscar.core.loading import get_class, get_model

from shop.checkout import payments
from shop.checkout.gateway import GatewayDown, Outcome
from shop.checkout.sandbox import SandboxGateway
from shop.order import placing
from shop.sandbox import provider
from shop.sandbox.models import SandboxSession
from shop.settlement.ledger import total
from shop.settlement.models import Account, Payment, Refund, Sale
from shop.settlement.verifying import verify
from tests.factories import make_artisan, make_checkout, make_listing, make_user, pay, place

Basket = get_model("basket", "Basket")
MarketplaceStrategy = get_class("partner.strategy", "MarketplaceStrategy")
StockRecord = get_model("partner", "StockRecord")
pytestmark = [pytest.mark.usefixtures("rates", "sandbox_posts"), pytest.mark.django_db]


@pytest.fixture
def order():
    return place(make_listing(stock=3), quantity=2)


def free() -> int:
    return StockRecord.objects.get().net_stock_level


def make_overdue() -> None:
    Sale.objects.update(reserved_until=timezone.now() - timedelta(minutes=1))


def test_a_paid_order_says_so_once(order, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        pay(order)
        pay(order)
    assert order.status == "paid"
    assert len([m for m in mail.outbox if m.to == ["guest@example.org"]]) == 1


def test_the_makers_people_hear_of_a_new_parcel(django_capture_on_commit_callbacks):
    maker = make_artisan(user=make_user("maker@example.org"))
    with django_capture_on_commit_callbacks(execute=True):
        pay(place(make_listing(maker)))
    assert ["maker@example.org"] in [message.to for message in mail.outbox]


def test_asking_for_the_payment_page_twice_opens_one(order):
    payment = order.payments.get()
    assert payments.open_page(payment) == payments.open_page(Payment.objects.get(pk=payment.pk))
    assert SandboxSession.objects.count() == 1


def test_a_page_opened_before_a_crash_is_found_again(order):
    payment = order.payments.get()
    payments.open_page(payment)
    Payment.objects.update(status=Payment.CREATED, reference="", page_url="")
    provider.conclude(SandboxSession.objects.get().reference, "paid", tell=False)
    payments.ask_about_open(now=True)
    order.refresh_from_db()
    assert order.status == "paid"


def test_a_declined_payment_can_be_tried_again(order):
    first = order.payments.get()
    payments.settle(first.pk, Outcome("failed", "card_declined"))
    second = payments.open_payment(order, "sandbox")
    assert (second.attempt, second.key != first.key) == (2, True)
    assert free() == 1


def test_an_unpaid_reservation_expires_and_the_stock_comes_back_once(order):
    make_overdue()
    assert payments.expire_due() == 1
    assert payments.expire_due() == 0
    order.refresh_from_db()
    assert (order.status, free()) == ("expired", 3)


def test_an_expired_order_leaves_the_basket_open(order):
    make_overdue()
    payments.expire_due()
    assert Basket.objects.get(pk=order.basket_id).status == Basket.OPEN


def test_a_payment_made_in_the_last_second_wins_over_expiry(order):
    payments.open_page(order.payments.get())
    provider.conclude(SandboxSession.objects.get().reference, "paid", tell=False)
    make_overdue()
    payments.expire_due()
    order.refresh_from_db()
    assert (order.status, free()) == ("paid", 1)


def test_stock_is_kept_while_the_gateway_cannot_say_whether_it_was_paid(order, monkeypatch):
    payments.open_page(order.payments.get())
    make_overdue()

    def down(self, payment):
        raise GatewayDown

    monkeypatch.setattr(SandboxGateway, "expire", down)
    assert payments.expire_due() == 0
    assert free() == 1


def test_a_late_payment_is_honoured_while_stock_remains(order):
    payment = order.payments.get()
    make_overdue()
    payments.expire_due()
    Payment.objects.update(status=Payment.EXPIRED)
    payments.settle(payment.pk, Outcome("paid"))
    order.refresh_from_db()
    assert (order.status, free()) == ("paid", 1)


def test_a_late_payment_without_stock_goes_back(order, django_capture_on_commit_callbacks):
    payments.open_page(order.payments.get())
    provider.conclude(SandboxSession.objects.get().reference, "paid", tell=False)
    SandboxSession.objects.update(status="open")
    make_overdue()
    payments.expire_due()
    StockRecord.objects.update(num_in_stock=0)
    SandboxSession.objects.update(status="paid")
    with django_capture_on_commit_callbacks(execute=True):
        payments.settle(order.payments.get().pk, Outcome("paid"))
    order.refresh_from_db()
    assert (order.status, order.payments.get().status) == ("expired", "refunded")
    assert SandboxSession.objects.get().status == "refunded"


def test_what_was_paid_late_waits_no_longer_in_the_basket(order):
    make_overdue()
    payments.expire_due()
    payments.settle(order.payments.get().pk, Outcome("paid"))
    assert Basket.objects.get(pk=order.basket_id).status == Basket.SUBMITTED


def test_a_basket_filled_further_meanwhile_stays_when_its_order_is_paid_late(order):
    make_overdue()
    payments.expire_due()
    put_into(order.basket_id, make_listing(title="Another"))
    payments.settle(order.payments.get().pk, Outcome("paid"))
    basket = Basket.objects.get(pk=order.basket_id)
    assert basket.status == Basket.OPEN
    assert [line.product.title for line in basket.lines.all()] == ["Another"]


def test_a_late_payment_of_a_basket_that_was_ordered_again_goes_back(order, django_capture_on_commit_callbacks):
    payments.open_page(order.payments.get())
    provider.conclude(SandboxSession.objects.get().reference, "paid", tell=False)
    SandboxSession.objects.update(status="open")
    make_overdue()
    payments.expire_due()
    StockRecord.objects.update(num_in_stock=9)
    second = placing.place_order(make_checkout(Basket.objects.get(pk=order.basket_id)), "sandbox")
    SandboxSession.objects.filter(key=order.payments.get().key).update(status="paid")
    with django_capture_on_commit_callbacks(execute=True):
        payments.settle(order.payments.get().pk, Outcome("paid"))
    order.refresh_from_db()
    assert (order.status, order.payments.get().status) == ("expired", "refunded")
    assert (second.status, free()) == ("pending payment", 7)


def put_into(basket_id: int, product) -> None:
    basket = Basket.objects.get(pk=basket_id)
    basket.strategy = MarketplaceStrategy(currency="USD")
    basket.add_product(product)


def test_a_second_payment_for_the_same_order_goes_back(order, django_capture_on_commit_callbacks):
    first = order.payments.get()
    payments.open_page(first)
    payments.settle(first.pk, Outcome("failed"))
    second = payments.open_payment(order, "sandbox")
    payments.open_page(second)
    for session in SandboxSession.objects.all():
        provider.conclude(session.reference, "paid", tell=False)
    with django_capture_on_commit_callbacks(execute=True):
        payments.settle(second.pk, Outcome("paid"))
        payments.settle(first.pk, Outcome("paid"))
    assert [payment.status for payment in order.payments.all()] == ["refunded", "paid"]


def test_giving_up_an_order_gives_the_stock_back(order):
    payments.expire(order, status="cancelled")
    order.refresh_from_db()
    assert (order.status, free()) == ("cancelled", 3)


def test_the_parcels_of_an_order_paid_late_wait_for_their_makers_again(order):
    make_overdue()
    payments.expire_due()
    payments.settle(order.payments.get().pk, Outcome("paid"))
    assert set(order.parcels.values_list("status", flat=True)) == {"new"}


def test_a_payment_of_another_amount_is_kept_apart_and_the_order_can_be_paid_again(order):
    payment = order.payments.get()
    for _told in range(2):
        payments.settle(payment.pk, Outcome("paid", "", Decimal("1.23"), "USD"))
    payment.refresh_from_db()
    assert (payment.status, payment.reason, payment.amount) == ("refund due", "another amount", Decimal("1.23"))
    assert total(Account.REFUNDS, "USD") == Decimal("-1.23") and verify().problems == []
    assert not Refund.objects.exists(), "a person looks first"
    payments.open_payment(order, "sandbox")
    pay(order)
    assert order.status == "paid"


def test_an_order_paid_with_another_amount_ends_in_time(order):
    payments.settle(order.payments.get().pk, Outcome("paid", "", Decimal("1.23"), "USD"))
    make_overdue()
    assert payments.expire_due() == 1 and free() == 3


@pytest.mark.parametrize("job", ["expire_due", "ask_about_open"])
def test_one_bad_order_does_not_stop_the_others(order, monkeypatch, job):
    other = place(make_listing(stock=3))
    make_overdue()
    Payment.objects.update(created=timezone.now() - timedelta(hours=1))
    done = []

    def fail_first(subject):
        if order.pk in (subject.pk, getattr(subject, "order_id", None)):
            raise ValueError("cannot be read")
        done.append(subject)

    monkeypatch.setattr(payments, {"expire_due": "expire", "ask_about_open": "ask"}[job], fail_first)
    assert getattr(payments, job)() == 1
    assert done == [other if job == "expire_due" else other.payments.get()]
