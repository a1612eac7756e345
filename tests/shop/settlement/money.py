"""Sales, refunds, disputes and payouts for tests of the books; amounts as text."""

import itertools
from decimal import Decimal

from django.db.models import Sum

from shop.settlement.models import Entry, Posting

_numbers = itertools.count(1)


class Thing:
    """What caused an entry, as the booking functions see it: a refund, a dispute or a payout of another module."""

    def __init__(self, kind: str, **fields):
        self.pk = fields.pop("pk", None) or next(_numbers)
        self._meta = type("Meta", (), {"model_name": kind})
        self.reason = self.error = ""
        self.__dict__.update(fields)


class Lines(list):
    def all(self):
        return self


def refund_of(order, *lines, amount: str = "", payment=None) -> Thing:
    """`lines`: (parcel number, goods, shipping) in the order's currency; `amount` defaults to their sum."""
    payment = payment or order.payments.get(status="paid")
    parcels = {parcel.number: parcel for parcel in order.parcels.all()}
    made = Lines(
        Thing("refundline", parcel_id=parcels[number].pk, goods=Decimal(goods), shipping=Decimal(shipping))
        for number, goods, shipping in lines
    )
    total = Decimal(amount) if amount else sum((line.goods + line.shipping for line in made), Decimal("0.00"))
    return Thing("refund", payment=payment, amount=total, currency=payment.currency, lines=made)


def dispute_of(order, amount: str = "") -> Thing:
    payment = order.payments.get(status="paid")
    total = Decimal(amount) if amount else payment.amount
    return Thing("dispute", payment=payment, amount=total, currency=payment.currency)


def payout_to(partner, amount: str, currency: str) -> Thing:
    return Thing("payout", partner=partner, amount=Decimal(amount), currency=currency)


def legs(entry: Entry) -> dict[str, str]:
    """An entry as {"kind currency [maker's code]": amount as text}."""
    rows = entry.postings.select_related("account__partner")
    return {
        " ".join(filter(None, [row.account.kind, row.account.currency, getattr(row.account.partner, "code", "")])): str(
            row.amount
        )
        for row in rows
    }


def sums() -> dict[str, Decimal]:
    """The sum of all postings, by currency: zero each."""
    rows = Posting.objects.order_by().values_list("account__currency").annotate(total=Sum("amount"))
    return {currency: total.quantize(Decimal("0.01")) for currency, total in rows}
