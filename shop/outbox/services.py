"""The outbox: written in the transaction that causes it, delivered after commit, tried again until it succeeds."""

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from shop.outbox.models import Message

logger = logging.getLogger(__name__)

Handler = Callable[[dict], None]
_handlers: dict[str, Handler] = {}

# Waiting after the first, second, … failure; the last one repeats.
BACKOFF = [timedelta(minutes=m) for m in (1, 2, 5, 15, 60, 360)]
GIVE_UP_AFTER = 30


class Unreachable(Exception):
    """Whoever takes messages of this kind does not answer: the others of the kind would only wait for it too."""


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Registers the function that delivers messages of this kind. It may be called twice for one message."""

    def register(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return register


def enqueue(kind: str, payload: dict, key: str = "") -> None:
    """Writes a message and delivers it after commit; with a `key`, only once ever."""
    if key:
        message, created = Message.objects.get_or_create(kind=kind, key=key, defaults={"payload": payload})
        if not created:
            return
    else:
        message = Message.objects.create(kind=kind, payload=payload)
    transaction.on_commit(partial(_hand_over, message.pk), robust=True)


def _hand_over(pk: int) -> None:
    deliver_task.enqueue(pk)


@task()
def deliver_task(pk: int) -> None:
    deliver(pk)


def deliver(pk: int) -> bool:
    """Delivers one message; True when it is done. A failure is kept with its reason and a later time."""
    return _try(pk) is None


def _try(pk: int) -> Exception | None:
    """Delivers one message; returns what kept it from being done."""
    message = Message.objects.filter(pk=pk, done__isnull=True).first()
    if message is None:
        return None
    try:
        _handlers[message.kind](message.payload)
    except Exception as error:  # whatever a mail server or an index may raise
        logger.warning("outbox: %s failed (attempt %s): %s", message, message.attempts + 1, error)
        wait = BACKOFF[min(message.attempts, len(BACKOFF) - 1)]
        Message.objects.filter(pk=pk).update(
            attempts=message.attempts + 1, due=timezone.now() + wait, error=f"{type(error).__name__}: {error}"[:2000]
        )
        return error
    Message.objects.filter(pk=pk).update(done=timezone.now(), error="")
    return None


def deliver_due(limit: int = 500) -> int:
    """Tries every message whose time has come, oldest first, but none of a kind that just met Unreachable: it is still
    due next time. Returns how many were delivered."""
    due = Message.objects.filter(done__isnull=True, due__lte=timezone.now(), attempts__lt=GIVE_UP_AFTER)
    done, waiting = 0, set()
    for pk, kind in list(due.values_list("pk", "kind")[:limit]):
        if kind in waiting:
            continue
        error = _try(pk)
        done += error is None
        if isinstance(error, Unreachable):
            waiting.add(kind)
    return done


def forget_delivered(older_than: timedelta = timedelta(days=30)) -> int:
    """Deletes what was delivered long ago; mails hold addresses, which are kept no longer than they serve."""
    return Message.objects.filter(done__lt=timezone.now() - older_than).delete()[0]
