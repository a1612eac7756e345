"""The one door for gateways' messages: believed only when signed, stored once, handled after commit."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from shop.checkout.cards import without_cards
from shop.checkout.events import handle_event
from shop.checkout.gateway import BadSignature, Event, NotSetUp, Outcome, get_gateway
from shop.outbox.services import enqueue, handles
from shop.settlement.models import WebhookEvent

MAX_BODY = 256 * 1024


@csrf_exempt
@require_POST
def webhook(request: HttpRequest, gateway: str) -> HttpResponse:
    """200 once the event is stored (again: 200, nothing stored); 400 for what is forged, old or unreadable."""
    try:
        reader = get_gateway(gateway)
    except NotSetUp:
        raise Http404 from None
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY:
        return HttpResponseBadRequest("too large")
    try:
        event = reader.read_event(request.body, request.headers)
    except BadSignature:
        return HttpResponseBadRequest("bad signature")
    store(gateway, event)
    return HttpResponse("ok")


@transaction.atomic
def store(gateway: str, event: Event) -> None:
    """Writes the event down once, without anything in it that looks like a card's number, to be handled after
    commit."""
    stored, created = WebhookEvent.objects.get_or_create(
        gateway=gateway,
        event_id=event.id,
        defaults={
            "kind": event.kind,
            "payload": {
                "about": event.about,
                "reference": event.reference,
                "key": event.key,
                "ours": event.ours,
                "outcome": _stored(event.outcome),
                "event": without_cards(event.payload),
            },
        },
    )
    if created:
        enqueue("webhook", {"event": stored.pk}, key=f"{gateway}-{event.id}"[:120])


def _stored(outcome: Outcome | None) -> list | None:
    if outcome is None:
        return None
    amount = None if outcome.amount is None else str(outcome.amount)
    return [outcome.status, outcome.reason, amount, outcome.currency]


@handles("webhook")
def handle(payload: dict) -> None:
    """Does what the event asks for. A payment that we do not know yet raises, and is tried again."""
    event = WebhookEvent.objects.get(pk=payload["event"])
    if not event.handled:
        handle_event(event)
