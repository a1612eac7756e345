"""Lines of the gateway's own books: what it made of a refund or a dispute in the currency that it keeps, what it took
for it, and what it paid to our bank. With them, `cash` of each currency is what the gateway says lies there."""

from decimal import Decimal
from typing import Any

from django.db import transaction

from shop.currency.money import check_amount
from shop.settlement.ledger import Cause, Leg, post
from shop.settlement.models import Account, Entry


def line_key(reference: str) -> str:
    """The key of the entry that books this line of the gateway's (txn_…)."""
    return f"gateway-{reference}"


@transaction.atomic
def book_gateway_line(line: Any, subject: Any, charged: Decimal) -> Entry | None:
    """`line`: reference, amount, fee, currency as the gateway has them, negative when money leaves; a fee given back is
    negative. `subject` is the refund or dispute it is about, `charged` what our books moved for it, in the payment's
    currency. Of another currency, the money is exchanged at the gateway's rate of that day: what differs from the rate
    of the payment stays on the exchange accounts. None when there is nothing to add: no
    fee, and the payment's own currency."""
    payment, currency = subject.payment, line.currency
    if currency == payment.currency and not line.fee:
        return None
    fee = check_amount(line.fee, currency, negative=True)
    legs = [Leg(Account.GATEWAY_FEES, currency, fee), Leg(Account.CASH, currency, -fee)]
    if currency != payment.currency:
        amount = check_amount(line.amount, currency, negative=True)
        charged = check_amount(charged, payment.currency, negative=True)
        legs += [
            Leg(Account.CASH, payment.currency, -charged),
            Leg(Account.EXCHANGE, payment.currency, charged),
            Leg(Account.EXCHANGE, currency, -amount),
            Leg(Account.CASH, currency, amount),
        ]
    return post(line_key(line.reference), Cause(Entry.FEE, subject, order=payment.order), legs)


@transaction.atomic
def book_to_bank(reference: str, amount: Decimal, currency: str, fee: Decimal = Decimal("0.00")) -> Entry:
    """The gateway paid out to our bank (`reference`: its own number), and took a `fee` for it; `amount` is negative
    when that payout came back."""
    amount, fee = check_amount(amount, currency, negative=True), check_amount(fee, currency, negative=True)
    legs = [
        Leg(Account.BANK, currency, amount),
        Leg(Account.GATEWAY_FEES, currency, fee),
        Leg(Account.CASH, currency, -amount - fee),
    ]
    return post(f"to-bank-{reference}", Cause(Entry.TO_BANK), legs)
