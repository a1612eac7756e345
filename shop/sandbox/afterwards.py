"""What can happen to a payment after it was made: the provider's fee, refunds, disputes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from shop.checkout.stripe_reading import BalanceTransaction
from shop.currency.rates import RateMissing, read_rates
from shop.outbox.services import enqueue, handles
from shop.sandbox.models import SandboxDispute, SandboxFile, SandboxRefund, SandboxSession
from shop.sandbox.provider import send_event

# What the pretend provider takes of each payment, and the currency it keeps the shop's balance in.
FEE_SHARE, FEE_FIXED, BALANCE = Decimal("0.029"), Decimal("0.30"), "USD"
CENT, ZERO = Decimal("0.01"), Decimal("0.00")
DAYS_TO_ANSWER = 7


class Declined(Exception):
    """The provider does not do that; the text says why."""


@dataclass(frozen=True)
class Booking:
    """A paid session in the provider's books, in BALANCE; `rate`: units of it for one of the session's currency."""

    amount: Decimal
    fee: Decimal
    rate: Decimal | None


def was_paid(session: SandboxSession | None) -> bool:
    return session is not None and session.status in (SandboxSession.PAID, SandboxSession.REFUNDED)


def booking_of(session: SandboxSession) -> Booking | None:
    """What the payment brought and what the provider took; None when it was not paid, or at no rate."""
    if not was_paid(session):
        return None
    rate = None
    if session.currency != BALANCE:
        try:
            rate = read_rates().rate(session.currency, BALANCE)
        except RateMissing:
            return None
    amount = (session.amount * (rate or 1)).quantize(CENT, ROUND_HALF_UP)
    return Booking(amount, (amount * FEE_SHARE + FEE_FIXED).quantize(CENT, ROUND_HALF_UP), rate)


@transaction.atomic
def refund(session_key: str, key: str, amount: Decimal) -> SandboxRefund:
    """Gives back part of a payment. The same key gives back the same refund; Declined when there is not so much left,
    or when this payment's refunds were told to be refused."""
    session = SandboxSession.objects.select_for_update().filter(key=session_key).first()
    known = SandboxRefund.objects.filter(key=key).first()
    if known:
        return known
    if session is None or not was_paid(session):
        raise Declined("charge_not_found")
    if session.refunds_do == SandboxSession.REFUSE:
        raise Declined("refund_refused")
    if amount > session.amount - _refunded(session):
        raise Declined("amount_too_large")
    fails = session.refunds_do == SandboxSession.FAIL
    status = SandboxRefund.PENDING if fails else SandboxRefund.SUCCEEDED
    made = SandboxRefund.objects.create(session=session, key=key, amount=amount, status=status)
    _follow(session)
    send_event("refund.created", session, "refund", made.reference)
    if fails:
        enqueue("sandbox-refund-fails", {"refund": made.pk}, key=made.reference)
    return made


@handles("sandbox-refund-fails")
@transaction.atomic
def fail(payload: dict) -> None:
    """The shopper's bank does not take the money: it is the shop's again."""
    made = SandboxRefund.objects.select_for_update().get(pk=payload["refund"])
    if made.status == SandboxRefund.FAILED:
        return
    made.status, made.reason = SandboxRefund.FAILED, "expired_or_canceled_card"
    made.save()
    _follow(made.session)
    send_event("refund.failed", made.session, "refund", made.reference)


def _refunded(session: SandboxSession) -> Decimal:
    live = session.refunds.exclude(status=SandboxRefund.FAILED)
    return live.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)


def _follow(session: SandboxSession) -> None:
    back = _refunded(session) >= session.amount
    session.status = SandboxSession.REFUNDED if back else SandboxSession.PAID
    session.save(update_fields=["status"])


@transaction.atomic
def dispute(session: SandboxSession, reason: str = "product_not_received") -> SandboxDispute:
    """The shopper's bank takes back what is left of the payment; one dispute at a time."""
    session = SandboxSession.objects.select_for_update().get(pk=session.pk)
    known = session.disputes.filter(status__in=SandboxDispute.OPEN).first()
    if known:
        return known
    left = session.amount - _refunded(session)
    if not was_paid(session) or left <= 0:
        raise Declined("charge_not_found")
    due = timezone.now() + timedelta(days=DAYS_TO_ANSWER)
    made = SandboxDispute.objects.create(session=session, amount=left, reason=reason, due_by=due)
    send_event("dispute.created", session, "dispute", made.reference)
    return made


