"""Stripe's answers and events, as plain dictionaries, read into what a gateway says. Asks nothing, knows no client.

Shapes: https://docs.stripe.com/api, version 2026-10-28.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from shop.checkout.charging import from_minor
from shop.checkout.gateway import (
    CHARGE,
    DISPUTE,
    EXPIRED,
    FAILED,
    OPEN,
    PAID,
    PAYMENT,
    REFUND,
    ChargeFacts,
    DisputeFacts,
    Event,
    GatewayLine,
    Outcome,
    RefundFacts,
)
from shop.settlement.models import Dispute, Refund

_REFUNDS = {
    "pending": Refund.PENDING,
    "requires_action": Refund.PENDING,
    "succeeded": Refund.SUCCEEDED,
    "failed": Refund.FAILED,
    "canceled": Refund.CANCELLED,
}
_DISPUTES = {
    "warning_needs_response": Dispute.INQUIRY,
    "warning_under_review": Dispute.INQUIRY,
    "warning_closed": Dispute.CLOSED,
    "prevented": Dispute.CLOSED,
    "needs_response": Dispute.NEEDS_ANSWER,
    "appeal_needs_response": Dispute.NEEDS_ANSWER,
    "under_review": Dispute.UNDER_REVIEW,
    "appeal_under_review": Dispute.UNDER_REVIEW,
    "won": Dispute.WON,
    "lost": Dispute.LOST,
}
_ABOUT = {
    "checkout.session": PAYMENT,
    "payment_intent": PAYMENT,
    "charge": CHARGE,
    "refund": REFUND,
    "dispute": DISPUTE,
}


@dataclass(frozen=True)
class BalanceTransaction:
    """One booking of the platform's Stripe balance. `amount`, `fee` and `net` are in `currency`, negative when they
    leave; `source` is what caused it (ch_…, re_…, tr_…, po_…, du_…); `payment_key` and `refund_key` are ours where they
    are known.
    """

    reference: str
    kind: str
    category: str
    amount: Decimal
    fee: Decimal
    net: Decimal
    currency: str
    rate: Decimal | None
    source: str
    created: datetime
    available_on: datetime
    description: str
    payment_key: str = ""
    refund_key: str = ""


@dataclass(frozen=True)
class OutboundPayment:
    """A payment of Stripe's Global Payouts. `status`: processing, posted, failed, returned or canceled; `reason`: why
    the last three; `debited` leaves the platform's account, `credited` reaches the recipient, each (amount,
    currency)."""

    reference: str
    status: str
    reason: str
    debited: tuple[Decimal, str]
    credited: tuple[Decimal, str]
    expected: str


@dataclass(frozen=True)
class PayoutFacts:
    """A payout of Stripe's to the platform's own bank (po_…). `status`: pending, in_transit, paid, failed, canceled;
    `amount` is what reaches the bank; `lines`: that it left the balance, and that it came back."""

    reference: str
    status: str
    amount: Decimal
    currency: str
    lines: tuple[GatewayLine, ...]


def id_of(value: Any) -> str:
    """The id of something that may have been sent whole, as its id, or not at all."""
    if isinstance(value, dict):
        return value.get("id", "")
    return value or ""


def session_outcome(session: dict) -> Outcome:
    """How a Checkout session stands. One that is complete but not paid waits for the shopper's bank, or failed
    there."""
    if session["status"] == "expired":
        return Outcome(EXPIRED)
    if session["status"] != "complete":
        return Outcome(OPEN)
    if session["payment_status"] == "paid":
        return Outcome(PAID, "", *_amount(session, "amount_total"))
    intent = session.get("payment_intent")
    if isinstance(intent, dict) and intent.get("status") in ("requires_payment_method", "canceled"):
        return Outcome(FAILED, (intent.get("last_payment_error") or {}).get("code") or intent["status"])
    return Outcome(OPEN)


def charge_facts(session: dict) -> ChargeFacts | None:
    """From a session with its payment intent, latest charge and balance transaction; None while one is not there."""
    found: Any = session
    for step in ("payment_intent", "latest_charge", "balance_transaction"):
        charge, found = found, found.get(step)
        if not isinstance(found, dict):
            return None
    currency = found["currency"].upper()
    return ChargeFacts(
        reference=charge["id"],
        balance_reference=found["id"],
        amount=from_minor(found["amount"], currency),
        fee=from_minor(found["fee"], currency),
        net=from_minor(found["net"], currency),
        currency=currency,
        rate=_rate(found),
    )


def refund_facts(refund: dict) -> RefundFacts:
    """From a refund with its payment intent and its balance transactions."""
    metadata = refund.get("metadata") or {}
    intent = refund.get("payment_intent")
    payment_key = (intent.get("metadata") or {}).get("payment", "") if isinstance(intent, dict) else ""
    amount, currency = _amount(refund, "amount")
    return RefundFacts(
        reference=refund["id"],
        status=_REFUNDS[refund["status"]],
        reason=refund.get("failure_reason") or "",
        key=metadata.get("refund", ""),
        payment_key=metadata.get("payment", "") or payment_key,
        amount=amount,
        currency=currency,
        lines=_lines([refund.get("balance_transaction"), refund.get("failure_balance_transaction")]),
    )


def dispute_facts(dispute: dict) -> DisputeFacts:
    """From a dispute with its payment intent."""
    intent = dispute.get("payment_intent")
    due = (dispute.get("evidence_details") or {}).get("due_by")
    amount, currency = _amount(dispute, "amount")
    return DisputeFacts(
        reference=dispute["id"],
        payment_key=(intent.get("metadata") or {}).get("payment", "") if isinstance(intent, dict) else "",
        amount=amount,
        currency=currency,
        reason=dispute.get("reason") or "",
        status=_DISPUTES[dispute["status"]],
        due_by=datetime.fromtimestamp(due, UTC) if due else None,
        lines=_lines(dispute.get("balance_transactions") or []),
    )


def payout_facts(payout: dict) -> PayoutFacts:
    """From a payout to the platform's bank with its balance transactions."""
    amount, currency = _amount(payout, "amount")
    lines = _lines([payout.get("balance_transaction"), payout.get("failure_balance_transaction")])
    return PayoutFacts(payout["id"], payout["status"], amount, currency, lines)


