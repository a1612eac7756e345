"""A shopper sends pieces back: asks within RETURN_DAYS after they arrived, the maker (or a moderator) answers with
where to send them, and once they are there the money goes back."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from oscar.core.loading import get_model

from shop.listings.changes import stock_changed
from shop.order.mails import tell_of_return, tell_of_return_request
from shop.partner.stock import lock, put_back
from shop.settlement.giving_back import Asked, give_back, left_of
from shop.settlement.models import Parcel, Refund, Return, ReturnLine
from shop.settlement.parcels import WrongState, locked

Line = get_model("order", "Line")
ZERO = Decimal("0.00")


class CannotReturn(Exception):
    """These pieces cannot be sent back: "too late", "nothing", "more than is left" or "open already"."""


def may_return(parcel: Parcel) -> bool:
    """Whether the parcel arrived, and not too long ago."""
    since = timezone.now() - timedelta(days=settings.RETURN_DAYS)
    return parcel.status == Parcel.DELIVERED and bool(parcel.delivered_at) and parcel.delivered_at >= since


@transaction.atomic
def request_return(parcel_id: int, quantities: Mapping[int, int], reason: str, words: str) -> Return:
    """The shopper asks; the maker hears of it. `quantities`: pieces by order line id. CannotReturn says why not."""
    parcel = locked(parcel_id)
    if not may_return(parcel):
        raise CannotReturn("too late")
    if parcel.returns.filter(status__in=Return.OPEN).exists():
        raise CannotReturn("open already")
    there = {one.line.pk: one.quantity for one in left_of(parcel).lines}
    wanted = {line: quantity for line, quantity in quantities.items() if quantity}
    if not wanted:
        raise CannotReturn("nothing")
    if any(quantity < 0 or quantity > there.get(line, 0) for line, quantity in wanted.items()):
        raise CannotReturn("more than is left")
    made = Return.objects.create(parcel=parcel, reason=reason, words=words)
    ReturnLine.objects.bulk_create(
        ReturnLine(returned=made, line_id=line, quantity=quantity) for line, quantity in wanted.items()
    )
    tell_of_return_request(made)
    return made


def _locked_return(return_id: int, *expected: str) -> Return:
    """The return with its order and parcel locked first; WrongState when it is in none of these states."""
    parcel_id = Return.objects.values_list("parcel_id", flat=True).get(pk=return_id)
    parcel = locked(parcel_id)
    found = Return.objects.select_for_update().get(pk=return_id)
    found.parcel = parcel
    if found.status not in expected:
        raise WrongState(found.status)
    return found


@transaction.atomic
def approve_return(return_id: int, *, address: str, label: str, person: Any) -> Return:
    """It may be sent to `address`, with a prepaid label where there is one; the shopper gets both by mail."""
    found = _locked_return(return_id, Return.REQUESTED)
    found.status, found.address, found.label = Return.APPROVED, address, label
    return _answered(found, person)


@transaction.atomic
def refuse_return(return_id: int, *, answer: str, person: Any) -> Return:
    """It may not be sent back, and why; the shopper is told whom to turn to."""
    found = _locked_return(return_id, Return.REQUESTED)
    found.status, found.answer = Return.REFUSED, answer
    return _answered(found, person)


def _answered(found: Return, person: Any) -> Return:
    found.answered_by, found.answered_at = person, timezone.now()
    found.save()
    tell_of_return(found)
    return found


@transaction.atomic
def receive_return(return_id: int, *, on_sale_again: bool, person: Any) -> Return:
    """It is back: its price is given back, and what it cost to send where the fault was not the shopper's, but for what
    was given back while it was under way; the pieces are on sale again if they are as good as new. CannotRefund while
    the bank decides about the payment."""
    found = _locked_return(return_id, Return.APPROVED)
    quantities = {line.line_id: line.quantity for line in found.lines.all()}
    found.refund = _give_back(found, quantities, person)
    found.status, found.received_at = Return.RECEIVED, timezone.now()
    found.save()
    if on_sale_again:
        _on_sale_again(quantities)
    tell_of_return(found)
    return found


def _give_back(found: Return, quantities: Mapping[int, int], person: Any) -> Refund | None:
    left = left_of(found.parcel)
    pieces = {one.line.pk: min(one.quantity, quantities.get(one.line.pk, 0)) for one in left.lines}
    shipping = ZERO if found.reason == Return.UNWANTED else left.shipping
    if not left.total or not (shipping or any(pieces.values())):
        return None
    asked = Asked(found.parcel, pieces, shipping)
    reason = f"returned: {found.reason}"
    return give_back(found.parcel.order, [asked], key=f"return-{found.pk}", reason=reason, person=person)


def _on_sale_again(quantities: Mapping[int, int]) -> None:
    lines = [line for line in Line.objects.filter(pk__in=quantities).select_related("product") if line.stockrecord_id]
    lock(line.stockrecord_id for line in lines)
    for line in lines:
        put_back(line.stockrecord_id, quantities[line.pk])
    stock_changed([line.product for line in lines if line.product])