def keep_file(name: str, content: bytes, key: str) -> SandboxFile:
    """A picture handed in as evidence; the same key is the same file."""
    return SandboxFile.objects.get_or_create(key=key, defaults={"name": name, "content": content})[0]


@transaction.atomic
def answer(reference: str, evidence: dict) -> SandboxDispute:
    """The shop's word on a dispute, taken once; then the bank looks at it."""
    made = SandboxDispute.objects.select_for_update().get(reference=reference)
    if made.status == SandboxDispute.NEEDS_ANSWER:
        made.status, made.evidence = SandboxDispute.UNDER_REVIEW, evidence
        made.save()
        send_event("dispute.updated", made.session, "dispute", made.reference)
    return made


@transaction.atomic
def decide(reference: str, won: bool) -> SandboxDispute:
    """The bank decides, once, for the shop (won) or for the shopper."""
    made = SandboxDispute.objects.select_for_update().get(reference=reference)
    if made.status in SandboxDispute.OPEN:
        made.status = SandboxDispute.WON if won else SandboxDispute.LOST
        made.save()
        send_event("dispute.closed", made.session, "dispute", made.reference)
    return made


def balance_transactions(since: datetime) -> list[BalanceTransaction]:
    """The pretend provider's bookings of its balance since then, as Stripe lists its own; newest first."""
    sessions = SandboxSession.objects.filter(status__in=[SandboxSession.PAID, SandboxSession.REFUNDED])
    rows = [row for session in sessions.filter(created__gte=since) for row in charge_rows(session)]
    for back in SandboxRefund.objects.filter(created__gte=since).select_related("session"):
        rows += refund_rows(back)
    for disputed in SandboxDispute.objects.filter(created__gte=since).select_related("session"):
        rows += dispute_rows(disputed)
    return sorted(rows, key=lambda row: row.created, reverse=True)


def charge_rows(session: SandboxSession) -> list[BalanceTransaction]:
    booking = booking_of(session)
    if booking is None:
        return []
    return [_row(session, session, "charge", booking.amount, booking, fee=booking.fee, payment_key=session.key)]


def refund_rows(back: SandboxRefund) -> list[BalanceTransaction]:
    """It left; and, when it failed, it came back."""
    booking = booking_of(back.session)
    if booking is None:
        return []
    rows = [_row(back, back.session, "refund", -_exchanged(back.amount, booking), booking, refund_key=back.key)]
    if back.status == SandboxRefund.FAILED:
        rows.append(_row(back, back.session, "refund_failure", -rows[0].amount, booking, refund_key=back.key))
    return rows


def dispute_rows(disputed: SandboxDispute) -> list[BalanceTransaction]:
    """It left; and, when it was won, it came back. This provider takes nothing for it."""
    booking = booking_of(disputed.session)
    if booking is None:
        return []
    rows = [_row(disputed, disputed.session, "adjustment", -_exchanged(disputed.amount, booking), booking)]
    if disputed.status == SandboxDispute.WON:
        rows.append(_row(disputed, disputed.session, "adjustment", -rows[0].amount, booking))
    return rows


def _exchanged(amount: Decimal, booking: Booking) -> Decimal:
    return (amount * (booking.rate or 1)).quantize(CENT, ROUND_HALF_UP)


def _row(
    thing: Any, session: SandboxSession, kind: str, amount: Decimal, booking: Booking, fee: Decimal = ZERO, **keys: str
) -> BalanceTransaction:
    came_back = amount > 0 and kind != "charge"
    return BalanceTransaction(
        reference=f"txn_{thing.reference}" + ("_back" if came_back else ""),
        kind=kind,
        category=kind,
        amount=amount,
        fee=fee,
        net=amount - fee,
        currency=BALANCE,
        rate=booking.rate,
        source=thing.reference,
        created=thing.created,
        available_on=thing.created,
        description=session.order_number,
        **keys,
    )
