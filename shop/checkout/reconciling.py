"""Settling what a crash left. Safe to run at any time, any number of times, beside a serving site."""

from shop.checkout.payments import ask_about_open, expire_due
from shop.outbox.services import deliver_due


def reconcile() -> dict[str, int]:
    """Delivers what is due (stored webhooks among it), asks about open payments, ends reservations that are over."""
    return {
        "messages delivered": deliver_due(),
        "payments settled": ask_about_open(now=True),
        "reservations ended": expire_due(),
    }
