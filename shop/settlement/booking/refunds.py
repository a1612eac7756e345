"""Money goes back to a shopper; or, after all, does not."""

from fractions import Fraction
from typing import Any

from django.db import transaction

from shop.currency.money import check_amount
from shop.settlement.booking.parts import (
    Part,
    Taken,
    allocate,
    as_money,
    changes_of,
    lock_splits,
    net_goods,
    owed_legs,
    portions,
    taken,
    undoing_legs,
    undone,
    write_changes,
)
from shop.settlement.booking.sales import NotSold
from shop.settlement.ledger import ZERO, Cause, Leg, NotEnough, find, post
from shop.settlement.models import Account, Entry, ParcelSplit


@transaction.atomic
def book_refund(refund: Any, *, taken_on: bool = False) -> Entry:
    """A refund: its part of each parcel's split is undone, at the rates and rules frozen when
    it was sold. The maker's share comes out of what is pending, or of what is available, which may go below zero.

    `refund`: payment, amount in the payment's currency, lines with parcel, goods and shipping in the order's. Without
    lines, it gives back a stray payment; or, made by hand at the gateway, a share of every parcel, the platform bearing
    what is more than was left. NotEnough when a line asks for more than is left: nothing is written. Once the gateway
    has `taken_on` the refund, the money is gone: what is left is undone, the platform bears the rest.
    """
    key = f"refund-{refund.pk}"
    booked = find(key)
    if booked:
        return booked
    payment = refund.payment
    amount = check_amount(refund.amount, refund.currency)
    cause = Cause(Entry.REFUND, refund, order=payment.order)
    if find(f"stray-{payment.pk}"):
        legs = [Leg(Account.REFUNDS, refund.currency, amount), Leg(Account.CASH, refund.currency, -amount)]
        return post(key, cause, legs, reason=refund.reason)
    splits = lock_splits(payment.order)
    if find(f"sale-{payment.order_id}") is None:
        raise NotSold(f"Order {payment.order} was not sold.")
    before = taken(splits)
    lines = list(refund.lines.all())
    there = payment.amount - sum((sums["charged"] for sums in before.values()), ZERO)
    if lines and amount > there and not taken_on:
        raise NotEnough(f"{amount} {payment.currency} asked, {there} left of the payment.")
    parts = _parts(lines, splits) if lines else portions(splits, before, amount, payment)
    share = Fraction(1)
    if lines and taken_on:
        parts, share = _what_is_left(parts, before)
    changes = _changes(parts, before, min(as_money(Fraction(amount) * share, payment.currency), there), payment)
    legs = [Leg(Account.CASH, payment.currency, -amount)]
    for split, change in changes:
        legs += undoing_legs(split, change, payment)
        legs += owed_legs(split, net_goods(change), change["shipping"])
    rest = amount - sum((change["charged"] for _split, change in changes), ZERO)
    legs.append(Leg(Account.ADJUSTMENTS, payment.currency, rest))
    entry = post(key, cause, legs, reason=refund.reason)
    write_changes(entry, changes)
    return entry


def _parts(lines: list[Any], splits: list[ParcelSplit]) -> list[Part]:
    """The refund's lines, gathered by parcel."""
    by_parcel = {split.parcel_id: split for split in splits}
    sums: dict[int, Part] = {}
    for line in lines:
        split, old = by_parcel[line.parcel_id], sums.get(line.parcel_id)
        sums[line.parcel_id] = Part(
            split, line.goods + (old.goods if old else 0), line.shipping + (old.shipping if old else 0)
        )
    return list(sums.values())


def _what_is_left(parts: list[Part], before: dict[int, Taken]) -> tuple[list[Part], Fraction]:
    """The parts, each no more than what is left of its split; and how much of all that was asked for this is."""
    found = []
    for part in parts:
        split, sums = part.split, before[part.split.pk]
        goods = min(part.goods, split.paid_goods - sums["paid_goods"])
        shipping = min(part.shipping, split.paid_shipping - sums["paid_shipping"])
        if goods or shipping:
            found.append(Part(split, goods, shipping))
    asked, left = (sum((part.goods + part.shipping for part in some), ZERO) for some in (parts, found))
    return found, Fraction(left) / Fraction(asked) if asked else Fraction(0)


