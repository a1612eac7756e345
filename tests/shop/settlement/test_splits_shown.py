"""The honest split: before buying, on the order, and on the maker's parcel; the same numbers each time."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shop.order.links import track_path
from shop.settlement import booking
from shop.settlement.models import CommissionRule, ParcelSplit, VatRate
from tests.factories import make_artisan, make_listing, make_user, pay, place
from tests.shop.settlement.money import refund_of

pytestmark = [pytest.mark.usefixtures("rates"), pytest.mark.django_db]


@pytest.fixture
def user():
    return make_user()


@pytest.fixture
def product(user):
    VatRate.objects.update(percent=20)
    maker = make_artisan("one", country="KZ", currency="KZT", user=user)
    return make_listing(maker, price="50000")


def listing_page(client, product, **extra):
    client.cookies["currency"] = "KZT"
    return client.get(product.get_absolute_url(), **extra)


def test_the_listing_says_what_will_be_frozen(client, product):
    shown = listing_page(client, product).context["split"]
    order = place(product, currency="KZT")
    split = ParcelSplit.objects.get(parcel__order=order)
    assert (shown.maker, shown.platform, shown.vat) == (Decimal(44000), Decimal(6000), Decimal(1000))
    assert shown.platform == split.commission + split.vat
    assert shown.maker + shown.shipping == split.net


def test_the_listing_shows_it_in_the_shoppers_currency_and_the_makers(client, product):
    page = client.get("/en" + product.get_absolute_url().removeprefix("/en"))
    shown = page.context["split"]
    assert (shown.currency, shown.maker, shown.platform) == ("USD", Decimal("88.00"), Decimal("12.00"))
    assert "The maker is owed ₸44,000, 88 % of the price" in page.content.decode()


def test_a_listing_without_a_rule_says_nothing_of_it(client, product):
    CommissionRule.objects.all().delete()
    page = listing_page(client, product)
    assert page.status_code == 200 and page.context["split"] is None


def test_a_later_rule_does_not_change_what_was_sold(client, product):
    order = place(product)
    CommissionRule.objects.update(percent=50)
    pay(order)
    page = client.get(track_path(order))
    assert page.context["parcels"][0].shown_split.platform == Decimal("6000.00")
    assert "Where the money for this parcel goes" in page.content.decode()


def test_the_order_says_what_was_taken_back(client, product):
    order = place(product)
    pay(order)
    booking.book_refund(refund_of(order, (1, "50.00", "0")))
    text = client.get(track_path(order)).content.decode()
    assert "Taken back since, by refunds or a dispute: ₸22,000" in text


def test_the_maker_sees_commission_vat_and_what_is_theirs(client, user, product):
    order = place(product)
    pay(order)
    client.force_login(user)
    page = client.get(f"/en/studio/parcels/{order.parcels.get().pk}/")
    text = page.content.decode()
    assert page.context["total"] == Decimal("44010.00")
    assert "−₸5,000" in text and "−₸1,000" in text
    assert "or 45 days after you sent it" in text


def test_the_order_page_asks_no_more_for_more_parcels(client):
    def queries(*names):
        order = place(*[make_listing(make_artisan(name)) for name in names])
        pay(order)
        client.get(track_path(order))
        with CaptureQueriesContext(connection) as asked:
            client.get(track_path(order))
        return len(asked)

    assert queries("one") == queries("two", "three", "four")
