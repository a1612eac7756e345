"""What happens each minute. Each job stands alone: one that fails does not keep the others from running."""

import logging
from collections.abc import Callable

from shop.outbox.services import deliver_due, forget_delivered

logger = logging.getLogger(__name__)

Job = Callable[..., int]
_first: dict[str, Job] = {}
_messages: dict[str, Job] = {"messages delivered": deliver_due, "messages forgotten": forget_delivered}
_last: dict[str, Job] = {}


def each_minute(name: str, can_wait: bool = False) -> Callable[[Job], Job]:
    """Registers a job of the tick; it returns how many things it did. Money and stock come before the messages, which
    may hang on somebody else's server; what can wait comes after them."""

    def register(job: Job) -> Job:
        (_last if can_wait else _first)[name] = job
        return job

    return register


def jobs() -> dict[str, Job]:
    """All jobs in their order."""
    return {**_first, **_messages, **_last}


def tick() -> dict[str, int]:
    """Runs every job once. Returns what each did; -1 for a job that failed (its reason is in the log)."""
    done = {}
    for name, job in jobs().items():
        try:
            done[name] = job()
        except Exception:
            logger.exception("tick: %s failed", name)
            done[name] = -1
    return done
