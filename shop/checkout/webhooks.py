"""The one door for gateways' messages: believed only when signed, stored once, handled after commit."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from shop.checkout.gateway import BadSignature, Event, NotSetUp, Outcome, get_gateway
from shop.checkout.payments import settle
from shop.outbox.services import enqueue, handles
from shop.settlement.models import Payment, WebhookEvent

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
    outcome = [event.outcome.status, event.outcome.reason] if event.outcome else None
    stored, created = WebhookEvent.objects.get_or_create(
        gateway=gateway,
        event_id=event.id,
        defaults={
            "kind": event.kind,
            "payload": {"reference": event.reference, "outcome": outcome, "event": event.payload},
        },
    )
    if created:
        enqueue("webhook", {"event": stored.pk}, key=f"{gateway}-{event.id}"[:120])


@handles("webhook")
def handle(payload: dict) -> None:
    """Settles the payment that the event is about. A payment we do not know yet raises, and is tried again."""
    event = WebhookEvent.objects.get(pk=payload["event"])
    if event.handled:
        return
    if event.payload["outcome"]:
        payment = Payment.objects.get(gateway=event.gateway, reference=event.payload["reference"])
        settle(payment.pk, Outcome(*event.payload["outcome"]))
    WebhookEvent.objects.filter(pk=event.pk).update(handled=timezone.now())
