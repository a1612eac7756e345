"""Giving money back through the gateway: written down, sent after commit, settled by what the gateway says in the end.

Who may ask for which refund, and what it does to parcels and stock, is not decided here.
"""

import logging
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Sum
from django.utils import timezone

from shop.checkout.gateway import RefundFacts, Refused, get_gateway
from shop.order.mails import tell_of_refund
from shop.outbox.services import enqueue, handles
from shop.settlement import booking
from shop.settlement.booking.sales import NotSold
from shop.settlement.ledger import NotEnough
from shop.settlement.models import Dispute, Payment, Refund, RefundLine

logger = logging.getLogger(__name__)
CENT = Decimal("0.01")
PAID_IN = (Payment.PAID, Payment.REFUND_DUE, Payment.REFUNDED)
# What may follow a status. A refund that had succeeded can still come back: the shopper's bank may refuse it.
_NEXT = {
    Refund.REQUESTED: (Refund.PENDING, Refund.SUCCEEDED, Refund.FAILED, Refund.CANCELLED),
    Refund.PENDING: (Refund.SUCCEEDED, Refund.FAILED, Refund.CANCELLED),
    Refund.SUCCEEDED: (Refund.FAILED, Refund.CANCELLED),
}


class CannotRefund(Exception):
    """This cannot be given back; nothing was written. `.left` is what could be, in the payment's currency."""

    def __init__(self, reason: str, left: Decimal):
        super().__init__(reason)
        self.left = left


def left_to_refund(payment: Payment) -> Decimal:
    """What of a payment has not been given back, is not on its way back and was not lost in a dispute, in the payment's
    currency."""
    if payment.status not in PAID_IN:
        return Decimal("0.00")
    gone = payment.refunds.filter(status__in=Refund.LIVE).aggregate(sum=Sum("amount"))["sum"] or Decimal("0.00")
    lost = payment.disputes.filter(status=Dispute.LOST).aggregate(sum=Sum("amount"))["sum"] or Decimal("0.00")
    return max(payment.amount - gone - lost, Decimal("0.00"))


def in_charged_currency(payment: Payment, amount: Decimal) -> Decimal:
    """`amount` of the order's currency in the payment's, at the rate frozen when the order was placed, rounded half up
    to the cent; all of the order is exactly all of the payment."""
    if amount == payment.order.total_incl_tax:
        return payment.amount
    return (amount * payment.rate).quantize(CENT, ROUND_HALF_UP)


@transaction.atomic
def open_refund(
    payment: Payment,
    amount: Decimal,
    *,
    key: str,
    reason: str,
    lines: Iterable[RefundLine] = (),
    person: Any = None,
) -> Refund:
    """Writes a refund of `amount` (the payment's currency) with its unsaved lines, and sends it after commit.

    The same key gives back the refund it made. CannotRefund for a payment that was not paid, for nothing, for what is
    more precise than a cent, and for more than is left.
    """
    payment = Payment.objects.select_for_update().get(pk=payment.pk)
    known = Refund.objects.filter(key=key).first()
    if known:
        return known
    left = left_to_refund(payment)
    if amount <= 0 or amount != amount.quantize(CENT):
        raise CannotRefund("not an amount", left)
    if amount > left:
        raise CannotRefund("more than is left", left)
    refund = Refund.objects.create(
        order_id=payment.order_id,
        payment=payment,
        key=key,
        amount=amount,
        currency=payment.currency,
        reason=reason,
        requested_by=person,
    )
    for line in lines:
        line.refund = refund
        line.save()
    _try_in_the_books(refund, left)
    enqueue("refund", {"refund": refund.pk}, key=refund.key)
    return refund


def _try_in_the_books(refund: Refund, left: Decimal) -> None:
    """Books it, with every other refund of the order that is still to be sent, and takes that back: what could not be
    booked once the money is gone is not asked for. CannotRefund then, and the caller's transaction is to be rolled back
    (`open_refund` is one)."""
    undo = transaction.savepoint()
    try:
        for waiting in Refund.objects.filter(order=refund.order_id, status=Refund.REQUESTED).order_by("pk"):
            booking.book_refund(waiting)
    except (NotEnough, NotSold) as error:
        raise CannotRefund(str(error), left) from error
    finally:
        transaction.savepoint_rollback(undo)


