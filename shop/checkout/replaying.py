"""Handling stored webhooks again: after a mistake of ours was mended, or a gateway was away for long."""

from datetime import datetime

from django.db.models import Q

from shop.checkout.events import handle_event
from shop.settlement.models import WebhookEvent


def replay(
    since: datetime | None = None, kind: str = "", event_id: str = "", *, handled_too: bool = False
) -> tuple[int, list[tuple[WebhookEvent, str]]]:
    """Handles the events that are meant, oldest first. How many went well, and the others with the reason of each."""
    meant = WebhookEvent.objects.all() if handled_too else WebhookEvent.objects.filter(handled=None)
    if since:
        meant = meant.filter(received__gte=since)
    if kind:
        meant = meant.filter(Q(kind=kind) | Q(kind__startswith=f"{kind}."))
    if event_id:
        meant = meant.filter(event_id=event_id)
    done, failed = 0, []
    for event in meant.order_by("received", "pk"):
        try:
            handle_event(event)
        except Exception as error:  # whatever a gateway may say; the rest is handled all the same
            failed.append((event, f"{type(error).__name__}: {error}"))
        else:
            done += 1
    return done, failed
