"""What happened to money and must stand in the books: every sale, stray payment, refund, dispute and payout has its
entry, over its whole amount. Found from the things themselves, not from the ledger."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, Sum

from shop.currency.money import CENT
from shop.settlement.models import Account, Dispute, Entry, Payment, Payout, Posting, Refund

_KINDS = (
    Entry.STRAY, Entry.REFUND, Entry.REFUND_FAILED, Entry.DISPUTE_OPENED, Entry.DISPUTE_WON, Entry.DISPUTE_LOST,
    Entry.PAYOUT, Entry.PAYOUT_PAID, Entry.PAYOUT_BOUNCED,
)  # fmt: skip
# What an entry of this key must have moved on this account.
Moves = dict[tuple[str, str, str], Decimal]


@dataclass(frozen=True)
class Wanted:
    """`amount` on the account `kind`, debit positive, by the entry `key`; because of `what`."""

    what: str
    key: str
    kind: str
    amount: Decimal
    currency: str


def problems() -> Iterator[str]:
    yield from _sales()
    moved = _moved()
    for one in (*_strays(), *_refunds(moved), *_disputes(moved), *_payouts()):
        found = moved.get((one.key, one.kind, one.currency))
        if found is None:
            yield f"{one.what} without its entry {one.key}"
        elif found != one.amount:
            yield f"{one.what}: its entry {one.key} moved {found} instead of {one.amount} {one.currency}"


def _sales() -> Iterator[str]:
    booked = Entry.objects.filter(kind=Entry.SALE, order=OuterRef("order"))
    for payment in Payment.objects.filter(~Exists(booked), status=Payment.PAID).select_related("order"):
        yield f"order {payment.order.number} is paid without an entry of its sale"
    paid = Payment.objects.filter(order=OuterRef("order"), status=Payment.PAID)
    for entry in Entry.objects.filter(~Exists(paid), kind=Entry.SALE):
        yield f"{entry.key} is booked without a paid payment"


def _moved() -> Moves:
    rows = Posting.objects.filter(entry__kind__in=_KINDS).order_by()
    rows = rows.values_list("entry__key", "account__kind", "account__currency").annotate(total=Sum("amount"))
    return {(key, kind, currency): total.quantize(CENT) for key, kind, currency, total in rows}


def _strays() -> Iterable[Wanted]:
    for one in Payment.objects.filter(status__in=(Payment.REFUND_DUE, Payment.REFUNDED)).order_by("pk"):
        yield Wanted(f"payment {one.key} is not needed", f"stray-{one.pk}", Account.CASH, one.amount, one.currency)


def _refunds(moved: Moves) -> Iterable[Wanted]:
    """Those that the gateway took on; and, of those that it could not give back after all, the way back."""
    for one in Refund.objects.exclude(status=Refund.REQUESTED).iterator():
        what = f"refund {one.key} is {one.status}"
        if one.status in Refund.LIVE:
            yield Wanted(what, f"refund-{one.pk}", Account.CASH, -one.amount, one.currency)
        elif (f"refund-{one.pk}", Account.CASH, one.currency) in moved:
            yield Wanted(what, f"refund-failed-{one.pk}", Account.CASH, one.amount, one.currency)


def _disputes(moved: Moves) -> Iterable[Wanted]:
    """Those of sales. An inquiry takes no money; nor did one that is only closed, unless it was booked."""
    closing = {Dispute.WON: "dispute-won", Dispute.CLOSED: "dispute-won", Dispute.LOST: "dispute-lost"}
    bound = (Dispute.NEEDS_ANSWER, Dispute.UNDER_REVIEW, *closing)
    for one in Dispute.objects.filter(payment__status=Payment.PAID, status__in=bound).order_by("pk").iterator():
        if one.status == Dispute.CLOSED and (f"dispute-{one.pk}", Account.DISPUTES, one.currency) not in moved:
            continue
        what = f"dispute {one.reference} is {one.status}"
        yield Wanted(what, f"dispute-{one.pk}", Account.DISPUTES, one.amount, one.currency)
        if one.status in closing:
            yield Wanted(what, f"{closing[one.status]}-{one.pk}", Account.DISPUTES, -one.amount, one.currency)


def _payouts() -> Iterable[Wanted]:
    endings = {
        Payout.PAID: ("payout-paid", Account.BANK, -1),
        Payout.BOUNCED: ("payout-bounced", Account.AVAILABLE, -1),
    }
    for one in Payout.objects.filter(status__in=(Payout.SENT, *endings)).order_by("pk").iterator():
        what = f"payout {one.key} is {one.status}"
        yield Wanted(what, f"payout-{one.pk}", Account.PAID_OUT, -one.amount, one.currency)
        if one.status in endings:
            prefix, kind, sign = endings[one.status]
            yield Wanted(what, f"{prefix}-{one.pk}", kind, sign * one.amount, one.currency)
