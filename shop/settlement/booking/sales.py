"""Money comes in: a sale, the gateway's fee, a payment without a sale; and becomes the maker's to be paid out."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction

from shop.currency.money import check_amount
from shop.settlement.booking.parts import as_money, factor, lock_splits, net_goods, taken, value
from shop.settlement.ledger import ZERO, Cause, Leg, find, post
from shop.settlement.models import Account, Entry, Parcel, ParcelSplit, Payment
from shop.settlement.splitting import freeze_splits


class NotSold(LookupError):
    """The order has no paid payment, or the payment no sale: there is nothing to book yet. Nothing was written."""


@transaction.atomic
def book_sale(order: Any) -> Entry:
    """A paid order: what was charged lies at the gateway; each maker is owed their net, the platform its commission
    and VAT, all in the maker's currency at the frozen rate; shipping is held. NotSold without a paid payment."""
    key = f"sale-{order.pk}"
    booked = find(key)
    if booked:
        return booked
    payment = order.payments.filter(status=Payment.PAID).select_related("order").first()
    if payment is None:
        raise NotSold(f"Order {order.number} has no paid payment.")
    freeze_splits(order)
    legs = sale_legs(payment, lock_splits(order))
    return post(key, Cause(Entry.SALE, payment, order=order), legs)


def sale_legs(payment: Payment, splits: Iterable[ParcelSplit]) -> list[Leg]:
    """What a payment for these parcels makes of the books. BadAmount for an amount that its currency cannot have."""
    legs = [Leg(Account.CASH, payment.currency, check_amount(payment.amount, payment.currency))]
    for split in splits:
        legs += _split_legs(split, payment)
    # What is charged is rounded to what is handy in daily life; what is owed is not. The difference is its own line.
    off = sum((leg.amount for leg in legs if leg.currency == payment.currency), ZERO)
    return [*legs, Leg(Account.ROUNDING, payment.currency, -off)]


def _split_legs(split: ParcelSplit, payment: Any) -> list[Leg]:
    """The legs of one parcel; those in the charged currency are left to be balanced by `sale_legs`."""
    own, partner = split.currency, split.parcel.partner
    voucher = as_money(Fraction(split.platform_discount) * factor(payment), payment.currency)
    return [
        Leg(Account.VOUCHERS, payment.currency, voucher),
        Leg(Account.EXCHANGE, payment.currency, -value(split, split.total, payment)),
        Leg(Account.EXCHANGE, own, split.total),
        Leg(Account.PENDING, own, split.shipping - split.net, partner),
        Leg(Account.SHIPPING_HELD, own, -split.shipping, partner),
        Leg(Account.COMMISSION, own, -split.commission),
        Leg(Account.VAT, own, -split.vat),
        Leg(Account.GATEWAY_FEES, own, -split.fee),
    ]


@transaction.atomic
def book_release(parcel: Parcel) -> Entry:
    """What is left of a sold parcel, after refunds and disputes, may be paid out now. NotSold before the sale."""
    key = f"release-{parcel.pk}"
    booked = find(key)
    if booked:
        return booked
    if find(f"sale-{parcel.order_id}") is None:
        raise NotSold(f"Parcel {parcel} was not sold yet.")
    split = next(split for split in lock_splits(parcel.order_id) if split.parcel_id == parcel.pk)
    before = taken([split])[split.pk]
    goods = split.net - split.shipping - net_goods(before)
    shipping = split.shipping - before["shipping"]
    partner, currency = split.parcel.partner, split.currency
    legs = [
        Leg(Account.PENDING, currency, goods, partner),
        Leg(Account.SHIPPING_HELD, currency, shipping, partner),
        Leg(Account.AVAILABLE, currency, -goods - shipping, partner),
    ]
    return post(key, Cause(Entry.RELEASE, parcel, order=parcel.order, parcel=parcel), legs)


@transaction.atomic
def book_gateway_fee(payment: Payment, fee: Decimal, currency: str, amount: Decimal | None = None) -> Entry:
    """What the gateway took of a payment (`fee` in `currency`, not negative), out of the money that lies there.

    A gateway that keeps its balance in another currency than it charged says what it made of the payment: `amount` in
    `currency`, before the fee. Then the money lies there in that currency, exchanged at the gateway's own rate.
    """
    fee = check_amount(fee, currency)
    legs = [Leg(Account.GATEWAY_FEES, currency, fee), Leg(Account.CASH, currency, -fee)]
    if amount is not None and currency != payment.currency:
        amount = check_amount(amount, currency)
        legs += [
            Leg(Account.CASH, payment.currency, -payment.amount),
            Leg(Account.EXCHANGE, payment.currency, payment.amount),
            Leg(Account.EXCHANGE, currency, -amount),
            Leg(Account.CASH, currency, amount),
        ]
    return post(f"fee-{payment.pk}", Cause(Entry.FEE, payment, order=payment.order), legs)


@transaction.atomic
def book_stray(payment: Payment) -> Entry:
    """Money came for an order that does not need it (too late, or twice): it lies at the gateway and must go back."""
    amount = check_amount(payment.amount, payment.currency)
    legs = [Leg(Account.CASH, payment.currency, amount), Leg(Account.REFUNDS, payment.currency, -amount)]
    reason = f"payment {payment.key}: {payment.reason or 'not needed'}"
    return post(f"stray-{payment.pk}", Cause(Entry.STRAY, payment, order=payment.order), legs, reason=reason)
