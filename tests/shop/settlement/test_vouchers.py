from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from oscar.core.loading import get_model

from shop.accounts.models import AuditLine
from shop.checkout.gateway import PAID, Outcome
from shop.checkout.payments import expire, settle
from shop.order import placing
from shop.settlement.models import ParcelSplit
from shop.settlement.verifying import verify
from shop.settlement.vouchers import open_voucher
from tests.factories import make_artisan, make_basket, make_checkout, make_listing, make_user, pay

StockRecord = get_model("partner", "StockRecord")
Voucher = get_model("voucher", "Voucher")
LOCKED = ("voucher_voucher", "partner_stockrecord")
pytestmark = [pytest.mark.usefixtures("rates"), pytest.mark.django_db]


def voucher(code="SPRING", percent="10", *, days=(-1, 1), **terms):
    now = timezone.now()
    starts, ends = now + timedelta(days=days[0]), now + timedelta(days=days[1])
    return open_voucher(code, Decimal(percent), starts, ends, **terms)


def order_with(used, *products, user=None, seen: bool = True):
    """An order with this voucher; `seen`: the shopper saw the price with it."""
    basket = make_basket(*products, owner=user)
    basket.vouchers.add(used)
    changes = {"user": user} if user else {}
    return placing.place_order(make_checkout(basket, **changes), "sandbox")


@pytest.fixture
def two():
    return make_listing(make_artisan("one"), price="125000"), make_listing(make_artisan("two"), price="250000")


def test_the_platform_bears_its_voucher_over_all_makers(two):
    order = order_with(voucher(), *two)
    first, second = ParcelSplit.objects.filter(parcel__order=order).order_by("pk")
    assert (first.paid_goods, first.platform_discount, first.discount) == (Decimal("9.00"), Decimal("1.00"), 0)
    assert (second.platform_discount, second.commission) == (Decimal("2.00"), Decimal("25000.00"))


def test_a_makers_voucher_is_for_their_goods_and_borne_by_them(two):
    maker = two[1].stockrecords.get().partner
    order = order_with(voucher(partner=maker), *two)
    first, second = ParcelSplit.objects.filter(parcel__order=order).order_by("pk")
    assert (first.paid_goods, first.discount, first.platform_discount) == (Decimal("10.00"), 0, 0)
    assert (second.paid_goods, second.discount) == (Decimal("18.00"), Decimal("25000.00"))
    assert (second.commission, second.platform_discount) == (Decimal("22500.00"), 0)
    pay(order)
    assert verify().problems == []


def test_a_voucher_that_was_used_up_asks_to_confirm_without_it(two):
    used = voucher(uses=1)
    order_with(used, two[0])
    basket = make_basket(two[1])
    basket.vouchers.add(used)
    checkout = make_checkout(basket)
    order = placing.place_order(checkout, "sandbox")
    assert order.total_discount_incl_tax == 0
    assert not order.basket.vouchers.exists()


def test_the_price_with_a_voucher_that_was_used_up_meanwhile_is_not_charged(two):
    used = voucher(uses=1)
    basket = make_basket(two[1])
    basket.vouchers.add(used)
    seen = make_checkout(basket)
    order_with(used, two[0])
    with pytest.raises(placing.QuoteChanged):
        placing.place_order(seen, "sandbox")


def test_an_order_that_is_not_paid_gives_its_voucher_back(two):
    used = voucher(uses=1)
    order = order_with(used, two[0])
    expire(order)
    assert order_with(used, two[1]).total_discount_incl_tax == Decimal("2.00")
    assert Voucher.objects.get().num_orders == 1


def paid_late(order) -> None:
    """Its time was over and it was given up; then its payment came."""
    expire(order)
    settle(order.payments.get().pk, Outcome(PAID))


def test_an_order_paid_late_takes_its_voucher_again(two):
    shopper, used = make_user(), voucher(uses=1, once_each=True)
    paid_late(order_with(used, two[0], user=shopper))
    used.refresh_from_db()
    assert (used.num_orders, used.total_discount, used.applications.get().user) == (1, Decimal("1.00"), shopper)
    assert order_with(used, two[1]).total_discount_incl_tax == 0
    assert not AuditLine.objects.filter(action__contains="voucher").exists()


def test_a_late_payment_keeps_its_price_though_others_used_the_voucher_up(two):
    used = voucher(uses=1)
    order = order_with(used, two[0])
    expire(order)
    order_with(used, two[1])
    settle(order.payments.get().pk, Outcome(PAID))
    order.refresh_from_db()
    assert (order.status, order.total_discount_incl_tax) == ("paid", Decimal("1.00"))
    assert Voucher.objects.get().num_orders == 2
    assert AuditLine.objects.get(action="voucher honoured late").detail == {"order": order.number}
    assert verify().problems == []


def test_a_late_payment_that_goes_back_uses_no_voucher(two):
    used = voucher(uses=1)
    order = order_with(used, two[0])
    expire(order)
    StockRecord.objects.update(num_in_stock=0)
    settle(order.payments.get().pk, Outcome(PAID))
    assert Voucher.objects.get().num_orders == 0


@pytest.mark.parametrize("change", [expire, paid_late], ids=["given back", "taken again"])
def test_vouchers_are_locked_before_stock_as_when_ordering(two, change):
    """Otherwise an order that ends and one that is placed could wait for each other."""
    order = order_with(voucher(), two[0])
    with CaptureQueriesContext(connection) as asked:
        change(order)
    tables = [query["sql"] for query in asked if query["sql"].startswith("SELECT")]
    first = {name: next(n for n, sql in enumerate(tables) if f'FROM "{name}"' in sql) for name in LOCKED}
    assert first["voucher_voucher"] < first["partner_stockrecord"]


def test_once_each_means_once_each(two):
    used, shopper = voucher(once_each=True), make_user()
    assert order_with(used, two[0], user=shopper).total_discount_incl_tax == Decimal("1.00")
    assert order_with(used, two[1], user=shopper).total_discount_incl_tax == 0


@pytest.mark.parametrize("percent", ["0", "-1", "101"])
def test_a_voucher_of_nothing_or_more_than_all_is_refused(percent):
    with pytest.raises(ValueError, match="percent"):
        voucher(percent=percent)


@pytest.mark.parametrize(
    ("terms", "code", "told"),
    [
        ({}, "spring ", "The voucher is in your basket"),
        ({}, "SUMMER", "We do not know this code"),
        ({"days": (-3, -1)}, "SPRING", "not valid today"),
        ({"once_each": True}, "SPRING", "Please sign in first"),
    ],
)
def test_the_basket_says_what_became_of_a_code(client, two, terms, code, told):
    voucher(**terms)
    client.post(reverse("basket:add", args=[two[0].pk]), {"quantity": 1})
    page = client.post(reverse("basket:voucher"), {"code": code}, follow=True)
    assert told in page.content.decode()


def test_a_voucher_lowers_the_total_and_can_be_taken_out(client, two):
    used = voucher()
    client.post(reverse("basket:add", args=[two[0].pk]), {"quantity": 1})
    page = client.post(reverse("basket:voucher"), {"code": "SPRING"}, follow=True)
    assert page.context["discount"] == Decimal("1.00")
    page = client.post(reverse("basket:voucher"), {"remove": used.pk}, follow=True)
    assert page.context["discount"] == 0
