"""Money leaves for the makers; the platform's own moves between gateway, bank and currencies; corrections by hand."""

import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction

from shop.currency.money import BadAmount, check_amount
from shop.settlement.ledger import Cause, Leg, NotEnough, find, post, total
from shop.settlement.models import Account, Entry

# The makers a payout is for, each with their amount.
Shares = Sequence[tuple[Any, Decimal]]


def _shares(payout: Any, shares: Shares | None) -> Shares:
    """Whose money it is; of a payout to one maker, theirs. BadAmount when they do not add up to the payout's amount."""
    found = shares or [(payout.partner, payout.amount)]
    for _partner, amount in found:
        check_amount(amount, payout.currency)
    if sum((amount for _partner, amount in found), Decimal(0)) != payout.amount:
        raise BadAmount(f"The shares of payout {payout.pk} do not add up to {payout.amount} {payout.currency}.")
    return found


@transaction.atomic
def book_payout(payout: Any, shares: Shares | None = None) -> Entry:
    """A payout is sent: available → on its way, for each maker it is for (`shares`; without, for `payout.partner`).
    NotEnough when a maker has less available than that: nothing is written."""
    key = f"payout-{payout.pk}"
    booked = find(key)
    if booked:
        return booked
    legs = []
    for partner, amount in sorted(_shares(payout, shares), key=lambda share: share[0].pk):
        _lock(partner)
        there = -total(Account.AVAILABLE, payout.currency, partner)
        if amount > there:
            raise NotEnough(f"{partner} has {there} {payout.currency} available, {amount} was to be paid out.")
        legs += _moved(Account.AVAILABLE, Account.PAID_OUT, partner, amount, payout.currency)
    return post(key, Cause(Entry.PAYOUT, payout), legs)


def _lock(partner: Any) -> None:
    """Two payouts of one maker wait for each other."""
    type(partner)._default_manager.select_for_update().get(pk=partner.pk)


def _moved(source: str, target: str, partner: Any, amount: Decimal, currency: str) -> list[Leg]:
    return [Leg(source, currency, amount, partner), Leg(target, currency, -amount, partner)]


@transaction.atomic
def book_payout_paid(payout: Any, fee: Decimal = Decimal("0.00")) -> Entry:
    """It arrived: what was on its way has left our bank; with it the bank's `fee`, which the platform bears."""
    key = f"payout-paid-{payout.pk}"
    done = find(key)
    if done:
        return done
    fee, currency = check_amount(fee, payout.currency), payout.currency
    legs = [
        *_of_payout(payout),
        Leg(Account.BANK, currency, -payout.amount - fee),
        Leg(Account.GATEWAY_FEES, currency, fee),
    ]
    return post(key, Cause(Entry.PAYOUT_PAID, payout), legs)


@transaction.atomic
def book_payout_bounced(payout: Any, reason: str = "") -> Entry:
    """It came back: each maker's share is available again. If it was said to have arrived, the bank has it again first;
    a fee the bank took stays lost."""
    key = f"payout-bounced-{payout.pk}"
    done = find(key)
    if done:
        return done
    shares = _of_payout(payout)
    if find(f"payout-paid-{payout.pk}"):
        back = [Leg(leg.kind, leg.currency, -leg.amount, leg.partner) for leg in shares]
        legs = [*back, Leg(Account.BANK, payout.currency, payout.amount)]
        post(f"payout-returned-{payout.pk}", Cause(Entry.PAYOUT_RETURNED, payout), legs, reason=reason)
    returned = [Leg(Account.AVAILABLE, leg.currency, -leg.amount, leg.partner) for leg in shares]
    return post(key, Cause(Entry.PAYOUT_BOUNCED, payout), [*shares, *returned], reason=reason)


def _of_payout(payout: Any) -> list[Leg]:
    """Debits of what the payout has on its way, as it was booked when sent. NotEnough when it was not sent."""
    sent = find(f"payout-{payout.pk}")
    if sent is None:
        raise NotEnough(f"Payout {payout.pk} was not sent.")
    return [
        Leg(Account.PAID_OUT, posting.account.currency, -posting.amount, posting.account.partner)
        for posting in sent.postings.select_related("account__partner")
        if posting.account.kind == Account.PAID_OUT
    ]


@transaction.atomic
def book_adjustment(partner: Any, amount: Decimal, currency: str, reason: str, person: Any, *, key: str = "") -> Entry:
    """A person corrects a maker's available balance: `amount` positive to the maker, negative from them; the platform
    is the other side. A reason and a person are asked for. With a `key`, once only."""
    leg = Leg(Account.AVAILABLE, currency, -amount, partner)
    return _adjusted(leg, Cause(Entry.ADJUSTMENT, partner), reason, person, key)


@transaction.atomic
def book_correction(kind: str, amount: Decimal, currency: str, reason: str, person: Any, *, key: str = "") -> Entry:
    """The same for an account of the platform's own: `amount` positive when more lies there (debit)."""
    return _adjusted(Leg(kind, currency, amount), Cause(Entry.ADJUSTMENT), reason, person, key)


def _adjusted(leg: Leg, cause: Cause, reason: str, person: Any, key: str) -> Entry:
    if not reason.strip():
        raise ValueError("An adjustment needs a reason.")
    if person is None or person.pk is None:
        raise ValueError("An adjustment needs a person.")
    if not check_amount(leg.amount, leg.currency, negative=True):
        raise BadAmount("An adjustment of nothing.")
    legs = [leg, Leg(Account.ADJUSTMENTS, leg.currency, -leg.amount)]
    return post(f"adjustment-{key or uuid.uuid4().hex}", cause, legs, person=person, reason=reason)


@transaction.atomic
def book_exchanged(
    key: str, sold: Decimal, sold_currency: str, bought: Decimal, bought_currency: str, person: Any = None
) -> Entry:
    """The bank exchanged one currency for another: the trading accounts of both close by what was really paid."""
    if sold_currency == bought_currency:
        raise BadAmount(f"{sold_currency} cannot be exchanged for itself.")
    sold, bought = check_amount(sold, sold_currency), check_amount(bought, bought_currency)
    legs = [
        Leg(Account.BANK, sold_currency, -sold),
        Leg(Account.EXCHANGE, sold_currency, sold),
        Leg(Account.EXCHANGE, bought_currency, -bought),
        Leg(Account.BANK, bought_currency, bought),
    ]
    return post(f"exchanged-{key}", Cause(Entry.EXCHANGED), legs, person=person)
