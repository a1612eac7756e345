"""The gateway's own bookings beside ours: what it says it keeps and what the ledger says lies there, line by line."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db.models import Q, Sum

from shop.checkout import stripe
from shop.checkout.stripe_reading import BalanceTransaction
from shop.currency.money import CENT
from shop.sandbox import afterwards
from shop.settlement.booking.gateway import line_key
from shop.settlement.ledger import ZERO
from shop.settlement.models import Account, Dispute, Entry, Payment, Payout, Posting, Refund

MATCHED, DIFFERS, EXCHANGED, MISSING = "matched", "differs", "exchanged", "missing"


@dataclass(frozen=True)
class Row:
    """One booking of the gateway. `booked`: what the ledger moved of the money there for the same cause, in the same
    currency; None where it has nothing, or only in another currency (EXCHANGED)."""

    booking: BalanceTransaction
    about: str
    booked: Decimal | None
    state: str

    @property
    def difference(self) -> Decimal:
        return self.booking.net - (self.booked or ZERO)


def bookings(since: datetime) -> Iterable[BalanceTransaction]:
    """The gateway's bookings since then: Stripe's where it is set up, else the sandbox's. GatewayDown when it does not
    answer."""
    if settings.STRIPE_SECRET_KEY:
        return stripe.list_balance_transactions(since)
    return afterwards.balance_transactions(since) if settings.PAYMENT_SANDBOX else []


def reconcile(since: datetime) -> list[Row]:
    """Every booking since then with what the ledger has of it, newest first."""
    return [_row(booking) for booking in bookings(since)]


def _row(booking: BalanceTransaction) -> Row:
    cause, about = _cause(booking)
    if cause is None:
        return Row(booking, about, None, MISSING)
    moved = dict(
        Posting.objects.filter(cause, account__kind=Account.CASH)
        .order_by()
        .values_list("account__currency")
        .annotate(total=Sum("amount"))
    )
    if booking.currency not in moved:
        return Row(booking, about, None, EXCHANGED if any(moved.values()) else MISSING)
    booked = moved[booking.currency].quantize(CENT)
    return Row(booking, about, booked, MATCHED if booked == booking.net else DIFFERS)


def _cause(booking: BalanceTransaction) -> tuple[Q | None, str]:
    """The entries that this booking should be, and the order or payout it is about."""
    own = Q(entry__key=line_key(booking.reference))
    back = booking.net > 0
    refund = _refund(booking)
    if refund:
        kind = Entry.REFUND_FAILED if back else Entry.REFUND
        return own | _entries("refund", refund.pk, kind), refund.payment.order.number
    if booking.payment_key:
        payment = Payment.objects.filter(key=booking.payment_key).select_related("order").first()
        entries = _entries("payment", payment.pk, Entry.SALE, Entry.FEE, Entry.STRAY) if payment else None
        return entries, payment.order.number if payment else ""
    disputed = Dispute.objects.filter(reference=booking.source).select_related("payment__order").first()
    if disputed:
        kind = Entry.DISPUTE_WON if back else Entry.DISPUTE_OPENED
        return own | _entries("dispute", disputed.pk, kind), disputed.payment.order.number
    payout = Payout.objects.filter(reference=booking.source).first() if booking.source else None
    if payout:
        return _moved(payout.key, back), payout.key
    if booking.source.startswith("trr_"):
        return Q(entry__key=f"payout-taken-back-{booking.source}"), booking.source
    return (_moved(booking.source, back) if booking.kind.startswith("payout") else None), booking.source


def _refund(booking: BalanceTransaction) -> Refund | None:
    """By our own key, or by the gateway's number for one made there by hand."""
    refunds = Refund.objects.select_related("payment__order")
    if booking.refund_key:
        return refunds.filter(key=booking.refund_key).first()
    return refunds.filter(reference=booking.source).first() if booking.source else None


def _entries(cause_type: str, cause_id: int, *kinds: str) -> Q:
    return Q(entry__cause_type=cause_type, entry__cause_id=cause_id, entry__kind__in=kinds)


def _moved(key: str, back: bool) -> Q:
    return Q(entry__key=f"to-bank-{key}-back" if back else f"to-bank-{key}")


def totals(rows: Iterable[Row]) -> dict[str, tuple[Decimal, Decimal]]:
    """By currency: what the gateway moved, and what the ledger did of it."""
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    for row in rows:
        theirs, ours = sums.get(row.booking.currency, (ZERO, ZERO))
        sums[row.booking.currency] = theirs + row.booking.net, ours + (row.booked or ZERO)
    return sums


def to_csv(rows: Iterable[Row]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        ["created", "reference", "kind", "about", "amount", "fee", "net", "currency", "booked", "difference", "state"]
    )
    for row in rows:
        one = row.booking
        booked = "" if row.booked is None else row.booked
        writer.writerow(
            [
                one.created.isoformat(), one.reference, one.kind, row.about, one.amount, one.fee, one.net, one.currency,
                booked, row.difference, row.state,
            ]
        )  # fmt: skip
    return out.getvalue()