def _lines(bookings: Iterable[Any]) -> tuple[GatewayLine, ...]:
    """The balance transactions that are there whole; one that is not made yet, or only named, is left out."""
    found = [booking for booking in bookings if isinstance(booking, dict)]
    return tuple(
        GatewayLine(
            booking["id"],
            from_minor(booking["amount"], booking["currency"].upper()),
            from_minor(booking["fee"], booking["currency"].upper()),
            booking["currency"].upper(),
        )
        for booking in found
    )


def balance_transaction(booking: dict) -> BalanceTransaction:
    """From a balance transaction with its source, whole or as its id."""
    source = booking.get("source")
    metadata = (source.get("metadata") or {}) if isinstance(source, dict) else {}
    currency = booking["currency"].upper()
    return BalanceTransaction(
        reference=booking["id"],
        kind=booking["type"],
        category=booking.get("reporting_category") or "",
        amount=from_minor(booking["amount"], currency),
        fee=from_minor(booking["fee"], currency),
        net=from_minor(booking["net"], currency),
        currency=currency,
        rate=_rate(booking),
        source=id_of(source),
        created=datetime.fromtimestamp(booking["created"], UTC),
        available_on=datetime.fromtimestamp(booking["available_on"], UTC),
        description=booking.get("description") or "",
        payment_key=metadata.get("payment", ""),
        refund_key=metadata.get("refund", ""),
    )


def outbound_payment(payment: dict) -> OutboundPayment:
    details = payment.get("status_details") or {}
    reason = next((value.get("reason", "") for value in details.values() if isinstance(value, dict)), "")
    return OutboundPayment(
        reference=payment["id"],
        status=payment["status"],
        reason=reason,
        debited=_money(payment["from"]["debited"]),
        credited=_money(payment["to"]["credited"]),
        expected=payment.get("expected_arrival_date") or "",
    )


def event_of(body: bytes) -> Event:
    """A webhook's event: one with its object in it, or (v2) one that only names it. Raises when it is none."""
    data = json.loads(body)
    if data["object"] == "v2.core.event":
        related = data.get("related_object") or {}
        about = related.get("type") or data["type"]
        return Event(data["id"], data["type"], related.get("id", ""), None, data, about=about)
    thing = data["data"]["object"]
    metadata = thing.get("metadata") or {}
    return Event(
        id=data["id"],
        kind=data["type"],
        reference=thing.get("id") or "",
        outcome=_event_outcome(data["type"], thing),
        payload=data,
        about=_ABOUT.get(thing["object"], thing["object"]),
        key=metadata.get("payment", ""),
        ours="payment" in metadata,
    )


def _event_outcome(kind: str, thing: dict) -> Outcome | None:
    """What an event alone says for good. A card that was declined may be tried again on the same page: nothing."""
    if kind == "payment_intent.succeeded":
        amount, currency = _amount(thing, "amount_received")
        return Outcome(PAID, "", amount, currency)
    if kind == "checkout.session.async_payment_failed":
        return Outcome(FAILED, "async_payment_failed")
    if kind.startswith("checkout.session."):
        outcome = session_outcome(thing)
        return outcome if outcome.status != OPEN else None
    return None


def _amount(thing: dict, name: str) -> tuple[Decimal, str]:
    currency = thing["currency"].upper()
    return from_minor(thing[name], currency), currency


def _money(amount: dict) -> tuple[Decimal, str]:
    currency = amount["currency"].upper()
    return from_minor(amount["value"], currency), currency


def _rate(booking: dict) -> Decimal | None:
    rate = booking.get("exchange_rate")
    return None if rate is None else Decimal(str(rate))
