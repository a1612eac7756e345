"""The honest split, as pages show it: what the maker receives, what the platform keeps, what shipping costs."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone

from shop.checkout.charging import RateStale
from shop.currency.rates import RateMissing, Rates
from shop.settlement.commission import NoRule, Piece, RuleBook, divide
from shop.settlement.ledger import ZERO
from shop.settlement.models import Parcel, ParcelSplit
from shop.settlement.releasing import due_at, is_withheld


@dataclass(frozen=True)
class Shown:
    """Amounts in `currency`: maker + platform (VAT and fee within) + shipping = what is paid for the parcel, before a
    discount that the platform bears. `vat` is within `platform`; `own_maker` is the maker's in `own_currency`."""

    currency: str
    maker: Decimal
    platform: Decimal
    vat: Decimal
    fee: Decimal
    shipping: Decimal
    own_maker: Decimal
    own_currency: str
    percent: int
    returned: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        return self.maker + self.platform + self.shipping


def before_buying(
    record: Any, craft: str, price: Decimal, shipping: Any, currency: str, rates: Rates, book: RuleBook,
) -> Shown | None:  # fmt: skip
    """How the money for one piece is split, by the function that will freeze it when it is ordered.

    `record`: the piece's stock record with its partner; `price` and `shipping` (a ParcelMethod or None) as shown in
    `currency`. None where it cannot be told: no rate or one that is too old, no rule.
    """
    own = record.price_currency
    sent = shipping is not None and shipping.own_currency == own
    try:
        split = divide(
            [Piece(craft, record.price)], shipping.own_charge if sent else ZERO, own, record.partner,
            timezone.localdate(), book, rates,
        )  # fmt: skip
        platform, vat, fee = (rates.convert(one, own, currency) for one in (split.platform, split.vat, split.fee))
    except (RateMissing, RateStale, NoRule):
        return None
    return Shown(
        currency, price - platform, platform, vat, fee, shipping.charge if shipping is not None else ZERO,
        split.net - split.shipping, own, _percent(split.net - split.shipping, split.goods),
    )  # fmt: skip


def _percent(part: Decimal, whole: Decimal) -> int:
    return round(part * 100 / whole) if whole else 0


def of_split(split: ParcelSplit) -> Shown:
    """The same of a parcel that was ordered, from what was frozen, in the maker's currency; `returned` is what was
    taken out of the maker's part since. Uses prefetched changes."""
    goods = split.goods - split.discount
    net = split.net - split.shipping
    return Shown(
        currency=split.currency,
        maker=net,
        platform=split.commission + split.vat + split.fee,
        vat=split.vat,
        fee=split.fee,
        shipping=split.shipping,
        own_maker=net,
        own_currency=split.currency,
        percent=_percent(net, goods),
        returned=sum((change.net for change in split.changes.all()), ZERO),
    )


def attach_splits(parcels: list[Parcel]) -> None:
    """Gives each parcel `shown_split` (None for one ordered before splits were kept); a fixed number of queries."""
    prefetch_related_objects(parcels, "split__changes")
    for parcel in parcels:
        parcel.shown_split = of_split(parcel.split) if hasattr(parcel, "split") else None


def money_state(parcel: Parcel) -> dict[str, Any]:
    """Where a parcel's money stands for its maker: {state: waiting | due | released | withheld, due: datetime or None}.

    `waiting`: until it is sent; `due`: on the day of `due` at the latest; one query.
    """
    if parcel.ledger_entries.filter(kind="release").exists():
        return {"state": "released", "due": None}
    if is_withheld(parcel):
        return {"state": "withheld", "due": None}
    due = due_at(parcel) if hasattr(parcel, "split") else None
    return {"state": "due" if due else "waiting", "due": due}
