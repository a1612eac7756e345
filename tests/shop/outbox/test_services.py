import pytest
from django.db import transaction

from shop.outbox import services, ticking
from shop.outbox.mail import send_mail
from shop.outbox.models import Message
from tests.live.site import free_port

pytestmark = pytest.mark.django_db


@pytest.fixture
def inbox(monkeypatch):
    received = []
    monkeypatch.setitem(services._handlers, "test", received.append)
    return received


def test_a_message_leaves_after_commit(inbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        services.enqueue("test", {"n": 1})
        assert inbox == []
    assert inbox == [{"n": 1}]


def test_a_message_of_a_rolled_back_change_never_leaves(inbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError), transaction.atomic():
        services.enqueue("test", {})
        raise ZeroDivisionError
    assert (inbox, Message.objects.count()) == ([], 0)


def test_a_message_with_a_key_leaves_once_ever(inbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        services.enqueue("test", {}, key="welcome")
        services.enqueue("test", {}, key="welcome")
    assert len(inbox) == 1


def test_a_failed_message_keeps_its_reason_and_is_tried_again(monkeypatch, inbox):
    message = Message.objects.create(kind="test", payload={})
    monkeypatch.setitem(services._handlers, "test", lambda payload: 1 / 0)
    assert not services.deliver(message.pk)
    message.refresh_from_db()
    assert (message.attempts, "ZeroDivisionError" in message.error, message.due > message.created) == (1, True, True)
    monkeypatch.setitem(services._handlers, "test", inbox.append)
    Message.objects.update(due=message.created)
    assert services.deliver_due() == 1


def test_one_that_nobody_answers_lets_its_kind_wait_and_no_other(monkeypatch, inbox):
    def away(payload):
        raise services.Unreachable("nobody there")

    monkeypatch.setitem(services._handlers, "away", away)
    for kind in ("away", "away", "test"):
        Message.objects.create(kind=kind, payload={})
    assert services.deliver_due() == 1
    assert list(Message.objects.filter(kind="away").values_list("attempts", flat=True)) == [1, 0]


def test_a_mail_server_that_is_away_is_asked_once_each_time(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    for number in range(2):
        send_mail("cash_code", f"{number}@example.org", "en", {})
    services.deliver_due()
    assert list(Message.objects.values_list("attempts", flat=True)) == [1, 0]


def test_what_keeps_money_and_stock_right_comes_before_messages_and_the_rest_after():
    names = list(ticking.jobs())
    before = ["payments asked about", "reservations ended", "parcels' money made available"]
    after = ["indexes compared", "lost indexes rebuilt", "searches counted"]
    at = [names.index(name) for name in (*before, "messages delivered", *after)]
    assert max(at[:3]) < at[3] < min(at[4:])


def test_a_job_that_fails_does_not_stop_the_others(monkeypatch):
    monkeypatch.setattr(ticking, "jobs", lambda: {"bad": lambda: 1 / 0, "good": lambda: 3})
    assert ticking.tick() == {"bad": -1, "good": 3}


def test_delivering_twice_sends_once(inbox):
    message = Message.objects.create(kind="test", payload={})
    services.deliver(message.pk)
    services.deliver(message.pk)
    assert len(inbox) == 1
