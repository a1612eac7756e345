"""Freezing how each parcel of an order is split, in the transaction that places it."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone
from oscar.core.loading import get_model

from shop.currency.money import round_exact
from shop.currency.rates import Rates, read_rates
from shop.settlement.commission import (
    Piece,
    RuleBook,
    country_of,
    divide,
    read_rules,
    release_for,
    release_rules,
    standing_of,
)
from shop.settlement.models import Parcel, ParcelSplit, VoucherTerms

Order = get_model("order", "Order")
ZERO = Decimal("0.00")


def freeze_splits(order: Order, rates: Rates | None = None) -> list[ParcelSplit]:
    """Freezes the split of each parcel of the order that has none; returns all of them in the order of the parcels.

    `rates` are those the order was converted with (default: the table's now). RateMissing, RateStale and
    NoRule may be raised.
    """
    frozen = {split.parcel_id: split for split in ParcelSplit.objects.filter(parcel__order=order)}
    parcels = list(order.parcels.select_related("partner__artisan").order_by("number"))
    missing = [parcel for parcel in parcels if parcel.pk not in frozen]
    if missing:
        rates, book, releases = rates or read_rates(), read_rules(_date(order)), release_rules()
        lines = list(
            order.lines.select_related("frozen", "product__listing", "product__parent__listing").prefetch_related(
                "discounts__order_discount"
            )
        )
        bearers = _bearers(lines)
        for parcel in missing:
            own = [line for line in lines if line.partner_id == parcel.partner_id]
            split = _split(order, parcel, own, bearers, book, rates)
            release = release_for(releases, country_of(parcel.partner), standing_of(parcel.partner))
            split.after_delivery, split.after_shipping = release.after_delivery, release.after_shipping
            frozen[parcel.pk] = split
        ParcelSplit.objects.bulk_create(frozen[parcel.pk] for parcel in missing)
    return [frozen[parcel.pk] for parcel in parcels]


def _bearers(lines: Sequence[Any]) -> dict[int, int | None]:
    """Voucher id → id of the maker who bears its discount (None: the platform)."""
    vouchers = {d.order_discount.voucher_id for line in lines for d in line.discounts.all()} - {None}
    terms = VoucherTerms.objects.filter(voucher__in=vouchers) if vouchers else VoucherTerms.objects.none()
    return dict(terms.values_list("voucher_id", "partner_id"))


def _date(order: Order) -> datetime.date:
    return timezone.localdate(order.date_placed)


def _split(
    order: Order, parcel: Parcel, lines: Sequence[Any], bearers: dict[int, int | None], book: RuleBook, rates: Rates
) -> ParcelSplit:
    """The unsaved split of a parcel, but for when it is released."""
    pieces, platform_discount = [], ZERO
    for line in lines:
        piece, borne = _piece(line, parcel.own_currency, bearers, rates)
        pieces.append(piece)
        platform_discount += borne
    split = divide(pieces, parcel.own_charge, parcel.own_currency, parcel.partner, _date(order), book, rates)
    names = ("currency", "goods", "discount", "shipping", "commission", "vat", "fee", "net", "terms")
    kept = ("kept_commission", "kept_vat", "kept_fee")
    return ParcelSplit(
        parcel=parcel,
        **{name: getattr(split, name) for name in (*names, *kept)},
        paid_goods=sum((line.line_price_incl_tax for line in lines), ZERO),
        paid_shipping=parcel.charge,
        platform_discount=platform_discount,
        rate=_rate(order, parcel, lines, rates),
    )


def _rate(order: Order, parcel: Parcel, lines: Sequence[Any], rates: Rates) -> Decimal:
    """Units of the order's currency for one of the maker's, as frozen beside the prices; by `rates` only if no price
    of the parcel is in the maker's currency."""
    frozen = (line.frozen.rate for line in lines if line.frozen.currency == parcel.own_currency)
    return next(frozen, None) or rates.rate(parcel.own_currency, order.currency)


def _piece(line: Any, currency: str, bearers: dict[int, int | None], rates: Rates) -> tuple[Piece, Decimal]:
    """A line's goods in the maker's currency with the discount they bear; and, in the order's, what the platform bears.

    A discount that no voucher names (an offer of the whole shop) is the platform's.
    """
    goods = line.frozen.unit_price * line.quantity
    if line.frozen.currency != currency:
        goods = round_exact(goods * rates.rate(line.frozen.currency, currency), currency)
    before = line.line_price_before_discounts_incl_tax
    discount = before - line.line_price_incl_tax
    makers = sum(
        (
            given.amount
            for given in line.discounts.all()
            if bearers.get(given.order_discount.voucher_id) == line.partner_id
        ),
        ZERO,
    )
    makers = min(makers, discount)
    own_discount = round_exact(goods * makers / before, currency) if makers else ZERO
    product = line.product.parent if line.product and line.product.parent_id else line.product
    listing = getattr(product, "listing", None)
    return Piece(listing.craft if listing else "", goods, own_discount), discount - makers
