"""Placing an order: the order, its parcels, the reservation of its stock and its payment, or nothing at all."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from oscar.core import prices
from oscar.core.loading import get_class, get_model

from shop.checkout.charging import Charge, NoRate, charge_of, check_age
from shop.currency.rates import RateMissing, Rates, read_rates
from shop.listings.changes import stock_changed
from shop.partner.showing import is_on_sale
from shop.partner.stock import OutOfStock, lock
from shop.settlement.models import Parcel, Payment, Sale
from shop.settlement.splitting import freeze_splits
from shop.settlement.vouchers import drop_unusable
from shop.shipping.methods import ByParcel
from shop.shipping.parcels import BasketParcel, split

AddressBook = get_class("checkout.mixins", "OrderPlacementMixin")
Applicator = get_class("offer.applicator", "Applicator")
Basket = get_model("basket", "Basket")
MarketplaceStrategy = get_class("partner.strategy", "MarketplaceStrategy")
Order = get_model("order", "Order")
OrderCreator = get_class("order.utils", "OrderCreator")
OrderNumberGenerator = get_class("order.utils", "OrderNumberGenerator")


class CannotPlace(Exception):
    """The order cannot be placed as it stands; nothing was written."""


class SoldOut(CannotPlace):
    """Some lines ask for more than is left, or for what is no longer on sale. `.left`: basket line → pieces left."""

    def __init__(self, left: dict[Any, int]):
        super().__init__("sold out")
        self.left = left


class DoesNotShip(CannotPlace):
    """Some makers do not send to this country. `.partners` names them."""

    def __init__(self, partners: list):
        super().__init__("does not ship")
        self.partners = partners


class QuoteChanged(CannotPlace):
    """Prices, rates or shipping are no longer what the shopper saw, or a price is gone; they must confirm again."""


class BasketEmpty(CannotPlace):
    """There is nothing to order: the basket is empty or was already ordered from another window."""


@dataclass(frozen=True)
class Checkout:
    """What a shopper submits. `choices`: partner id → shipping method code; `quote`: what they saw; `attempt`: the
    form's own UUID, so that sending it twice makes one order."""

    basket_id: int
    attempt: uuid.UUID
    quote: str
    currency: str
    language: str
    address: Any
    choices: dict[int, str]
    user: Any = None
    guest_email: str = ""
    note: str = ""


def charge_for(basket: Any, parcels: list[BasketParcel]) -> Charge:
    """What the card will be charged for this basket sent in these parcels; CannotCharge where nothing can be."""
    shipping = sum((parcel.chosen.charge for parcel in parcels if parcel.chosen), Decimal("0.00"))
    return charge_of(basket.total_incl_tax + shipping, basket.currency, basket.strategy.rates)


def quote_of(basket: Any, parcels: list[BasketParcel], charge: Charge | None = None) -> str:
    """A fingerprint of everything the shopper is about to pay: each line's price, each parcel's charge, and what the
    card is charged where that is in another currency."""
    lines = [f"{line.id}:{line.quantity}:{line.line_price_incl_tax_incl_discounts}" for line in basket.all_lines()]
    charges = [f"{p.partner.id}:{p.chosen.code}:{p.chosen.charge}" if p.chosen else "-" for p in parcels]
    other = [f"{charge.amount} {charge.currency}"] if charge and charge.currency != basket.currency else []
    return hashlib.sha256("|".join([basket.currency, *lines, *charges, *other]).encode()).hexdigest()[:32]


@transaction.atomic
def place_order(checkout: Checkout, gateway: str) -> Order:
    """Places the order and reserves its stock. Returns the same order when the attempt was already placed."""
    basket = Basket.objects.select_for_update().get(pk=checkout.basket_id)
    placed = Order.objects.filter(sale__attempt=checkout.attempt).first()
    if placed:
        return placed
    if basket.status != Basket.OPEN:
        raise BasketEmpty
    basket.strategy = MarketplaceStrategy(currency=checkout.currency, rates=read_rates())
    drop_unusable(basket, checkout.user)
    Applicator().apply(basket, checkout.user or AnonymousUser(), None)
    if basket.is_empty:
        raise BasketEmpty
    _check_stock(basket)
    if not all(line.purchase_info.price.exists for line in basket.all_lines()):
        raise QuoteChanged
    parcels = split(basket, checkout.address.country_id, checkout.choices, basket.strategy.rates)
    lost = [parcel.partner for parcel in parcels if parcel.chosen is None]
    if lost:
        raise DoesNotShip(lost)
    _check_rates(basket)
    charge = charge_for(basket, parcels)
    if quote_of(basket, parcels, charge) != checkout.quote:
        raise QuoteChanged
    order = _create_order(basket, checkout, ByParcel(parcels))
    _create_sale(order, checkout)
    _create_parcels(order, parcels)
    _freeze_splits(order, basket.strategy.rates)
    create_payment(order, gateway, charge)
    if checkout.user:
        AddressBook().update_address_book(checkout.user, order.shipping_address)
    basket.submit()
    stock_changed([line.product for line in basket.all_lines()])
    return order


