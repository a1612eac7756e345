"""The pretend provider's own rules. Everything it tells the shop goes as a signed HTTP post, never a function call."""

import json
import urllib.request
import uuid

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from shop.outbox.services import enqueue, handles
from shop.sandbox.models import SandboxSession


def open_session(*, key: str, **details) -> SandboxSession:
    """The payment page for this key; the same key gives the same page."""
    return SandboxSession.objects.get_or_create(key=key, defaults=details)[0]


def page_url(session: SandboxSession) -> str:
    return settings.SITE_URL + reverse("sandbox:pay", args=[session.reference])


def find(key: str) -> SandboxSession | None:
    return SandboxSession.objects.filter(key=key).first()


@transaction.atomic
def conclude(reference: str, status: str, reason: str = "", tell: bool = True) -> SandboxSession:
    """Ends an open page as paid, failed or expired, once; what came first stays. `tell` sends the webhook now."""
    session = SandboxSession.objects.select_for_update().get(reference=reference)
    if session.status == SandboxSession.OPEN:
        if status == SandboxSession.PAID and session.expires < timezone.now():
            status = SandboxSession.EXPIRED
        session.status, session.reason = status, reason
        session.save(update_fields=["status", "reason"])
        if tell:
            send_webhook(session)
    return session


def send_webhook(session: SandboxSession) -> None:
    send_event(
        f"payment.{session.status}",
        session,
        "payment",
        session.reference,
        reason=session.reason,
        amount=str(session.amount),
        currency=session.currency,
    )


def send_event(kind: str, session: SandboxSession, about: str, reference: str, **facts: str) -> None:
    """Tells the shop, after commit, that something happened to a payment, or to a refund or dispute of it."""
    event = {"id": f"evt_{uuid.uuid4().hex}", "type": kind, "about": about, "reference": reference, "key": session.key}
    enqueue("sandbox-webhook", {"body": json.dumps({**event, **facts})})


def expire(key: str) -> SandboxSession | None:
    session = find(key)
    return conclude(session.reference, SandboxSession.EXPIRED, tell=False) if session else None


@handles("sandbox-webhook")
def deliver_webhook(payload: dict) -> None:
    """Posts the event to the shop's webhook address, signed now. Anything but 2xx raises, and is tried again."""
    from shop.checkout.signing import sign

    body = payload["body"].encode()
    post(
        settings.SITE_URL + reverse("webhook", args=["sandbox"]),
        body,
        {"Content-Type": "application/json", "X-Karvan-Signature": sign(body, settings.SANDBOX_WEBHOOK_SECRET)},
    )


def post(url: str, body: bytes, headers: dict[str, str]) -> None:
    request = urllib.request.Request(url, data=body, headers=headers, method="POST")
    with urllib.request.urlopen(request, timeout=10):
        pass
