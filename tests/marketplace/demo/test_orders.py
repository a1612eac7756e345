"""The demo's orders come about as real ones do."""

import pytest
from oscar.core.loading import get_model

from marketplace.demo import data, orders
from shop.settlement.models import Parcel, Payment, Sale
from tests.factories import make_artisan, make_listing, make_user

Basket = get_model("basket", "Basket")
Review = get_model("reviews", "ProductReview")
StockRecord = get_model("partner", "StockRecord")
pytestmark = pytest.mark.usefixtures("rates")


def plan(key: str, state: str, **extra) -> dict:
    return {
        "key": key, "who": "Anna Becker", "country": "DE", "language": "en", "currency": "EUR", "days_ago": 20,
        "state": state, "lines": ["A-1"], **extra,
    }  # fmt: skip


@pytest.fixture
def seed(settings, monkeypatch):
    settings.PAYMENT_SANDBOX = True
    make_listing(make_artisan(), upc="A-1", stock=9)

    def run(*plans):
        monkeypatch.setattr(data, "orders", lambda: list(plans))
        said = []
        orders.seed_orders(said.append)
        return said

    return run


def test_an_order_comes_as_far_as_planned_and_its_days_lie_back(seed):
    seed(plan("a", "shipped"))
    parcel = Parcel.objects.select_related("order").get()
    assert (parcel.status, parcel.order.status, parcel.delivered_at) == ("shipped", "paid", None)
    assert parcel.order.date_placed < parcel.accepted_at < parcel.shipped_at
    assert Payment.objects.get().status == "paid" and StockRecord.objects.get().num_in_stock == 8


def test_what_arrived_is_rated_in_the_shoppers_words(seed):
    said = seed(plan("a", "delivered", reviews=[{"upc": "A-1", "score": 4, "words": "Fine work."}]))
    review = Review.objects.select_related("product").get()
    assert (review.body, review.status, review.product.rating) == ("Fine work.", Review.APPROVED, 4)
    assert said == ["1 orders, 1 reviews"]


def test_a_few_reviews_wait_for_the_moderator(seed):
    said = seed(plan("a", "delivered", reviews=[{"upc": "A-1", "score": 4, "waits": True, "words": "Fine work."}]))
    assert Review.objects.get().status == Review.FOR_MODERATION
    assert said == ["1 orders, 0 reviews"]


def test_seeding_again_orders_nothing_again(seed):
    seed(plan("a", "paid"))
    seed(plan("a", "paid"), plan("b", "accepted"))
    assert Sale.objects.count() == 2


@pytest.mark.parametrize("state", ["cancelled", "expired"])
def test_an_order_that_ended_gives_its_stock_back_and_leaves_no_full_basket(seed, state):
    user = make_user("shopper@example.org", first_name="Aigerim", last_name="Demo")
    seed(plan("a", state, who=user.email))
    assert Sale.objects.get().order.status == state and not StockRecord.objects.get().num_allocated
    assert not any(basket.lines.exists() for basket in Basket.objects.filter(owner=user, status="Open"))


def test_without_the_sandbox_nothing_is_ordered(seed, settings):
    settings.PAYMENT_SANDBOX = False
    assert seed(plan("a", "paid")) == ["no orders: the sandbox is off"]
