"""Double entry: every movement of money is an entry whose postings add up to zero in each currency.

Debit is positive, credit negative. What a maker is owed is a credit; figures for people turn the sign
(docs/decisions/0010-double-entry-ledger.md). Entries are written once and never changed.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from shop.currency.money import CENT, check_amount
from shop.settlement.models import Account, Entry, Posting

ZERO = Decimal("0.00")


class Unbalanced(ValueError):
    """The postings of an entry do not add up to zero in some currency. Nothing was written."""


class NotEnough(ValueError):
    """More is asked for than there is. Nothing was written."""


@dataclass(frozen=True)
class Leg:
    """One posting to be: `amount` of `currency`, debit positive; with a `partner` for a maker's account."""

    kind: str
    currency: str
    amount: Decimal
    partner: Any = None


@dataclass(frozen=True)
class Cause:
    """What an entry is about: its kind, the thing that caused it (a saved model instance), order and parcel."""

    kind: str
    subject: Any = None
    order: Any = None
    parcel: Any = None


@dataclass(frozen=True)
class Balance:
    """What a maker has in one currency, as the maker sees it: positive is theirs.

    `pending` is not yet to be paid out (goods and shipping of parcels on their way; `shipping_held` of it shipping);
    `available` is to be paid out, never below zero: what is below is `negative`, as a positive figure;
    `frozen` is held by disputes; `in_transit` was sent by a payout, `paid_out` has arrived, all time.
    """

    pending: Decimal = ZERO
    shipping_held: Decimal = ZERO
    available: Decimal = ZERO
    negative: Decimal = ZERO
    frozen: Decimal = ZERO
    in_transit: Decimal = ZERO
    paid_out: Decimal = ZERO


_moment: ContextVar[datetime | None] = ContextVar("ledger_moment", default=None)


@contextmanager
def booked_at(moment: datetime) -> Iterator[None]:
    """Entries written within are dated `moment`: for what happened before it is told (imports, the demo)."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)


def find(key: str) -> Entry | None:
    """The entry of this key, when it was made already."""
    return Entry.objects.filter(key=key).first()


@transaction.atomic
def post(key: str, cause: Cause, postings: Iterable[Leg], *, person: Any = None, reason: str = "") -> Entry:
    """Writes an entry with its postings, once: the same key gives back the entry it made, whatever the postings.

    Legs on the same account are added up, those of nothing left out. Unbalanced or shop.currency.money.BadAmount say
    why nothing was written.
    """
    merged = _merge(postings)
    _check(key, merged)
    entry, created = Entry.objects.get_or_create(
        key=key,
        defaults={
            "kind": cause.kind,
            "cause_type": cause.subject._meta.model_name if cause.subject is not None else "",
            "cause_id": cause.subject.pk if cause.subject is not None else None,
            "order": cause.order,
            "parcel": cause.parcel,
            "person": person,
            "reason": reason,
            "created": _moment.get() or timezone.now(),
        },
    )
    if created:
        accounts = _accounts(merged)
        Posting.objects.bulk_create(
            Posting(entry=entry, account=accounts[account], amount=amount) for account, amount in merged.items()
        )
    return entry


# (kind, partner id or None, currency)
AccountKey = tuple[str, int | None, str]


def _merge(legs: Iterable[Leg]) -> dict[AccountKey, Decimal]:
    merged: dict[AccountKey, Decimal] = {}
    for leg in legs:
        account = (leg.kind, leg.partner.pk if leg.partner is not None else None, leg.currency)
        merged[account] = merged.get(account, ZERO) + check_amount(leg.amount, leg.currency, negative=True)
    return {account: amount for account, amount in merged.items() if amount}


def _check(key: str, merged: dict[AccountKey, Decimal]) -> None:
    sums: dict[str, Decimal] = {}
    for (_kind, _partner, currency), amount in merged.items():
        sums[currency] = sums.get(currency, ZERO) + amount
    wrong = [f"{amount} {currency}" for currency, amount in sorted(sums.items()) if amount]
    if wrong:
        raise Unbalanced(f"{key} is off by {', '.join(wrong)}.")


def _accounts(merged: dict[AccountKey, Decimal]) -> dict[AccountKey, Account]:
    """The accounts, made where they are missing; read in one query where they are there."""
    wanted = Q()
    for kind, partner, currency in merged:
        wanted |= Q(kind=kind, partner=partner, currency=currency)
    found = {(a.kind, a.partner_id, a.currency): a for a in Account.objects.filter(wanted)} if merged else {}
    for kind, partner, currency in sorted(merged.keys() - found.keys(), key=str):
        account, _new = Account.objects.get_or_create(kind=kind, partner_id=partner, currency=currency)
        found[kind, partner, currency] = account
    return found


def balances(partner: Any) -> dict[str, Balance]:
    """What this maker has, by currency, in one query. A currency without any movement is not there."""
    return balances_of([partner.pk]).get(partner.pk, {})


def balances_of(partners: Iterable[int] | QuerySet | None = None) -> dict[int, dict[str, Balance]]:
    """The balances of these makers (ids; None: of all), by maker and currency, in one query."""
    rows = Posting.objects.filter(account__partner__isnull=False)
    if partners is not None:
        rows = rows.filter(account__partner__in=partners)
    arrived = Q(account__kind=Account.PAID_OUT, entry__kind__in=(Entry.PAYOUT_PAID, Entry.PAYOUT_RETURNED))
    rows = (
        rows.order_by()
        .values_list("account__partner", "account__currency", "account__kind")
        .annotate(total=Sum("amount"), arrived=Sum("amount", filter=arrived))
    )
    sums: dict[int, dict[str, dict[str, Decimal]]] = {}
    for partner, currency, kind, total, paid in rows:
        of_currency = sums.setdefault(partner, {}).setdefault(currency, {})
        of_currency[kind] = -total.quantize(CENT)
        of_currency["arrived"] = of_currency.get("arrived", ZERO) + (paid or ZERO).quantize(CENT)
    return {
        partner: {currency: _balance(kinds) for currency, kinds in sorted(currencies.items())}
        for partner, currencies in sums.items()
    }


def _balance(kinds: dict[str, Decimal]) -> Balance:
    available = kinds.get(Account.AVAILABLE, ZERO)
    held = kinds.get(Account.SHIPPING_HELD, ZERO)
    return Balance(
        pending=kinds.get(Account.PENDING, ZERO) + held,
        shipping_held=held,
        available=max(available, ZERO),
        negative=max(-available, ZERO),
        frozen=kinds.get(Account.FROZEN, ZERO),
        in_transit=kinds.get(Account.PAID_OUT, ZERO),
        paid_out=kinds.get("arrived", ZERO),
    )


def total(kind: str, currency: str, partner: Any = None) -> Decimal:
    """The balance of one account, debit positive."""
    rows = Posting.objects.filter(account__kind=kind, account__currency=currency, account__partner=partner)
    return (rows.aggregate(total=Sum("amount"))["total"] or ZERO).quantize(CENT)


def platform_totals() -> dict[str, dict[str, Decimal]]:
    """Every platform account's balance, debit positive: kind → currency → amount."""
    rows = (
        Posting.objects.filter(account__partner=None)
        .order_by("account__kind", "account__currency")
        .values_list("account__kind", "account__currency")
        .annotate(total=Sum("amount"))
    )
    totals: dict[str, dict[str, Decimal]] = {}
    for kind, currency, amount in rows:
        totals.setdefault(kind, {})[currency] = amount.quantize(CENT)
    return totals
