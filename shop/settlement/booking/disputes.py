"""A shopper asks their bank to take the payment back: the gateway holds the money until the bank decides."""

from decimal import Decimal
from typing import Any

from django.db import transaction

from shop.currency.money import check_amount
from shop.settlement.booking.parts import (
    allocate,
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
from shop.settlement.ledger import Cause, Leg, find, post
from shop.settlement.models import Account, Entry


@transaction.atomic
def book_dispute_opened(dispute: Any) -> Entry:
    """The gateway took the disputed sum; each maker's share of it is frozen, wherever it lies. What of it was given
    back already freezes nobody's money. `dispute`: payment, amount in the payment's currency. NotSold before a sale."""
    key = f"dispute-{dispute.pk}"
    booked = find(key)
    if booked:
        return booked
    payment = dispute.payment
    amount = check_amount(dispute.amount, payment.currency)
    splits = lock_splits(payment.order)
    if find(f"sale-{payment.order_id}") is None:
        raise NotSold(f"Order {payment.order} was not sold.")
    before = taken(splits)
    parts = portions(splits, before, amount, payment)
    weights = [part.goods + part.shipping for part in parts]
    there = payment.amount - sum((sums["charged"] for sums in before.values()), Decimal("0.00"))
    charged = allocate(min(amount, there), weights, payment.currency) if parts else []
    changes = [
        (part.split, undone(part, before[part.split.pk], share, payment))
        for part, share in zip(parts, charged, strict=True)
    ]
    legs = [Leg(Account.CASH, payment.currency, -amount), Leg(Account.DISPUTES, payment.currency, amount)]
    for split, change in changes:
        net = net_goods(change)
        legs += owed_legs(split, net, change["shipping"])
        legs.append(Leg(Account.FROZEN, split.currency, -net - change["shipping"], split.parcel.partner))
    entry = post(key, Cause(Entry.DISPUTE_OPENED, dispute, order=payment.order), legs, reason=dispute.reason)
    write_changes(entry, changes)
    return entry


@transaction.atomic
def book_dispute_won(dispute: Any) -> Entry:
    """The bank decided for us: the sum is back at the gateway, the makers' shares are theirs again."""
    key, opened = f"dispute-won-{dispute.pk}", book_dispute_opened(dispute)
    booked = _closed(dispute)
    if booked:
        return booked
    payment = dispute.payment
    amount = check_amount(dispute.amount, payment.currency)
    changes = changes_of(opened)
    legs = [Leg(Account.CASH, payment.currency, amount), Leg(Account.DISPUTES, payment.currency, -amount)]
    for split, change in changes:
        net = net_goods(change)
        legs += owed_legs(split, -net, -change["shipping"])
        legs.append(Leg(Account.FROZEN, split.currency, net + change["shipping"], split.parcel.partner))
    entry = post(key, Cause(Entry.DISPUTE_WON, dispute, order=payment.order), legs)
    write_changes(entry, changes, sign=-1)
    return entry


@transaction.atomic
def book_dispute_lost(dispute: Any) -> Entry:
    """The bank decided for the shopper: as a refund, out of what was frozen. What is more than was left of the sale is
    the platform's loss, under adjustments."""
    key, opened = f"dispute-lost-{dispute.pk}", book_dispute_opened(dispute)
    booked = _closed(dispute)
    if booked:
        return booked
    payment = dispute.payment
    amount = check_amount(dispute.amount, payment.currency)
    legs = [Leg(Account.DISPUTES, payment.currency, -amount)]
    rest = amount
    for split, change in changes_of(opened):
        legs += undoing_legs(split, change, payment)
        legs.append(Leg(Account.FROZEN, split.currency, net_goods(change) + change["shipping"], split.parcel.partner))
        rest -= change["charged"]
    legs.append(Leg(Account.ADJUSTMENTS, payment.currency, rest))
    return post(key, Cause(Entry.DISPUTE_LOST, dispute, order=payment.order), legs, reason=dispute.reason)


def _closed(dispute: Any) -> Entry | None:
    """A dispute ends once, one way or the other; the first word counts."""
    lock_splits(dispute.payment.order)
    return find(f"dispute-won-{dispute.pk}") or find(f"dispute-lost-{dispute.pk}")
