"""The gateway's own bookings beside ours: what it says it keeps and what the ledger says lies there, line by line."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from shop.checkout import stripe
from shop.checkout.stripe_reading import BalanceTransaction
from shop.currency.money import CENT
from shop.sandbox import afterwards
from shop.settlement.booking.gateway import line_key
from shop.settlement.ledger import ZERO
from shop.settlement.models import Account, Dispute, Entry, Payment, Payout, Posting, Refund

# What a booking is, by the types of Stripe's balance transactions; others are shown as they came.
KINDS = {
    "adjustment": _("adjustment"),
    "charge": _("payment"),
    "payment": _("payment"),
    "payout": _("payout"),
    "refund": _("refund"),
    "payment_refund": _("refund"),
    "stripe_fee": _("gateway fee"),
    "transfer": _("transfer to a maker"),
}
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
    def kind(self) -> str:
        return str(KINDS.get(self.booking.kind, self.booking.kind))

    @property
    def difference(self) -> Decimal:
        return self.booking.net - (self.booked or ZERO)


def bookings(since: datetime) -> Iterable[BalanceTransaction]:
    """The gateway's bookings since then: Stripe's where it is set up, else the sandbox's. GatewayDown when it does not
    answer."""
    if settings.STRIPE_SECRET_KEY:
        return stripe.list_balance_transactions(since)
    return afterwards.balance_transactions(since) if settings.PAYMENT_SANDBOX else []


# An entry that a booking should be: by its key, or by what caused it (its kind, its id, the entry's kind).
_Entry = str | tuple[str, int, str]


def reconcile(since: datetime) -> list[Row]:
    """Every booking since then with what the ledger has of it, newest first. Asks the database as often for many as for
    one."""
    found = list(bookings(since))
    causes = _Causes(found)
    wanted = [causes.of(booking) for booking in found]
    moved = _Moved({entry for entries, _about in wanted for entry in entries})
    return [_row(booking, about, moved.by(entries)) for booking, (entries, about) in zip(found, wanted, strict=True)]


def _row(booking: BalanceTransaction, about: str, moved: dict[str, Decimal]) -> Row:
    if booking.currency not in moved:
        return Row(booking, about, None, EXCHANGED if any(moved.values()) else MISSING)
    booked = moved[booking.currency].quantize(CENT)
    return Row(booking, about, booked, MATCHED if booked == booking.net else DIFFERS)


class _Causes:
    """Which entries each of these bookings should be, and the order or payout it is about."""

    PAID = (Entry.SALE, Entry.FEE, Entry.STRAY)

    def __init__(self, found: list[BalanceTransaction]):
        sources = {one.source for one in found if one.source}
        refunds = Refund.objects.filter(Q(key__in={one.refund_key for one in found}) | Q(reference__in=sources))
        payments = Payment.objects.filter(key__in={one.payment_key for one in found if one.payment_key})
        disputes = Dispute.objects.filter(reference__in=sources).select_related("payment__order")
        self.refunds = {refund.key: refund for refund in refunds.select_related("payment__order").order_by("-pk")}
        # Made by hand at the gateway: known by its number only.
        self.refunds_there = {refund.reference: refund for refund in self.refunds.values()}
        self.payments = {payment.key: payment for payment in payments.select_related("order")}
        self.disputes = {dispute.reference: dispute for dispute in disputes}
        self.payouts = {one.reference: one for one in Payout.objects.filter(reference__in=sources).order_by("-pk")}

    def of(self, booking: BalanceTransaction) -> tuple[list[_Entry], str]:
        own, back = line_key(booking.reference), booking.net > 0
        if refund := self._refund(booking):
            kind = Entry.REFUND_FAILED if back else Entry.REFUND
            return [own, ("refund", refund.pk, kind)], refund.payment.order.number
        if booking.payment_key:
            payment = self.payments.get(booking.payment_key)
            if payment is None:
                return [], ""
            return [("payment", payment.pk, kind) for kind in self.PAID], payment.order.number
        if disputed := self.disputes.get(booking.source):
            kind = Entry.DISPUTE_WON if back else Entry.DISPUTE_OPENED
            return [own, ("dispute", disputed.pk, kind)], disputed.payment.order.number
        end = "-back" if back else ""
        if payout := self.payouts.get(booking.source):
            return [f"to-bank-{payout.key}{end}"], payout.key
        if booking.source.startswith("trr_"):
            return [f"payout-taken-back-{booking.source}"], booking.source
        return [f"to-bank-{booking.source}{end}"] if booking.kind.startswith("payout") else [], booking.source

    def _refund(self, booking: BalanceTransaction) -> Refund | None:
        if booking.refund_key:
            return self.refunds.get(booking.refund_key)
        return self.refunds_there.get(booking.source) if booking.source else None


class _Moved:
    """What these entries moved of the money at the gateway."""

    def __init__(self, wanted: set[_Entry]):
        found = Q(entry__key__in=[one for one in wanted if isinstance(one, str)])
        for cause in ("refund", "payment", "dispute"):
            ids = {one[1] for one in wanted if not isinstance(one, str) and one[0] == cause}
            found |= Q(entry__cause_type=cause, entry__cause_id__in=ids)
        rows = Posting.objects.filter(found, account__kind=Account.CASH).order_by().values_list(
            "entry__key", "entry__cause_type", "entry__cause_id", "entry__kind", "account__currency"
        )  # fmt: skip
        self.sums: dict[str, dict[str, Decimal]] = {}
        self.keys: dict[_Entry, set[str]] = {}
        for key, *cause, currency, total in rows.annotate(total=Sum("amount")):
            self.sums.setdefault(key, {})[currency] = total
            for name in (key, tuple(cause)):
                self.keys.setdefault(name, set()).add(key)

    def by(self, entries: list[_Entry]) -> dict[str, Decimal]:
        """By currency; an entry that is named twice counts once."""
        moved: dict[str, Decimal] = {}
        for key in {key for entry in entries for key in self.keys.get(entry, ())}:
            for currency, total in self.sums[key].items():
                moved[currency] = moved.get(currency, ZERO) + total
        return moved


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