def _changes(parts: list[Part], before: dict[int, Taken], amount: Any, payment: Any) -> list[tuple[ParcelSplit, Taken]]:
    """What each part undoes; `amount` (charged currency) is divided over them as their order amounts are."""
    weights = [part.goods + part.shipping for part in parts]
    charged = allocate(amount, weights, payment.currency) if parts else []
    return [
        (part.split, undone(part, before[part.split.pk], share, payment))
        for part, share in zip(parts, charged, strict=True)
    ]


@transaction.atomic
def book_refund_assigned(refund: Any) -> Entry:
    """A refund made by hand at the gateway was booked as a share of every parcel; now its lines say what it was for.
    What the shares undid is theirs again, and the lines are undone instead. NotEnough when a line asks for more than is
    left."""
    key = f"refund-assigned-{refund.pk}"
    done = find(key)
    if done:
        return done
    booked, payment = Entry.objects.get(key=f"refund-{refund.pk}"), refund.payment
    splits = lock_splits(payment.order)
    legs, old = _back(booked), changes_of(booked)
    before = taken(splits)
    for split, change in old:
        legs += owed_legs(split, -net_goods(change), -change["shipping"])
        before[split.pk] = {name: amount - change[name] for name, amount in before[split.pk].items()}
    there = payment.amount - sum((sums["charged"] for sums in before.values()), ZERO)
    new = _changes(_parts(list(refund.lines.all()), splits), before, min(refund.amount, there), payment)
    for split, change in new:
        legs += undoing_legs(split, change, payment)
        legs += owed_legs(split, net_goods(change), change["shipping"])
    rest = refund.amount - sum((change["charged"] for _split, change in new), ZERO)
    legs += [Leg(Account.CASH, payment.currency, -refund.amount), Leg(Account.ADJUSTMENTS, payment.currency, rest)]
    entry = post(key, Cause(Entry.REFUND, refund, order=payment.order), legs, reason="made by hand, assigned")
    write_changes(entry, _added_up([*((split, _minus(change)) for split, change in old), *new]))
    return entry


def _back(booked: Entry) -> list[Leg]:
    """The platform's legs of an entry, turned round."""
    return [
        Leg(posting.account.kind, posting.account.currency, -posting.amount)
        for posting in booked.postings.select_related("account")
        if posting.account.partner_id is None
    ]


def _minus(change: Taken) -> Taken:
    return {name: -amount for name, amount in change.items()}


def _added_up(changes: list[tuple[ParcelSplit, Taken]]) -> list[tuple[ParcelSplit, Taken]]:
    """One change for each split."""
    sums: dict[int, tuple[ParcelSplit, Taken]] = {}
    for split, change in changes:
        known = sums.get(split.pk, (split, dict.fromkeys(change, ZERO)))[1]
        sums[split.pk] = split, {name: known[name] + amount for name, amount in change.items()}
    return list(sums.values())


@transaction.atomic
def book_refund_failed(refund: Any) -> Entry | None:
    """The gateway could not give it back after all: everything is as it was, the maker's share where it lies now.
    None when the refund was never booked."""
    key, booked = f"refund-failed-{refund.pk}", find(f"refund-{refund.pk}")
    if booked is None:
        return None
    done = find(key)
    if done:
        return done
    payment = refund.payment
    lock_splits(payment.order)
    assigned = find(f"refund-assigned-{refund.pk}")
    entries = [booked, assigned] if assigned else [booked]
    changes = _added_up([change for entry in entries for change in changes_of(entry)])
    legs = [leg for entry in entries for leg in _back(entry)]
    for split, change in changes:
        legs += owed_legs(split, -net_goods(change), -change["shipping"])
    entry = post(key, Cause(Entry.REFUND_FAILED, refund, order=payment.order), legs, reason=refund.error)
    write_changes(entry, changes, sign=-1)
    return entry
