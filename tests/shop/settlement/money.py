"""Sales, refunds, disputes and payouts for tests of the books; amounts as text."""

import itertools
from decimal import Decimal

from django.db.models import Sum
from oscar.core.loading import get_model

from shop.settlement import booking
from shop.settlement.models import Entry, FrozenPrice, Parcel, Payment, Posting

Line = get_model("order", "Line")
Order = get_model("order", "Order")
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
        Thing(
            "refundline",
            parcel_id=parcels[number].pk,
            parcel=parcels[number],
            goods=Decimal(goods),
            shipping=Decimal(shipping),
        )
        for number, goods, shipping in lines
    )
    total = Decimal(amount) if amount else sum((line.goods + line.shipping for line in made), Decimal("0.00"))
    return Thing("refund", payment=payment, amount=total, currency=payment.currency, lines=made)


def dispute_of(order, amount: str = "", payment=None) -> Thing:
    payment = payment or order.payments.get(status="paid")
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


# -- Orders written straight into the tables: hundreds a second, any number in them ----------------------------------


def quick_order(goods, *, currency="USD", charged=None):
    """A placed order with a payment that is open. `goods`: for each parcel a dict of
    partner, price (the maker's), currency, shipping, rate (order's units for one of the maker's), paid_goods,
    paid_shipping (order's currency), craft ("" or an id). `charged`: (amount, currency) when not the order's own."""
    number = f"Q{next(_numbers)}"
    total = sum(one["paid_goods"] + one["paid_shipping"] for one in goods)
    shipping = sum(one["paid_shipping"] for one in goods)
    order = Order.objects.create(
        number=number, currency=currency, total_incl_tax=total, total_excl_tax=total, shipping_incl_tax=shipping,
        shipping_excl_tax=shipping, status="pending payment",
    )  # fmt: skip
    for place, one in enumerate(goods, start=1):
        _quick_parcel(order, place, one)
    amount, charged_currency = charged or (total, currency)
    Payment.objects.create(
        order=order, gateway="sandbox", key=number, amount=amount, currency=charged_currency, status=Payment.OPEN
    )
    return order


def _quick_parcel(order, place: int, one: dict) -> None:
    Parcel.objects.create(
        order=order, partner=one["partner"], number=place, method="standard", charge=one["paid_shipping"],
        own_charge=one["shipping"], own_currency=one["currency"], days_min=1, days_max=2,
    )  # fmt: skip
    before = one["paid_goods"] + one.get("discount", 0)
    line = Line.objects.create(
        order=order, partner=one["partner"], partner_name="", partner_sku="", title="Piece", quantity=1,
        num_allocated=0, product=one.get("product"),
        line_price_incl_tax=one["paid_goods"], line_price_excl_tax=one["paid_goods"],
        line_price_before_discounts_incl_tax=before, line_price_before_discounts_excl_tax=before,
    )  # fmt: skip
    if one.get("discount"):
        given = order.discounts.create(amount=one["discount"], voucher_id=one.get("voucher"))
        line.discounts.create(order_discount=given, is_incl_tax=True, amount=one["discount"])
    FrozenPrice.objects.create(
        line=line, unit_price=one["price"], currency=one["currency"], rate=one["rate"], rate_date="2026-11-01"
    )


def quick_pay(order) -> None:
    """Its payment is paid and the sale is booked; again, nothing happens."""
    order.payments.update(status=Payment.PAID)
    Order.objects.filter(pk=order.pk).update(status="paid")
    booking.book_sale(order)
