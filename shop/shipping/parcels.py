"""A basket seen as parcels: one for each maker, with its own ways of sending and their charges."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from shop.currency.money import NATIONAL
from shop.currency.rates import Rates
from shop.listings.models import ShippingOffer

REGION = frozenset(NATIONAL)


@dataclass(frozen=True)
class ParcelMethod:
    """One way to send a parcel: `charge` in the shopper's currency, `own_charge` in the maker's."""

    code: str
    name: Any
    charge: Decimal
    own_charge: Decimal
    own_currency: str
    days_min: int
    days_max: int


@dataclass
class BasketParcel:
    """The lines of one maker, and how they can be sent to `country` (none: the maker does not send there)."""

    partner: Any
    lines: list = field(default_factory=list)
    methods: list[ParcelMethod] = field(default_factory=list)
    chosen: ParcelMethod | None = None

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def total(self) -> Decimal:
        """The goods, in the shopper's currency, discounts taken off."""
        return sum((line.line_price_incl_tax_incl_discounts for line in self.lines), Decimal("0.00"))

    @property
    def days_to_make(self) -> int:
        return max((listing_of(line.product).days_to_make for line in self.lines), default=0)

    @property
    def arrives(self) -> tuple[int, int] | None:
        """Days from the order until it arrives, at least and at most."""
        if self.chosen is None:
            return None
        return self.days_to_make + self.chosen.days_min, self.days_to_make + self.chosen.days_max


def listing_of(product):
    """The listing of a product or of the product it is a variant of."""
    return (product.parent if product.is_child else product).listing


def zone_between(origin: str, destination: str) -> str:
    """Which of a maker's zones a parcel from `origin` to `destination` (ISO country codes) is in."""
    if origin == destination:
        return ShippingOffer.DOMESTIC
    if destination in REGION:
        return ShippingOffer.REGION
    return ShippingOffer.WORLD


def split(basket, country: str, choices: dict[int, str], rates: Rates) -> list[BasketParcel]:
    """The basket's parcels in the order their makers came in, each with its methods to `country` and the one chosen.

    `choices`: partner id → method code; where nothing (or something unknown) is chosen, the cheapest.
    """
    parcels: dict[int, BasketParcel] = {}
    for line in basket.all_lines():
        partner = line.stockrecord.partner
        parcels.setdefault(partner.id, BasketParcel(partner)).lines.append(line)
    offers = ShippingOffer.objects.filter(partner__in=list(parcels)).order_by("price", "code")
    by_partner: dict[int, list[ShippingOffer]] = {}
    for offer in offers:
        by_partner.setdefault(offer.partner_id, []).append(offer)
    for id, parcel in parcels.items():
        zone = zone_between(parcel.partner.artisan.country, country)
        parcel.methods = [
            method_for(offer, parcel.pieces, basket.currency, rates)
            for offer in by_partner.get(id, [])
            if offer.zone == zone and {offer.currency, basket.currency} <= rates.per_usd.keys()
        ]
        chosen = [method for method in parcel.methods if method.code == choices.get(id)]
        parcel.chosen = next(iter(chosen or parcel.methods), None)
    return list(parcels.values())


def method_for(offer: ShippingOffer, pieces: int, currency: str, rates: Rates) -> ParcelMethod:
    own = offer.price + offer.extra * max(0, pieces - 1)
    return ParcelMethod(
        code=offer.code,
        name=offer.method_name,
        charge=rates.convert(own, offer.currency, currency),
        own_charge=own,
        own_currency=offer.currency,
        days_min=offer.days_min,
        days_max=offer.days_max,
    )
