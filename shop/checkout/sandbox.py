"""The demo's gateway: speaks to the pretend provider (`shop.sandbox`) as a real gateway speaks to a real one."""

import json
from datetime import datetime

from django.conf import settings

from shop.checkout import signing
from shop.checkout.gateway import BadSignature, Event, Outcome, PaymentPage
from shop.sandbox import provider

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
        return Outcome(session.status, session.reason) if session else Outcome("open")

    def expire(self, payment) -> Outcome:
        session = provider.expire(key=payment.key)
        return Outcome(session.status, session.reason) if session else Outcome("expired")

    def refund(self, payment) -> None:
        provider.refund(key=payment.key)

    def read_event(self, body: bytes, headers) -> Event:
        signing.verify(body, headers.get("X-Karvan-Signature", ""), settings.SANDBOX_WEBHOOK_SECRET)
        try:
            data = json.loads(body)
            status = KINDS.get(data["type"])
            outcome = Outcome(status, data.get("reason", "")) if status else None
            return Event(data["id"], data["type"], data["reference"], outcome, data)
        except (ValueError, KeyError, TypeError):
            raise BadSignature("not readable") from None