def return_payment(payment: Payment) -> Refund:
    """Gives a payment back that no order needs (too late, twice), all that is left of it. Inside the caller's
    transaction; a second call finds the first one's refund."""
    return open_refund(payment, payment.amount, key=f"return-{payment.key}", reason=payment.reason)


def strange_payments() -> QuerySet[Payment]:
    """Payments of another amount than was asked for, which nobody has given back yet."""
    live = Refund.objects.filter(payment=OuterRef("pk"), status__in=Refund.LIVE)
    return Payment.objects.filter(~Exists(live), status=Payment.REFUND_DUE, reason=Payment.OTHER_AMOUNT)


@handles("refund")
def send(payload: dict) -> None:
    send_refund(Refund.objects.select_related("payment").get(pk=payload["refund"]))


def send_refund(refund: Refund) -> None:
    """Asks the gateway for the refund, with its own key: asking again is the same refund. GatewayDown may be raised; a
    refusal is written down with its reason and changes nothing else."""
    if refund.status != Refund.REQUESTED:
        return
    try:
        facts = get_gateway(refund.payment.gateway).refund(refund)
    except Refused as refusal:
        logger.warning("refund %s refused: %s", refund.key, refusal)
        facts = RefundFacts(reference="", status=Refund.FAILED, reason=str(refusal))
    settle_refund(refund.pk, facts)


@transaction.atomic
def settle_refund(refund_id: int, facts: RefundFacts) -> str:
    """Writes down what the gateway says of a refund; any number of times, from anywhere. Returns the status afterwards.

    The money counts as gone as soon as the gateway takes the refund on, and as still there when it fails, also later.
    """
    payment_id = Refund.objects.values_list("payment_id", flat=True).get(pk=refund_id)
    payment = Payment.objects.select_for_update().get(pk=payment_id)
    refund = Refund.objects.select_for_update().get(pk=refund_id)
    if facts.reference and not refund.reference:
        refund.reference = facts.reference
        refund.save(update_fields=["reference"])
    for line in facts.lines:
        booking.book_gateway_line(line, refund, -refund.amount if line.amount < 0 else refund.amount)
    if facts.status not in _NEXT.get(refund.status, ()):
        return refund.status
    refund.status, refund.error = facts.status, facts.reason[:300] if facts.status not in Refund.LIVE else ""
    refund.settled_at = timezone.now()
    refund.save()
    if refund.status in Refund.LIVE:
        booking.book_refund(refund, taken_on=True)
        if not facts.lines:
            enqueue("refund-lines", {"refund": refund.pk}, key=refund.key)
    else:
        booking.book_refund_failed(refund)
    _follow(payment)
    tell_of_refund(refund)
    return refund.status


class NotYet(Exception):
    """The gateway's books do not say yet what a refund took; they are asked again later."""


@handles("refund-lines")
def read_lines(payload: dict) -> None:
    """Asks for what the gateway's books say of a refund; GatewayDown may be raised."""
    refund = Refund.objects.select_related("payment").get(pk=payload["refund"])
    facts = get_gateway(refund.payment.gateway).look_up_refund(refund.reference)
    settle_refund(refund.pk, facts)
    if not facts.lines and facts.status in Refund.LIVE:
        raise NotYet(refund.key)


def _follow(payment: Payment) -> None:
    """A payment that was to go back is back when all of it succeeded; it is due again when that failed."""
    if payment.status not in (Payment.REFUND_DUE, Payment.REFUNDED):
        return
    done = payment.refunds.filter(status=Refund.SUCCEEDED).aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    payment.status = Payment.REFUNDED if done >= payment.amount else Payment.REFUND_DUE
    payment.save(update_fields=["status"])


@transaction.atomic
def adopt_refund(payment: Payment, facts: RefundFacts) -> Refund:
    """The refund that the gateway speaks of, settled. One made by hand at the gateway is written down as such, for the
    administrator to say whose it is."""
    payment = Payment.objects.select_for_update().get(pk=payment.pk)
    refund = payment.refunds.filter(key=facts.key).first() if facts.key else None
    refund = refund or payment.refunds.filter(reference=facts.reference).first()
    if refund is None:
        refund = Refund.objects.create(
            order_id=payment.order_id,
            payment=payment,
            key=f"{payment.gateway}-{facts.reference}"[:100],
            amount=facts.amount,
            currency=payment.currency,
            reason="made at the gateway",
            reference=facts.reference,
            by_hand=True,
        )
    settle_refund(refund.pk, facts)
    refund.refresh_from_db()
    return refund
