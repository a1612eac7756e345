"""What a gateway's message makes happen. Each may come any number of times, in any order, late.

A message about a payment may settle it by itself: paid is paid. Of anything that can go forth and back (a refund, a
dispute) a message only says that something happened; how it stands is asked.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from shop.checkout.fees import read_later
from shop.checkout.gateway import CHARGE, DISPUTE, PAYMENT, REFUND, Outcome, get_gateway
from shop.checkout.payments import ask, settle
from shop.settlement.cancelling import call_off_given_back
from shop.settlement.disputing import settle_dispute
from shop.settlement.models import GatewayRecord, Payment, WebhookEvent
from shop.settlement.refunding import PAID_IN, adopt_refund

Listener = Callable[[WebhookEvent], None]
_listeners: dict[str, list[Listener]] = {}


def listens_to(about: str) -> Callable[[Listener], Listener]:
    """Registers what happens after a message about something else than a payment (`payout`, `transfer`, `account`,
    `v2.money_management.outbound_payment` …) was written down. It may be called any number of times for one message."""

    def register(listener: Listener) -> Listener:
        _listeners.setdefault(about, []).append(listener)
        return listener

    return register


class NotKnownYet(Exception):
    """The message is about a payment of ours that we have not stored yet: it is tried again."""


def act(event: WebhookEvent) -> None:
    """Does what the message asks for. Whatever it raises is kept with the message, which is tried again."""
    about = event.payload.get("about", PAYMENT)
    if about == PAYMENT:
        _settle_payment(event)
    elif about == CHARGE:
        _follow_charge(event)
    elif about == REFUND:
        facts = get_gateway(event.gateway).look_up_refund(event.payload["reference"])
        payment = Payment.objects.filter(key=facts.payment_key).first()
        if payment:
            _paid_first(payment)
            adopt_refund(payment, facts)
            call_off_given_back(payment.order)
    elif about == DISPUTE:
        disputed = get_gateway(event.gateway).look_up_dispute(event.payload["reference"])
        _paid_first(Payment.objects.filter(key=disputed.payment_key).first())
        settle_dispute(disputed)
    elif event.payload["reference"]:
        _write_down(event, about)
        for listener in _listeners.get(about, []):
            listener(event)


def _paid_first(payment: Payment | None) -> None:
    """What is given back or disputed was paid, even if the message that says so is still under way."""
    if payment and payment.status not in PAID_IN:
        ask(payment)


def _payment_of(event: WebhookEvent) -> Payment | None:
    """The payment by our own key, or by the gateway's number. None for one that is not ours: others may use the same
    account at the gateway."""
    payments = Payment.objects.filter(gateway=event.gateway)
    if event.payload.get("key"):
        return payments.filter(key=event.payload["key"]).first()
    return payments.filter(reference=event.payload["reference"]).first()


def _settle_payment(event: WebhookEvent) -> None:
    if not event.payload["outcome"]:
        return
    payment = _payment_of(event)
    if payment:
        settle(payment.pk, outcome_of(event.payload["outcome"]))
    elif event.payload.get("ours", True):
        raise NotKnownYet(event.payload["reference"])


def outcome_of(stored: list) -> Outcome:
    """[status, reason] or [status, reason, amount, currency] as it was stored."""
    status, reason, amount, currency = [*stored, None, ""][:4]
    return Outcome(status, reason, None if amount is None else Decimal(amount), currency)


def _follow_charge(event: WebhookEvent) -> None:
    payment = _payment_of(event)
    if payment is None or payment.status not in PAID_IN:
        return
    if event.kind == "charge.refunded":
        for facts in get_gateway(event.gateway).list_refunds(payment):
            adopt_refund(payment, facts)
        call_off_given_back(payment.order)
    read_later(payment)


@transaction.atomic
def _write_down(event: WebhookEvent, about: str) -> None:
    """Keeps what was said last of a payout, a transfer or an account."""
    thing = event.payload["event"]
    happened = _when(thing.get("created")) or event.received
    facts = (thing.get("data") or {}).get("object") or {}
    record, created = GatewayRecord.objects.select_for_update().get_or_create(
        gateway=event.gateway,
        about=about[:40],
        reference=event.payload["reference"],
        defaults={"kind": event.kind, "facts": facts, "happened": happened},
    )
    if not created and record.happened <= happened:
        record.kind, record.facts, record.happened = event.kind, facts, happened
        record.save()


def _when(created) -> datetime | None:
    """Stripe's v1 counts seconds, its v2 writes ISO 8601."""
    if isinstance(created, int):
        return datetime.fromtimestamp(created, UTC)
    return datetime.fromisoformat(created) if created else None


def handle_event(event: WebhookEvent) -> None:
    """Acts, and says so on the message; what it raises is kept there and raised again."""
    try:
        act(event)
    except Exception as error:
        WebhookEvent.objects.filter(pk=event.pk).update(error=f"{type(error).__name__}: {error}"[:2000])
        raise
    WebhookEvent.objects.filter(pk=event.pk).update(handled=timezone.now(), error="")
