"""What happens each minute. Each job stands alone: one that fails does not keep the others from running."""

import logging
from collections.abc import Callable

from shop.outbox.services import deliver_due, forget_delivered

logger = logging.getLogger(__name__)

Job = Callable[..., int]
_jobs: dict[str, Job] = {"messages delivered": deliver_due, "messages forgotten": forget_delivered}


def each_minute(name: str) -> Callable[[Job], Job]:
    """Registers a job of the tick; it returns how many things it did."""

    def register(job: Job) -> Job:
        _jobs[name] = job
        return job

    return register


def tick() -> dict[str, int]:
    """Runs every job once. Returns what each did; -1 for a job that failed (its reason is in the log)."""
    done = {}
    for name, job in _jobs.items():
        try:
            done[name] = job()
        except Exception:
            logger.exception("tick: %s failed", name)
            done[name] = -1
    return done
