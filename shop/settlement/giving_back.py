"""Which part of a parcel goes back to the shopper: pieces by line, shipping, or all that is left; and who may say so.

Sums of one line are rounded on its running total, so that giving back piece by piece gives back exactly its price.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone
from oscar.core.loading import get_model

from shop.currency.money import round_exact
from shop.currency.rates import RateMissing, current_rates
from shop.listings.changes import stock_changed
from shop.partner.stock import give_back as back_on_the_shelf
from shop.partner.stock import lock
from shop.settlement.booking.parts import taken
from shop.settlement.models import Dispute, Parcel, ParcelSplit, Payment, Refund, RefundLine, Sale
from shop.settlement.refunding import CannotRefund, in_charged_currency, left_to_refund, open_refund

Line = get_model("order", "Line")
Order = get_model("order", "Order")
ZERO = Decimal("0.00")
# A parcel that was not sent yet: what is given back of it goes to the shelf again.
UNSENT = (Parcel.NEW, Parcel.ACCEPTED)


@dataclass(frozen=True)
class LeftLine:
    """What was not given back of an order line: pieces, and their sum in the order's currency. `price`: of all its
    pieces, less what was given back of it without a piece."""

    line: Any
    quantity: int
    goods: Decimal
    price: Decimal


@dataclass(frozen=True)
class Left:
    """What was not given back of a parcel, in the order's currency. `goods` may be less than its lines add up to: what
    a lost dispute took, or a refund made by hand at the gateway, is of no line."""

    parcel: Parcel
    lines: list[LeftLine]
    goods: Decimal
    shipping: Decimal

    @property
    def total(self) -> Decimal:
        return self.goods + self.shipping


@dataclass(frozen=True)
class Asked:
    """What is to be given back of one parcel: pieces by order line id, shipping in the order's currency."""

    parcel: Parcel
    quantities: Mapping[int, int]
    shipping: Decimal = ZERO


def left_of(parcel: Parcel) -> Left:
    """What of the parcel could still be given back (six queries)."""
    lines = list(Line.objects.filter(order=parcel.order_id, partner=parcel.partner_id).order_by("pk"))
    gone = RefundLine.objects.filter(parcel=parcel, refund__status__in=Refund.LIVE)
    rows = (
        gone.order_by()
        .values("line")
        .annotate(pieces=Sum("quantity"), given=Sum("goods"), discount=Sum("goods", filter=Q(quantity=0)))
    )
    by_line = {row["line"]: row for row in rows}
    left = [_left_line(line, by_line.get(line.pk)) for line in lines]
    goods = sum((one.goods for one in left), ZERO)
    shipping = parcel.charge - (gone.aggregate(sum=Sum("shipping"))["sum"] or ZERO)
    booked = _left_in_the_books(parcel)
    if booked:
        goods, shipping = min(goods, booked[0]), min(shipping, booked[1])
    return Left(parcel, left, goods, shipping)


def _left_in_the_books(parcel: Parcel) -> tuple[Decimal, Decimal] | None:
    """Goods and shipping of the parcel that no entry has undone and no refund that is still to be sent will; None for
    one that was not sold."""
    split = ParcelSplit.objects.filter(parcel=parcel).first()
    if split is None:
        return None
    undone = taken([split])[split.pk]
    waiting = RefundLine.objects.filter(parcel=parcel, refund__status=Refund.REQUESTED)
    sums = waiting.aggregate(goods=Sum("goods"), shipping=Sum("shipping"))
    goods = split.paid_goods - undone["paid_goods"] - (sums["goods"] or ZERO)
    shipping = split.paid_shipping - undone["paid_shipping"] - (sums["shipping"] or ZERO)
    return max(goods, ZERO), max(shipping, ZERO)


def _left_line(line: Any, gone: Mapping[str, Any] | None) -> LeftLine:
    price = line.line_price_incl_tax
    if gone is None:
        return LeftLine(line, line.quantity, price, price)
    return LeftLine(line, line.quantity - gone["pieces"], price - gone["given"], price - (gone["discount"] or ZERO))


def everything_left(parcel: Parcel) -> Asked:
    left = left_of(parcel)
    return Asked(parcel, {one.line.pk: one.quantity for one in left.lines if one.quantity}, left.shipping)


@transaction.atomic
def give_back(order: Any, asked: Sequence[Asked], *, key: str, reason: str, person: Any = None) -> Refund:
    """Opens one refund of these parts of the order's parcels; pieces that were not sent yet go back on the shelf.

    The same key gives back the refund it made, and nothing happens twice. CannotRefund (its text one of
    `WHY`, in refund_words) when more is asked for than is left, nothing at all, while the bank decides about the
    payment, or for an order that is not paid.
    """
    Sale.objects.select_for_update().get(order=order)
    known = Refund.objects.filter(key=key).first()
    if known:
        return known
    payment = Payment.objects.filter(order=order, status=Payment.PAID).first()
    if payment is None:
        raise CannotRefund("not paid", ZERO)
    if Dispute.objects.filter(payment=payment).exclude(status__in=Dispute.OVER).exists():
        raise CannotRefund("disputed", left_to_refund(payment))
    lines = [line for one in asked for line in _refund_lines(one)]
    amount = _charged(payment, lines)
    refund = open_refund(payment, amount, key=key, reason=reason, lines=lines, person=person)
    for one in asked:
        put_back_unsent(one)
    return refund


