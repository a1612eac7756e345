"""Whose a refund is that somebody made by hand in the gateway's own dashboard. Until a moderator says so, a share of it
is every parcel's."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from shop.accounts.audit import note
from shop.currency.money import smallest
from shop.settlement import booking
from shop.settlement.booking.parts import allocate, as_money, factor
from shop.settlement.giving_back import Asked, left_of, put_back_unsent, with_own
from shop.settlement.models import Parcel, Payment, Refund, RefundLine, Sale, SplitChange
from shop.settlement.refunding import CannotRefund, left_to_refund

ZERO = Decimal("0.00")


def to_assign() -> QuerySet[Refund]:
    """Those made by hand for a sale of which nobody has said yet what they are for."""
    taken_on = (Refund.PENDING, Refund.SUCCEEDED)
    return Refund.objects.filter(by_hand=True, status__in=taken_on, payment__status=Payment.PAID, lines=None)


@transaction.atomic
def assign_refund(refund_id: int, parcel: Parcel, *, pieces: bool, person: Any) -> Refund:
    """The refund was for this parcel: for all pieces that are left of it (`pieces`; those not sent yet are on the shelf
    again), or only some of its price. CannotRefund("assigned") for one that is somebody's already, "more than is left"
    when the parcel cost less."""
    Sale.objects.select_for_update().get(order=parcel.order_id)
    refund = Refund.objects.select_for_update().get(pk=refund_id)
    if not to_assign().filter(pk=refund_id, order=parcel.order_id).exists():
        raise CannotRefund("assigned", left_to_refund(refund.payment))
    lines = _lines(refund, parcel, pieces)
    for line in lines:
        line.refund = refund
        line.save()
    booking.book_refund_assigned(refund)
    if pieces:
        put_back_unsent(Asked(parcel, {line.line_id: line.quantity for line in lines if line.quantity}))
    note(person, "refund assigned", refund, parcel=str(parcel), pieces=str(pieces))
    return refund


def _lines(refund: Refund, parcel: Parcel, pieces: bool) -> list[RefundLine]:
    """The whole refund as unsaved lines of this parcel: of its goods first, then of its shipping."""
    left, currency = left_of(parcel), parcel.order.currency
    share = SplitChange.objects.filter(entry__key=f"refund-{refund.pk}", split__parcel=parcel).first()
    goods_left = left.goods + (share.paid_goods if share else ZERO)
    there = goods_left + left.shipping + (share.paid_shipping if share else ZERO)
    asked = as_money(Fraction(refund.amount) / factor(refund.payment), currency)
    if asked > there + smallest(currency):
        raise CannotRefund("more than is left", there)
    goods = min(asked, goods_left)
    shipping = min(asked, there) - goods
    shares = allocate(goods, [one.goods for one in left.lines], currency)
    lines = [
        with_own(RefundLine(parcel=parcel, line=one.line, quantity=one.quantity if pieces else 0, goods=amount))
        for one, amount in zip(left.lines, shares, strict=True)
        if amount or (pieces and one.quantity)
    ]
    return [*lines, with_own(RefundLine(parcel=parcel, shipping=shipping))] if shipping else lines
