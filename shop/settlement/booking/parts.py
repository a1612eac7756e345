"""What refunds and disputes share: which part of which parcel's split is undone, and where its money lies now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from shop.currency.money import smallest
from shop.settlement.ledger import Leg, NotEnough, find
from shop.settlement.models import Account, Entry, ParcelSplit, SplitChange

ZERO = Decimal("0.00")
FIELDS = ("paid_goods", "paid_shipping", "charged", "voucher", "worth", "goods", "shipping", "commission", "vat", "fee")
Taken = dict[str, Decimal]


@dataclass(frozen=True)
class Part:
    """Goods and shipping of one parcel, in the order's currency, to be undone."""

    split: ParcelSplit
    goods: Decimal
    shipping: Decimal


def lock_splits(order: Any) -> list[ParcelSplit]:
    """The order's splits, locked until the transaction ends, always in the order of their ids: refunds, disputes and
    releases of one order wait for each other."""
    found = ParcelSplit.objects.select_for_update(of=("self",)).filter(parcel__order=order).order_by("pk")
    return list(found.select_related("parcel__partner", "parcel__order"))


def taken(splits: Iterable[ParcelSplit]) -> dict[int, Taken]:
    """What was taken out of each split so far, by split id and field (one query)."""
    sums = {split.pk: dict.fromkeys(FIELDS, ZERO) for split in splits}
    for change in SplitChange.objects.filter(split__in=list(sums)):
        for name in FIELDS:
            sums[change.split_id][name] += getattr(change, name)
    return sums


def factor(payment: Any) -> Fraction:
    """Units of the charged currency for one of the order's: 1 when it was charged in its own."""
    total = payment.order.total_incl_tax
    return Fraction(payment.amount) / Fraction(total) if total else Fraction(1)


def as_money(value: Fraction, currency: str) -> Decimal:
    """A fraction as an amount, rounded half up to the smallest unit of its currency."""
    unit = Fraction(smallest(currency))
    steps = value / unit
    whole = (abs(steps) + Fraction(1, 2)).__floor__()
    return Decimal(whole if steps >= 0 else -whole) * smallest(currency) + ZERO


def value(split: ParcelSplit, own: Decimal, payment: Any) -> Decimal:
    """`own` (the maker's currency) at the frozen rate, in the charged currency."""
    return as_money(Fraction(own) * Fraction(split.rate) * factor(payment), payment.currency)


def allocate(amount: Decimal, weights: Sequence[Decimal], currency: str) -> list[Decimal]:
    """`amount` divided in proportion to `weights`, in smallest units, adding up exactly (largest remainders first)."""
    total = sum(weights, ZERO)
    if not total:
        return [amount if not number else ZERO for number, _weight in enumerate(weights)]
    unit = smallest(currency)
    exact = [Fraction(amount) * Fraction(weight) / Fraction(total) / Fraction(unit) for weight in weights]
    whole = [share.__floor__() for share in exact]
    left = int(amount / unit) - sum(whole)
    by_remainder = sorted(range(len(exact)), key=lambda number: (whole[number] - exact[number], number))
    for number in by_remainder[:left]:
        whole[number] += 1
    return [Decimal(steps) * unit + ZERO for steps in whole]


def undone(part: Part, before: Taken, charged: Decimal, payment: Any) -> Taken:
    """What undoing this part takes out of its split, beside what was taken `before`.

    Everything is in proportion to the share of the goods (or of the shipping) that is undone, rounded on the running
    total, so that parts that add up to the whole give back exactly the whole. NotEnough when more is asked for than
    is left.
    """
    split = part.split
    for name, asked, there in (
        ("goods", part.goods, split.paid_goods - before["paid_goods"]),
        ("shipping", part.shipping, split.paid_shipping - before["paid_shipping"]),
    ):
        if asked > there:
            raise NotEnough(f"Parcel {split.parcel}: {asked} of {name} asked, {there} left.")
    goods_share = _share(before["paid_goods"] + part.goods, split.paid_goods)
    shipping_share = _share(before["paid_shipping"] + part.shipping, split.paid_shipping)
    whole = {
        "goods": (split.goods - split.discount, goods_share),
        "shipping": (split.shipping, shipping_share),
        "commission": (split.commission - split.kept_commission, goods_share),
        "vat": (split.vat - split.kept_vat, goods_share),
        "fee": (split.fee - split.kept_fee, goods_share),
    }
    found = {
        name: as_money(Fraction(amount) * share, split.currency) - before[name]
        for name, (amount, share) in whole.items()
    }
    own = found["goods"] + found["shipping"]
    earlier = before["goods"] + before["shipping"]
    voucher = as_money(Fraction(split.platform_discount) * factor(payment) * goods_share, payment.currency)
    return {
        "paid_goods": part.goods,
        "paid_shipping": part.shipping,
        "charged": charged,
        "voucher": voucher - before["voucher"],
        "worth": value(split, earlier + own, payment) - value(split, earlier, payment),
        **found,
    }


