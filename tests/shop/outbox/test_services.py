import pytest
from django.db import transaction

from shop.outbox import services, ticking
from shop.outbox.models import Message

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


def test_a_job_that_fails_does_not_stop_the_others(monkeypatch):
    monkeypatch.setattr(ticking, "_jobs", {"bad": lambda: 1 / 0, "good": lambda: 3})
    assert ticking.tick() == {"bad": -1, "good": 3}


def test_delivering_twice_sends_once(inbox):
    message = Message.objects.create(kind="test", payload={})
    services.deliver(message.pk)
    services.deliver(message.pk)
    assert len(inbox) == 1
