"""Proving the books: every entry balances, and every balance is what the sales, refunds, disputes and payouts say.

What is compared with the postings is computed again from the frozen splits and what was taken out of them.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from oscar.core.loading import get_model

from shop.settlement import guards, unbooked
from shop.settlement.booking.parts import FIELDS, Taken, net_goods, undoing_legs
from shop.settlement.booking.sales import sale_legs
from shop.settlement.ledger import ZERO, Balance, Leg, balances_of, platform_totals
from shop.settlement.models import Account, Entry, Parcel, ParcelSplit, Payment

Order = get_model("order", "Order")
Sums = dict[tuple[str, int | None, str], Decimal]


@dataclass
class Report:
    """What was found: a line per currency, the problems, and a hash of every entry in the order they were written."""

    lines: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    hash: str = ""


def verify() -> Report:
    """Reads the whole ledger once and compares. An empty `problems` means that all is well."""
    report = Report(problems=[f"guard {name} is missing" for name in sorted(guards.missing(connection))])
    sums = _read(report)
    report.problems += [
        *_splits_that_do_not_add_up(),
        *unbooked.problems(),
        *_wrong_sales(),
        *_wrong_undoings(),
        *_wrong_balances(sums),
        *_wrong_shares(sums),
    ]
    return report


def _rows(entry: Entry) -> list[tuple[str, int | None, str, Decimal]]:
    return sorted(
        ((p.account.kind, p.account.partner_id, p.account.currency, p.amount) for p in entry.postings.all()), key=str
    )


def entries() -> Iterator[Entry]:
    """Every entry with its postings, oldest first, without holding all of them."""
    return Entry.objects.order_by("pk").prefetch_related("postings__account").iterator(chunk_size=500)


def _read(report: Report) -> Sums:
    """Adds everything up again; fills in lines and hash."""
    digest, sums = hashlib.sha256(), defaultdict(lambda: ZERO)
    turnover: dict[str, Decimal] = defaultdict(lambda: ZERO)
    counted: dict[str, int] = defaultdict(int)
    for entry in entries():
        rows = _rows(entry)
        digest.update(_line(entry, rows).encode())
        balance: dict[str, Decimal] = defaultdict(lambda: ZERO)
        for kind, partner, currency, amount in rows:
            sums[kind, partner, currency] += amount
            balance[currency] += amount
            turnover[currency] += max(amount, ZERO)
            counted[currency] += 1
        report.problems += [
            f"entry {entry.key} is off by {off} {currency}" for currency, off in sorted(balance.items()) if off
        ]
    for currency in sorted(counted):
        off = sum((amount for (_kind, _partner, one), amount in sums.items() if one == currency), ZERO)
        report.lines.append(f"{currency}: {counted[currency]} postings, turnover {turnover[currency]}, sum {off:f}")
    report.hash = digest.hexdigest()
    return dict(sums)


def _line(entry: Entry, rows: list) -> str:
    about = [entry.key, entry.kind, entry.cause_type, entry.cause_id, entry.order_id, entry.parcel_id, entry.reason]
    return repr([*map(str, about), str(entry.person_id), entry.created.isoformat(), [list(map(str, r)) for r in rows]])


def ledger_hash() -> str:
    """The hash that `verify_ledger` prints last: equal books have equal hashes."""
    digest = hashlib.sha256()
    for entry in entries():
        digest.update(_line(entry, _rows(entry)).encode())
    return digest.hexdigest()


def _splits_that_do_not_add_up() -> Iterator[str]:
    for split in ParcelSplit.objects.iterator():
        if split.total != split.commission + split.vat + split.fee + split.net:
            yield f"the split of parcel {split.parcel_id} does not add up"


def _differs(entry: Entry, legs: list[Leg]) -> bool:
    wanted: Sums = defaultdict(lambda: ZERO)
    for leg in legs:
        wanted[leg.kind, leg.partner.pk if leg.partner else None, leg.currency] += leg.amount
    found = {(kind, partner, currency): amount for kind, partner, currency, amount in _rows(entry)}
    return found != {account: amount for account, amount in wanted.items() if amount}


def _wrong_sales() -> Iterator[str]:
    """Sales whose postings are not what the frozen splits of their parcels make."""
    sales = Entry.objects.filter(kind=Entry.SALE).select_related("order").prefetch_related("postings__account")
    for entry in sales.order_by("pk").iterator(chunk_size=200):
        payment = Payment.objects.filter(pk=entry.cause_id).select_related("order").first()
        splits = ParcelSplit.objects.filter(parcel__order=entry.order_id).select_related("parcel__partner")
        if payment and _differs(entry, sale_legs(payment, list(splits))):
            yield f"{entry.key} is not what the splits of its parcels make"


def _undoing(kind: str) -> QuerySet:
    found = Entry.objects.filter(kind=kind, split_changes__isnull=False).distinct()
    return found.prefetch_related("postings__account", "split_changes__split__parcel__partner", "order__payments")


def _wrong_undoings() -> Iterator[str]:
    """Refunds whose commission, VAT, exchange … are not what they took out of the splits."""
    for entry in _undoing(Entry.REFUND).order_by("pk").iterator(chunk_size=200):
        payment = next(one for one in entry.order.payments.all() if one.status == Payment.PAID)
        legs = [leg for row in entry.split_changes.all() for leg in undoing_legs(row.split, _fields(row), payment)]
        wanted: Sums = defaultdict(lambda: ZERO)
        for leg in legs:
            wanted[leg.kind, None, leg.currency] += leg.amount
        found = {(k, p, c): a for k, p, c, a in _rows(entry) if k not in (Account.CASH, Account.ADJUSTMENTS)}
        if {a: v for a, v in found.items() if a[1] is None} != {a: v for a, v in wanted.items() if v}:
            yield f"{entry.key} is not what it took out of the splits"


def _fields(row: object) -> Taken:
    return {name: getattr(row, name) for name in FIELDS}


def _wrong_balances(sums: Sums) -> Iterator[str]:
    """Balances as shown that are not what adding up every posting gives."""
    shown = balances_of()
    replayed: dict[int, dict[str, dict[str, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    for (kind, partner, currency), amount in sums.items():
        if partner is not None:
            replayed[partner][currency][kind] = -amount
    for partner in sorted(shown.keys() | replayed.keys()):
        for currency in sorted(shown.get(partner, {}).keys() | replayed[partner].keys()):
            if not _same(shown.get(partner, {}).get(currency, Balance()), replayed[partner][currency]):
                yield f"balance of maker {partner} in {currency} is not what its postings add up to"
    platform = {(kind, currency): amount for kind, of in platform_totals().items() for currency, amount in of.items()}
    for (kind, partner, currency), amount in sorted(sums.items(), key=str):
        if partner is None and platform.get((kind, currency), ZERO) != amount:
            yield f"balance of {kind} in {currency} is not what its postings add up to"


def _same(shown: Balance, kinds: dict[str, Decimal]) -> bool:
    return (
        shown.pending == kinds.get(Account.PENDING, ZERO) + kinds.get(Account.SHIPPING_HELD, ZERO)
        and shown.available - shown.negative == kinds.get(Account.AVAILABLE, ZERO)
        and shown.frozen == kinds.get(Account.FROZEN, ZERO)
        and shown.in_transit == kinds.get(Account.PAID_OUT, ZERO)
    )


def _wrong_shares(sums: Sums) -> Iterator[str]:
    """Makers whose pending, held or frozen money is not what their parcels say, from the splits alone."""
    wanted: Sums = defaultdict(lambda: ZERO)
    sold = Exists(Entry.objects.filter(kind=Entry.SALE, order=OuterRef("order")))
    released = Exists(Entry.objects.filter(kind=Entry.RELEASE, parcel=OuterRef("pk")))
    waiting = Parcel.objects.filter(sold, ~released, split__isnull=False).select_related("split")
    for parcel in waiting.prefetch_related("split__changes").iterator(chunk_size=200):
        split, taken = parcel.split, [_fields(row) for row in parcel.split.changes.all()]
        goods = split.net - split.shipping - sum((net_goods(one) for one in taken), ZERO)
        held = split.shipping - sum((one["shipping"] for one in taken), ZERO)
        wanted[Account.PENDING, parcel.partner_id, split.currency] -= goods
        wanted[Account.SHIPPING_HELD, parcel.partner_id, split.currency] -= held
    closed = Entry.objects.filter(
        kind__in=(Entry.DISPUTE_WON, Entry.DISPUTE_LOST),
        cause_id=OuterRef("cause_id"),
        cause_type=OuterRef("cause_type"),
    )
    for entry in _undoing(Entry.DISPUTE_OPENED).filter(~Exists(closed)):
        for row in entry.split_changes.all():
            account = Account.FROZEN, row.split.parcel.partner_id, row.split.currency
            wanted[account] -= row.net
    watched = (Account.PENDING, Account.SHIPPING_HELD, Account.FROZEN)
    for account in sorted(wanted.keys() | {one for one in sums if one[0] in watched}, key=str):
        if wanted[account] != sums.get(account, ZERO):
            kind, partner, currency = account
            off = f"{-sums.get(account, ZERO):f}, its parcels say {-wanted[account]:f}"
            yield f"{kind} of maker {partner} is {off} {currency}"
