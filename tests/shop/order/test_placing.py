from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from oscar.core.loading import get_model

from shop.checkout.charging import RateStale
from shop.currency.models import Rate
from shop.currency.rates import read_rates
from shop.order import placing
from shop.settlement.commission import current_rules
from shop.settlement.models import CommissionRule, FrozenPrice, Payment
from shop.settlement.showing import before_buying
from tests.factories import make_artisan, make_basket, make_checkout, make_listing, place

Order = get_model("order", "Order")
StockRecord = get_model("partner", "StockRecord")
pytestmark = pytest.mark.usefixtures("rates")


@pytest.fixture
def two_makers():
    uzbek = make_listing(make_artisan("bukhara", country="UZ", currency="UZS"), price="125000")
    azeri = make_listing(
        make_artisan("sheki", country="AZ", currency="AZN"), price="34", title="Kəlağayı", language="az"
    )
    return uzbek, azeri


def test_one_order_over_two_makers_has_a_parcel_for_each(two_makers):
    order = place(*two_makers)
    assert [parcel.partner.name for parcel in order.parcels.all()] == ["Bukhara", "Sheki"]
    assert order.status == "pending payment"


def test_the_order_is_charged_in_one_currency(two_makers):
    order = place(*two_makers)
    # 125000 UZS = 10 USD, 34 AZN = 20 USD; 20 UZS and 20 AZN of shipping within the region
    assert order.currency == "USD"
    assert order.total_incl_tax == Decimal("30.00") + Decimal("0.00") + Decimal("11.76")
    assert order.payments.get().amount == order.total_incl_tax


def test_each_line_keeps_the_makers_price_and_the_rate(two_makers):
    order = place(*two_makers)
    frozen = FrozenPrice.objects.get(line__order=order, currency="AZN")
    assert frozen.unit_price == Decimal("34.00")
    assert frozen.rate == Decimal("0.588235294118")
    assert str(frozen.rate_date) == "2026-11-01"


def test_placing_reserves_the_stock(two_makers):
    place(*two_makers, quantity=2)
    assert set(StockRecord.objects.values_list("num_allocated", flat=True)) == {2}


def test_the_same_attempt_makes_one_order(two_makers):
    checkout = make_checkout(make_basket(*two_makers))
    first, second = placing.place_order(checkout, "sandbox"), placing.place_order(checkout, "sandbox")
    assert first == second
    assert (Order.objects.count(), Payment.objects.count()) == (1, 1)


def test_a_second_window_cannot_order_the_basket_again(two_makers):
    basket = make_basket(*two_makers)
    first, second = make_checkout(basket), make_checkout(basket)
    placing.place_order(first, "sandbox")
    with pytest.raises(placing.BasketEmpty):
        placing.place_order(second, "sandbox")


def test_more_than_is_left_is_refused_and_nothing_is_written():
    product = make_listing(stock=2)
    basket = make_basket(product, quantity=2)
    checkout = make_checkout(basket)
    StockRecord.objects.update(num_in_stock=1)
    with pytest.raises(placing.SoldOut) as sold_out:
        placing.place_order(checkout, "sandbox")
    assert list(sold_out.value.left.values()) == [1]
    assert not Order.objects.exists()


def test_a_price_changed_meanwhile_is_confirmed_again():
    product = make_listing()
    checkout = make_checkout(make_basket(product))
    StockRecord.objects.update(price=Decimal("130000"))
    with pytest.raises(placing.QuoteChanged):
        placing.place_order(checkout, "sandbox")


def test_a_rate_changed_meanwhile_is_confirmed_again():
    from shop.currency.models import Rate

    checkout = make_checkout(make_basket(make_listing()))
    Rate.objects.filter(currency="UZS").update(per_usd=12000)
    with pytest.raises(placing.QuoteChanged):
        placing.place_order(checkout, "sandbox")


def test_a_maker_who_does_not_send_there_is_named():
    maker = make_artisan("home-only", world=False)
    checkout = make_checkout(make_basket(make_listing(maker)), country="DE")
    with pytest.raises(placing.DoesNotShip) as refused:
        placing.place_order(checkout, "sandbox")
    assert [partner.name for partner in refused.value.partners] == ["Home Only"]


def test_a_suspended_listing_cannot_be_ordered():
    product = make_listing()
    checkout = make_checkout(make_basket(product))
    product.is_public = False
    product.save()
    with pytest.raises(placing.SoldOut):
        placing.place_order(checkout, "sandbox")


def test_a_suspended_makers_piece_cannot_be_ordered():
    maker = make_artisan()
    checkout = make_checkout(make_basket(make_listing(maker)))
    maker.status = maker.SUSPENDED
    maker.save()
    with pytest.raises(placing.SoldOut) as refused:
        placing.place_order(checkout, "sandbox")
    assert list(refused.value.left.values()) == [0]


def test_acceptance_of_the_terms_is_kept(two_makers, settings):
    sale = place(*two_makers).sale
    assert sale.terms_version == settings.TERMS_VERSION
    assert sale.terms_accepted_at


def test_what_the_shopper_saw_covers_shipping(two_makers):
    checkout = make_checkout(make_basket(*two_makers))
    with pytest.raises(placing.QuoteChanged):
        placing.place_order(replace(checkout, quote="0" * 32), "sandbox")


def test_nothing_is_sold_by_a_commission_rule_whose_rate_is_too_old(settings):
    """The shopper is told as of any rate that is too old, and the listing shows no split."""
    product, today = make_listing(), timezone.localdate()
    CommissionRule.objects.create(since="2020-01-01", percent=10, minimum=1, currency="EUR")
    Rate.objects.update(date=today)
    checkout = make_checkout(make_basket(product))
    settings.RATE_MAX_DAYS = 30
    Rate.objects.filter(currency="EUR").update(date=today - timedelta(days=31))
    with pytest.raises(RateStale):
        placing.place_order(checkout, "sandbox")
    assert not Order.objects.exists() and not Payment.objects.exists()
    record = product.stockrecords.get()
    assert before_buying(record, "", record.price, None, "USD", read_rates(), current_rules()) is None