def _freeze_splits(order: Order, rates: Rates) -> None:
    """NoRate when a rule of the commission is in a currency that cannot be converted."""
    try:
        freeze_splits(order, rates)
    except RateMissing as missing:
        raise NoRate(str(missing)) from missing


def _check_rates(basket: Any) -> None:
    """RateStale when a price would be converted by a rate that is too old."""
    for line in basket.all_lines():
        if line.stockrecord.price_currency != basket.currency:
            check_age(basket.strategy.rates.date(line.stockrecord.price_currency, basket.currency))


def _check_stock(basket: Any) -> None:
    records = lock(line.stockrecord_id for line in basket.all_lines())
    wanted: dict[int, int] = {}
    for line in basket.all_lines():
        wanted[line.stockrecord_id] = wanted.get(line.stockrecord_id, 0) + line.quantity
    left = {}
    for line in basket.all_lines():
        line.stockrecord = records[line.stockrecord_id]
        if not is_on_sale(line.product, line.stockrecord):
            left[line] = 0
            continue
        free = basket.strategy.fetch_for_product(line.product, line.stockrecord).availability
        if not free.is_purchase_permitted(wanted[line.stockrecord_id])[0]:
            left[line] = max(0, line.stockrecord.net_stock_level or 0) if free.is_available_to_buy else 0
    if left:
        raise SoldOut(left)


def _create_order(basket: Any, checkout: Checkout, method: ByParcel) -> Order:
    charge = method.calculate(basket)
    total = basket.total_incl_tax + charge.incl_tax
    checkout.address.save()
    extra = {"guest_email": checkout.guest_email} if not checkout.user else {}
    try:
        return OrderCreator().place_order(
            basket=basket,
            total=prices.Price(currency=basket.currency, excl_tax=total, incl_tax=total),
            shipping_method=method,
            shipping_charge=charge,
            user=checkout.user,
            shipping_address=checkout.address,
            order_number=OrderNumberGenerator().order_number(basket),
            **extra,
        )
    except OutOfStock as short:
        raise SoldOut(
            {line: 0 for line in basket.all_lines() if line.stockrecord_id == short.stockrecord_id}
        ) from short


def _create_sale(order: Order, checkout: Checkout) -> Sale:
    now = timezone.now()
    return Sale.objects.create(
        order=order,
        attempt=checkout.attempt,
        language=checkout.language,
        note=checkout.note,
        reserved_until=now + timedelta(minutes=settings.RESERVATION_MINUTES),
        terms_version=settings.TERMS_VERSION,
        terms_accepted_at=now,
    )


def _create_parcels(order: Order, parcels: list[BasketParcel]) -> None:
    Parcel.objects.bulk_create(
        Parcel(
            order=order,
            partner=parcel.partner,
            number=number,
            method=parcel.chosen.code,
            charge=parcel.chosen.charge,
            own_charge=parcel.chosen.own_charge,
            own_currency=parcel.chosen.own_currency,
            days_min=parcel.days_to_make + parcel.chosen.days_min,
            days_max=parcel.days_to_make + parcel.chosen.days_max,
        )
        for number, parcel in enumerate(parcels, start=1)
        if parcel.chosen
    )


def create_payment(order: Order, gateway: str, charge: Charge | None = None) -> Payment:
    """A new attempt to pay; its key is what makes the gateway treat our retries as one request. The first one freezes
    what the card is charged, `charge`; a later one charges the same."""
    first = order.payments.first()
    if first:
        charge = Charge(first.amount, first.currency, first.rate, first.rate_date)
    charge = charge or charge_of(order.total_incl_tax, order.currency, read_rates())
    attempt = order.payments.count() + 1
    return Payment.objects.create(
        order=order,
        attempt=attempt,
        gateway=gateway,
        key=f"{order.number}-{attempt}-{get_random_string(16)}",
        amount=charge.amount,
        currency=charge.currency,
        rate=charge.rate,
        rate_date=charge.rate_date,
    )