def _share(part: Decimal, whole: Decimal) -> Fraction:
    return Fraction(part) / Fraction(whole) if whole else Fraction(0)


def portions(splits: Sequence[ParcelSplit], before: dict[int, Taken], amount: Decimal, payment: Any) -> list[Part]:
    """`amount` (charged currency) of which nobody says what it is for, spread over what is left of all parcels."""
    left = [
        (one, one.paid_goods - before[one.pk]["paid_goods"], one.paid_shipping - before[one.pk]["paid_shipping"])
        for one in splits
    ]
    all_left = sum((goods + shipping for _split, goods, shipping in left), ZERO)
    currency = payment.order.currency
    asked = min(as_money(Fraction(amount) / factor(payment), currency), all_left)
    weights = [share for _split, goods, shipping in left for share in (goods, shipping)]
    shares = allocate(asked, weights, currency)
    return [
        Part(split, shares[2 * number], shares[2 * number + 1])
        for number, (split, _goods, _shipping) in enumerate(left)
        if shares[2 * number] or shares[2 * number + 1]
    ]


def is_released(split: ParcelSplit) -> bool:
    return find(f"release-{split.parcel_id}") is not None


def owed_legs(split: ParcelSplit, goods: Decimal, shipping: Decimal) -> list[Leg]:
    """Debits of a maker's money where it lies now: pending and held, or available once released. Own currency."""
    partner, currency = split.parcel.partner, split.currency
    if is_released(split):
        return [Leg(Account.AVAILABLE, currency, goods + shipping, partner)]
    return [
        Leg(Account.PENDING, currency, goods, partner),
        Leg(Account.SHIPPING_HELD, currency, shipping, partner),
    ]


def undoing_legs(split: ParcelSplit, change: Taken, payment: Any) -> list[Leg]:
    """The legs of undoing but for where the charged money goes (credit) and the maker's own (debit)."""
    own, charged = split.currency, payment.currency
    return [
        Leg(Account.VOUCHERS, charged, -change["voucher"]),
        Leg(Account.EXCHANGE, charged, change["worth"]),
        Leg(Account.ROUNDING, charged, change["charged"] + change["voucher"] - change["worth"]),
        Leg(Account.EXCHANGE, own, -change["goods"] - change["shipping"]),
        Leg(Account.COMMISSION, own, change["commission"]),
        Leg(Account.VAT, own, change["vat"]),
        Leg(Account.GATEWAY_FEES, own, change["fee"]),
    ]


def net_goods(change: Taken) -> Decimal:
    """What the maker gives back for the goods, what the platform gives back taken off."""
    return change["goods"] - change["commission"] - change["vat"] - change["fee"]


def write_changes(entry: Entry, changes: Iterable[tuple[ParcelSplit, Taken]], sign: int = 1) -> None:
    SplitChange.objects.bulk_create(
        SplitChange(split=split, entry=entry, **{name: sign * amount for name, amount in change.items()})
        for split, change in changes
    )


def changes_of(entry: Entry) -> list[tuple[ParcelSplit, Taken]]:
    """What an entry took out of which split."""
    rows = entry.split_changes.select_related("split__parcel__partner")
    return [(row.split, {name: getattr(row, name) for name in FIELDS}) for row in rows]
