"""The demo's gateway: speaks to the pretend provider (`shop.sandbox`) as a real gateway speaks to a real one."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.conf import settings

from shop.checkout import signing
from shop.checkout.gateway import (
    PAID,
    PAYMENT,
    BadSignature,
    ChargeFacts,
    DisputeFacts,
    Event,
    GatewayLine,
    Outcome,
    PaymentPage,
    RefundFacts,
    Refused,
)
from shop.checkout.stripe_reading import BalanceTransaction
from shop.sandbox import afterwards, provider
from shop.sandbox.models import SandboxDispute, SandboxRefund, SandboxSession

KINDS = {"payment.paid": "paid", "payment.failed": "failed", "payment.expired": "expired"}


class SandboxGateway:
    code = "sandbox"

    def open_page(
        self, payment, *, email: str, language: str, return_url: str, cancel_url: str, expires: datetime
    ) -> PaymentPage:
        session = provider.open_session(
            key=payment.key,
            order_number=payment.order.number,
            amount=payment.amount,
            currency=payment.currency,
            language=language,
            return_url=return_url,
            cancel_url=cancel_url,
            expires=expires,
        )
        return PaymentPage(session.reference, provider.page_url(session))

    def look_up(self, payment) -> Outcome:
        session = provider.find(key=payment.key)
        return _outcome(session) if session else Outcome("open")

    def expire(self, payment) -> Outcome:
        session = provider.expire(key=payment.key)
        return _outcome(session) if session else Outcome("expired")

    def look_up_charge(self, payment) -> ChargeFacts | None:
        session = provider.find(key=payment.key)
        booking = afterwards.booking_of(session) if session else None
        if session is None or booking is None:
            return None
        return ChargeFacts(
            reference=session.reference,
            balance_reference=f"txn_{session.reference}",
            amount=booking.amount,
            fee=booking.fee,
            net=booking.amount - booking.fee,
            currency=afterwards.BALANCE,
            rate=booking.rate,
        )

    def refund(self, refund) -> RefundFacts:
        try:
            return _refund_facts(afterwards.refund(refund.payment.key, refund.key, refund.amount))
        except afterwards.Declined as declined:
            raise Refused(str(declined)) from declined

    def look_up_refund(self, reference: str) -> RefundFacts:
        made = SandboxRefund.objects.select_related("session").filter(reference=reference).first()
        if made is None:
            raise Refused("refund_not_found")
        return _refund_facts(made)

    def list_refunds(self, payment) -> list[RefundFacts]:
        made = SandboxRefund.objects.select_related("session").filter(session__key=payment.key)
        return [_refund_facts(refund) for refund in made]

    def look_up_dispute(self, reference: str) -> DisputeFacts:
        made = SandboxDispute.objects.select_related("session").filter(reference=reference).first()
        if made is None:
            raise Refused("dispute_not_found")
        return _dispute_facts(made)

    def upload_evidence(self, name: str, picture: bytes, key: str) -> str:
        return afterwards.keep_file(name, picture, key).reference

    def submit_evidence(self, reference: str, evidence: Mapping[str, str], key: str) -> DisputeFacts:
        return _dispute_facts(afterwards.answer(reference, dict(evidence)))

    def read_event(self, body: bytes, headers) -> Event:
        signing.verify(body, headers.get("X-Karvan-Signature", ""), settings.SANDBOX_WEBHOOK_SECRET)
        try:
            data = json.loads(body)
            status = KINDS.get(data["type"])
            outcome = Outcome(status, data.get("reason", "")) if status else None
            about = data.get("about", PAYMENT)
            return Event(data["id"], data["type"], data["reference"], outcome, data, about, data.get("key", ""))
        except (ValueError, KeyError, TypeError):
            raise BadSignature("not readable") from None


def _outcome(session: SandboxSession) -> Outcome:
    if afterwards.was_paid(session):
        return Outcome(PAID, "", session.amount, session.currency)
    return Outcome(session.status, session.reason)


def _refund_facts(made: SandboxRefund) -> RefundFacts:
    return RefundFacts(
        reference=made.reference,
        status=made.status,
        reason=made.reason,
        key=made.key,
        payment_key=made.session.key,
        amount=made.amount,
        currency=made.session.currency,
        lines=_lines(afterwards.refund_rows(made)),
    )


def _dispute_facts(made: SandboxDispute) -> DisputeFacts:
    return DisputeFacts(
        reference=made.reference,
        payment_key=made.session.key,
        amount=made.amount,
        currency=made.session.currency,
        reason=made.reason,
        status=made.status,
        due_by=made.due_by,
        lines=_lines(afterwards.dispute_rows(made)),
    )


def _lines(rows: Iterable[BalanceTransaction]) -> tuple[GatewayLine, ...]:
    return tuple(GatewayLine(row.reference, row.amount, row.fee, row.currency) for row in rows)