def _refund_lines(asked: Asked) -> list[RefundLine]:
    left = left_of(asked.parcel)
    by_line = {one.line.pk: one for one in left.lines}
    found = []
    for line_id, quantity in asked.quantities.items():
        one = by_line.get(line_id)
        if one is None or quantity < 0 or quantity > one.quantity:
            raise CannotRefund("more than is left", left.total)
        if quantity:
            found.append(_refund_line(asked.parcel, one, quantity))
    _fit(found, left)
    if asked.shipping < 0 or asked.shipping > left.shipping:
        raise CannotRefund("more than is left", left.total)
    if asked.shipping:
        found.append(with_own(RefundLine(parcel=asked.parcel, shipping=asked.shipping)))
    return found


def _refund_line(parcel: Parcel, left: LeftLine, quantity: int) -> RefundLine:
    pieces = left.line.quantity
    after = pieces - left.quantity + quantity
    goods = round_exact(left.price * after / pieces, parcel.order.currency) - (left.price - left.goods)
    return with_own(RefundLine(parcel=parcel, line=left.line, quantity=quantity, goods=goods))


def _fit(lines: list[RefundLine], left: Left) -> None:
    """With the last pieces goes what is left, though their price was more: part of it was given back already."""
    last = sum(line.quantity for line in lines) == sum(one.quantity for one in left.lines)
    rest = left.goods
    for line in lines:
        if line.goods > rest and not last:
            raise CannotRefund("more than is left", left.total)
        line.goods = min(line.goods, rest)
        rest -= line.goods
        with_own(line)


def with_own(line: RefundLine) -> RefundLine:
    """The same in the maker's currency, at the rate frozen when it was sold."""
    split = line.parcel.split
    line.own_currency = split.currency
    line.own_amount = round_exact((line.goods + line.shipping) / split.rate, split.currency)
    return line


def _charged(payment: Payment, lines: Sequence[RefundLine]) -> Decimal:
    """These lines in the charged currency, on the running total: with the last of the order goes all that is left of
    the payment."""
    amount = sum((line.goods + line.shipping for line in lines), ZERO)
    if amount and amount == sum((left_of(parcel).total for parcel in payment.order.parcels.all()), ZERO):
        return left_to_refund(payment)
    known = RefundLine.objects.filter(refund__payment=payment, refund__status__in=Refund.LIVE)
    sums = known.aggregate(goods=Sum("goods"), shipping=Sum("shipping"))
    before = (sums["goods"] or ZERO) + (sums["shipping"] or ZERO)
    gone = in_charged_currency(payment, before) if before else ZERO
    return in_charged_currency(payment, before + amount) - gone


def put_back_unsent(asked: Asked) -> None:
    """Ends the reservation of pieces that will not be sent; those of a parcel that was sent are gone."""
    if asked.parcel.status not in UNSENT:
        return
    lines = Line.objects.filter(pk__in=[pk for pk, quantity in asked.quantities.items() if quantity])
    lines = [line for line in lines.select_related("product") if line.stockrecord_id]
    lock(line.stockrecord_id for line in lines)
    for line in lines:
        pieces = min(asked.quantities[line.pk], line.num_allocated)
        back_on_the_shelf(line.stockrecord_id, pieces)
        Line.objects.filter(pk=line.pk).update(num_allocated=line.num_allocated - pieces)
    stock_changed([line.product for line in lines if line.product])


@transaction.atomic
def try_again(refund: Refund, person: Any) -> Refund:
    """Opens a refund that failed once more, for the same parts; the stock was put right the first time. A second call
    gives back the one that the first made. CannotRefund for one that did not fail."""
    if refund.status in Refund.LIVE:
        raise CannotRefund("not failed", left_to_refund(refund.payment))
    lines = list(refund.lines.select_related("parcel", "line"))
    for line in lines:
        line.pk = None
    return open_refund(
        refund.payment, refund.amount, key=f"again-{refund.pk}", reason=refund.reason, lines=lines, person=person
    )


def check_maker_may(asked: Asked) -> None:
    """CannotRefund("ask a moderator") for what a maker may not give back alone: later than MAKER_REFUND_DAYS after the
    order, more than MAKER_REFUND_LIMIT_USD dollars at once, or where no rate says how much it is. Moderators have no
    such limit."""
    amount = sum((line.goods + line.shipping for line in _refund_lines(asked)), ZERO)
    late = asked.parcel.order.date_placed < timezone.now() - timedelta(days=settings.MAKER_REFUND_DAYS)
    if late or not _is_small(amount, asked.parcel.order.currency):
        raise CannotRefund("ask a moderator", left_of(asked.parcel).total)


def _is_small(amount: Decimal, currency: str) -> bool:
    try:
        return current_rates().convert(amount, currency, "USD") <= settings.MAKER_REFUND_LIMIT_USD
    except RateMissing:
        return False
