"""A moderator reads what shoppers say: lets it be shown, or says to the shopper why not."""

import pytest
from django.urls import reverse
from oscar.core.loading import get_model

from shop.accounts.models import AuditLine
from shop.order.links import track_path
from shop.order.rating import rate
from shop.outbox.models import Message
from shop.settlement import parcels
from tests.factories import make_listing, pay, place

pytestmark = [pytest.mark.usefixtures("rates"), pytest.mark.django_db]
Product = get_model("catalogue", "Product")
Review = get_model("reviews", "ProductReview")
PAGE = "moderation:reviews"


@pytest.fixture
def order():
    order = place(make_listing(title="Oy"), language="ru")
    pay(order)
    parcels.ship(order.parcels.get().pk, "Uzpost", "")
    parcels.arrive(order.parcels.get().pk)
    return order


@pytest.fixture
def review(order):
    rate(order, order.lines.get(), 4, "Не блестит")
    return Review.objects.get()


def answer(client, review, **data):
    page = client.get(reverse(PAGE))
    seen = next((one.seen for one in page.context["page"] if one.pk == review.pk), "")
    return client.post(reverse("moderation:review", args=[review.pk]), {"seen": seen, **data}, follow=True)


def test_a_waiting_review_is_shown_with_all_that_it_takes_to_judge_it(client, moderator, review):
    text = client.get(reverse(PAGE)).text
    assert all(part in text for part in ("Oy", "4 of 5 stars", "Не блестит", "Russian", "Aigerim"))


def test_what_is_let_through_is_shown_and_counts(client, moderator, review):
    assert "Others can read it now" in answer(client, review, action="show").text
    assert Product.objects.get().rating == 4 and "Не блестит" in client.get(review.product.get_absolute_url()).text
    assert AuditLine.objects.get(action="review shown").person == moderator
    assert "Не блестит" not in client.get(reverse(PAGE)).text


def test_what_is_refused_is_not_shown_and_the_shopper_hears_why(client, moderator, order, review):
    answer(client, review, action="refuse", reason="It names another shop.")
    review.refresh_from_db()
    assert (review.status, Product.objects.get().rating) == (Review.REJECTED, None)
    mail = Message.objects.get(kind="mail", payload__template="review_refused").payload
    assert (mail["to"], mail["language"]) == (order.email, "ru")
    assert mail["context"]["reason"] == AuditLine.objects.get(action="review refused").detail["reason"]
    page = client.get(track_path(order)).text
    assert "was not let through" in page and 'name="score"' in page


def test_a_refusal_needs_its_reason(client, moderator, review):
    page = answer(client, review, action="refuse", reason=" ")
    assert page.status_code == 422 and "so that the shopper understands" in page.text
    review.refresh_from_db()
    assert review.status == Review.FOR_MODERATION and not Message.objects.filter(kind="mail").filter(
        payload__template="review_refused"
    )


def test_words_changed_while_the_page_stood_open_are_read_again_first(client, moderator, order, review):
    seen = client.get(reverse(PAGE)).context["page"][0].seen
    rate(order, order.lines.get(), 1, "Something else")
    address = reverse("moderation:review", args=[review.pk])
    assert "read it again" in client.post(address, {"seen": seen, "action": "show"}, follow=True).text
    assert Review.objects.get().status == Review.FOR_MODERATION


def test_what_was_shown_can_still_be_taken_down(client, moderator, review):
    answer(client, review, action="show")
    shown = client.get(reverse(PAGE), {"show": "shown"}).context["page"][0]
    address = reverse("moderation:review", args=[review.pk])
    client.post(address, {"seen": shown.seen, "action": "refuse", "reason": "An insult."})
    assert (Review.objects.get().status, Product.objects.get().rating) == (Review.REJECTED, None)


def test_those_with_something_to_do_are_told_of_reviews(client, moderator, review):
    assert f'{reverse(PAGE)}">Reviews to read: 1' in client.get(reverse("moderation:orders"), {"show": "waiting"}).text


def test_a_review_of_no_order_of_ours_can_be_judged_too(client, moderator):
    product = make_listing()
    made = Review.objects.create(product=product, score=5, title="Nice", body="Nice", name="A", email="a@example.org")
    assert "Others can read it now" in answer(client, made, action="show").text


def test_the_list_costs_the_same_for_one_and_for_twenty(client, moderator, order, django_assert_max_num_queries):
    product, line = order.lines.get().product, order.lines.get()
    rate(order, line, 5, "x")
    for number in range(20):
        extra = {"code": f"other-{number}", "name": "A", "email": "a@example.org"}
        Review.objects.create(product=product, score=5, title="Nice", body="Nice", **extra)
    with django_assert_max_num_queries(13):
        client.get(reverse(PAGE))
