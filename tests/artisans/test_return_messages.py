"""Shopper, maker and moderator write to each other about a return: each on a page of their own, nobody else."""

import pytest
from django.core import mail
from django.urls import reverse

from shop.order.links import order_token, return_path
from shop.settlement import evidence, parcels, return_messages
from shop.settlement.models import Dispute, Return, ReturnMessage
from shop.settlement.returns import request_return
from tests.factories import make_artisan, make_listing, make_moderator, make_user, pay, place

pytestmark = [pytest.mark.usefixtures("rates"), pytest.mark.django_db]
CARD = "4242 4242 4242 4242"


@pytest.fixture
def maker():
    return make_user("maker@example.org")


@pytest.fixture
def returned(maker):
    order = place(make_listing(make_artisan("one", user=maker)))
    pay(order)
    parcel = order.parcels.get()
    parcels.ship(parcel.pk, "Post", "")
    parcels.arrive(parcel.pk)
    return request_return(parcel.pk, {order.lines.get().pk: 1}, Return.DAMAGED, "A crack.")


@pytest.fixture
def moderator():
    return make_moderator()


@pytest.fixture
def pages(returned):
    """Where each reads, and where each writes."""
    own = return_path(returned.parcel.order, returned.pk)
    studio, desk = (reverse(f"{name}:return", args=[returned.pk]) for name in ("studio", "moderation"))
    return {"shopper": (own, own), "maker": (studio, f"{studio}message/"), "moderator": (desk, f"{desk}message/")}


@pytest.fixture
def say(client, pages, maker, moderator, django_capture_on_commit_callbacks):
    """Sends what somebody writes; the answer, and who got a mail of it."""

    def send(who: str, words: str):
        client.logout()
        if who != "shopper":
            client.force_login({"maker": maker, "moderator": moderator}[who])
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(pages[who][1], {"words": words}, follow=True)
        return answer, sorted(one.to[0] for one in mail.outbox)

    return send


def test_each_side_is_told_by_mail_and_reads_it_on_a_page_of_its_own(client, say, pages, returned):
    guest = returned.parcel.order.email
    told = {who: say(who, f"It is {who} who writes.")[1] for who in ("shopper", "maker", "moderator")}
    assert told == {
        "shopper": ["maker@example.org"],
        "maker": [guest],
        "moderator": sorted([guest, "maker@example.org"]),
    }
    for who in told:
        page = say(who, f"It is {who} who writes.")[0].text
        assert all(f"It is {other} who writes." in page for other in told)
    assert pages["maker"][0] in next(one for one in mail.outbox if "maker" in one.to[0]).body


def test_the_same_words_sent_twice_are_one_message(say):
    say("shopper", "Hello?")
    assert say("shopper", "Hello?")[1] == [] and ReturnMessage.objects.count() == 1


def test_who_writes_too_much_waits_and_keeps_what_was_typed(say, monkeypatch):
    monkeypatch.setattr(return_messages, "MOST_A_DAY", 2)
    for words in ("One", "Two"):
        say("shopper", words)
    answer, told = say("shopper", "Three")
    assert (answer.status_code, told) == (422, []) and "enough for one day" in answer.text and "Three" in answer.text
    assert say("maker", "An answer is not counted against the shopper.")[0].status_code == 200


@pytest.mark.parametrize("words", ["", " ", "a" * 2001, f"My card is {CARD}"], ids=["none", "blank", "long", "card"])
def test_nothing_too_long_and_no_card_is_kept(say, words):
    for who in ("shopper", "maker", "moderator"):
        answer, told = say(who, words)
        assert (answer.status_code, told) == (422, []) and CARD not in answer.text
    assert not ReturnMessage.objects.exists()


def test_a_stranger_finds_nothing(client, returned, pages):
    other = place(make_listing())
    wrong = [
        reverse("orders:returned", args=[returned.parcel.order.number, "0" * 32, returned.pk]),
        reverse("orders:returned", args=[other.number, order_token(other.number), returned.pk]),
    ]
    make_artisan("two", user=make_user("stranger@example.org"))
    client.force_login(make_user("somebody@example.org"))
    wrong += [*pages["moderator"], *pages["maker"]]
    assert {client.post(page, {"words": "Hello"}).status_code for page in wrong} <= {404, 405}
    assert not ReturnMessage.objects.exists()


def test_what_was_written_is_evidence(say, returned):
    say("shopper", "It arrived broken.")
    say("maker", "It was whole when it left.")
    payment = returned.parcel.order.payments.get()
    dispute = Dispute.objects.create(payment=payment, reference="dp_1", amount=1, currency="USD", status="needs answer")
    told = evidence.draft(dispute)["uncategorized_text"]
    assert told.index("It arrived broken.") < told.index("It was whole when it left.")
