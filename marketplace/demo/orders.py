"""Orders in every state and what shoppers said of what arrived, so that the demo's pages are alive.

Each is placed, paid, sent and rated by the services that real ones go through; only its dates are moved back.
"""

import uuid
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import F
from django.utils import timezone
from oscar.core.loading import get_class, get_model

from marketplace.demo import data
from shop.checkout.payments import ask, expire, open_page
from shop.currency.rates import read_rates
from shop.order import placing
from shop.order.rating import rate, rating_code
from shop.sandbox import provider
from shop.settlement import parcels as parcel_services
from shop.settlement.ledger import booked_at
from shop.settlement.models import Parcel, Payment, Sale
from shop.shipping.parcels import split

Basket = get_model("basket", "Basket")
Line = get_model("order", "Line")
MarketplaceStrategy = get_class("partner.strategy", "MarketplaceStrategy")
Order = get_model("order", "Order")
Product = get_model("catalogue", "Product")
Review = get_model("reviews", "ProductReview")
ShippingAddress = get_model("order", "ShippingAddress")

_SPACE = uuid.UUID("7d1f5c2e-5a33-4c0b-9b6e-2d0f3c1b7a90")
# How far an order has come: what happens to each of its parcels.
_STEPS = {"paid": 0, "accepted": 1, "shipped": 2, "delivered": 3}
# Days after the order: accepted, sent, arrived, rated.
_PACE = (timedelta(hours=20), timedelta(days=2, hours=3), timedelta(days=9, hours=5), timedelta(days=11))
# Where orders go: street, place, region, postcode, phone.
_PLACES = {
    "KZ": ("Абай даңғылы 10", "Алматы", "", "050000", "+77012345678"),
    "KG": ("Чүй проспектиси 114", "Бишкек", "", "720000", "+996700123456"),
    "TJ": ("хиёбони Рӯдакӣ 25", "Душанбе", "", "734000", "+992917123456"),
    "TM": ("Magtymguly şaýoly 7", "Aşgabat", "", "744000", "+99366123456"),
    "UZ": ("Amir Temur koʻchasi 15", "Toshkent", "", "100000", "+998901234567"),
    "AZ": ("Nizami küçəsi 30", "Bakı", "", "AZ1000", "+994501234567"),
    "RU": ("ул. Мясницкая, 8", "Москва", "", "101000", "+79161234567"),
    "DE": ("Torstraße 12", "Berlin", "", "10115", "+4915123456789"),
    "GB": ("4 Barton Street", "London", "", "SW1P 3NG", "+447400123456"),
    "IT": ("Via Garibaldi 9", "Torino", "TO", "10122", "+393123456789"),
    "FR": ("12 rue des Rosiers", "Paris", "", "75004", "+33612345678"),
    "TR": ("İstiklal Caddesi 40", "İstanbul", "Beyoğlu", "34433", "+905012345678"),
    "US": ("218 Maple Street", "Portland", "OR", "97205", "+15035550123"),
    "SE": ("Hornsgatan 21", "Stockholm", "", "118 46", "+46701234567"),
    "JP": ("Jingumae 3-2", "Shibuya", "Tokyo", "150-0001", "+819012345678"),
    "CZ": ("Dlouhá 5", "Praha", "", "110 00", "+420601123456"),
}


def seed_orders(say: Callable[[str], None]) -> None:
    """Makes the orders that are not there yet; none where the sandbox is off, for nothing could pay them."""
    if not settings.PAYMENT_SANDBOX:
        say("no orders: the sandbox is off")
        return
    for planned in data.orders():
        if not Sale.objects.filter(attempt=attempt_of(planned["key"])).exists():
            _live(planned)
    say(f"{Sale.objects.count()} orders, {Review.objects.filter(status=Review.APPROVED).count()} reviews")


def attempt_of(key: str) -> uuid.UUID:
    return uuid.uuid5(_SPACE, key)


def _live(planned: dict) -> None:
    """One order from the basket to where it has come."""
    order = placing.place_order(_checkout(planned), "sandbox")
    if planned["state"] in ("expired", "cancelled"):
        expire(order, status=planned["state"])
        # It would be the shopper's again, full; the demo's shopper starts with an empty one.
        order.basket.lines.all().delete()
    elif planned["state"] in _STEPS:
        placed = timezone.now() - timedelta(days=planned["days_ago"])
        with booked_at(placed):
            _pay(order.payments.get())
        with booked_at(min(placed + _PACE[2], timezone.now())):
            for parcel in order.parcels.all():
                _move(parcel, _STEPS[planned["state"]])
    for said in planned.get("reviews", []):
        _review(order, said)
    _move_back(order, timedelta(days=planned["days_ago"]))


def _checkout(planned: dict) -> placing.Checkout:
    user = get_user_model().objects.filter(email=planned["who"]).first()
    strategy = MarketplaceStrategy(currency=planned["currency"], rates=read_rates())
    basket = Basket.objects.create(owner=user, status=Basket.SAVED if user else Basket.OPEN)
    basket.strategy = strategy
    for upc in planned["lines"]:
        basket.add_product(Product.objects.get(upc=upc), 1)
    # A signed-in shopper has one open basket; this one is open only for as long as it takes to order it.
    Basket.objects.filter(pk=basket.pk).update(status=Basket.OPEN)
    basket = Basket.objects.get(pk=basket.pk)
    basket.strategy = strategy
    parcels = split(basket, planned["country"], {}, strategy.rates)
    return placing.Checkout(
        basket_id=basket.pk,
        attempt=attempt_of(planned["key"]),
        quote=placing.quote_of(basket, parcels, placing.charge_for(basket, parcels)),
        currency=planned["currency"],
        language=planned["language"],
        address=_address(planned, user),
        choices={},
        user=user,
        guest_email="" if user else f"{planned['key']}@guests.karvan.example",
    )


def _address(planned: dict, user) -> ShippingAddress:
    first, _space, last = (user.get_full_name() if user else planned["who"]).partition(" ")
    line1, line4, state, postcode, phone = _PLACES[planned["country"]]
    return ShippingAddress(
        first_name=first, last_name=last, line1=line1, line4=line4, state=state, postcode=postcode,
        phone_number=phone, country_id=planned["country"],
    )  # fmt: skip


def _pay(payment: Payment) -> None:
    """As on the provider's page; the shop finds out by asking, for no server runs that could be told."""
    open_page(payment)
    payment.refresh_from_db()
    provider.conclude(payment.reference, "paid", tell=False)
    ask(payment)


def _move(parcel: Parcel, steps: int) -> None:
    if steps >= 1:
        parcel_services.accept(parcel.pk)
    if steps >= 2:
        parcel_services.ship(parcel.pk, "EMS", f"EE{parcel.order_id:06d}{parcel.number:03d}KV")
    if steps >= 3:
        parcel_services.arrive(parcel.pk)


def _review(order: Order, said: dict) -> None:
    """What was said; as if a moderator had read it already, unless it is to wait for the demo's."""
    line = order.lines.select_related("product__parent").get(product__upc=said["upc"])
    rate(order, line, said["score"], said["words"])
    if said.get("waits"):
        return
    review = Review.objects.get(code=rating_code(line))
    review.status = Review.APPROVED
    review.save()


def _move_back(order: Order, ago: timedelta) -> None:
    """Everything happened a while ago, with days between the steps, but never in the future."""
    placed = timezone.now() - ago
    accepted, sent, arrived, rated = (min(placed + pace, timezone.now()) for pace in _PACE)
    Order.objects.filter(pk=order.pk).update(date_placed=placed)
    if ago:
        Sale.objects.filter(order=order).update(reserved_until=F("reserved_until") - ago, terms_accepted_at=placed)
    Payment.objects.filter(order=order).update(created=placed)
    Payment.objects.filter(order=order, settled_at__isnull=False).update(settled_at=placed + timedelta(minutes=4))
    for field, when in (("accepted_at", accepted), ("shipped_at", sent), ("delivered_at", arrived)):
        Parcel.objects.filter(order=order, **{f"{field}__isnull": False}).update(**{field: when})
    codes = [rating_code(line) for line in Line.objects.filter(order=order)]
    Review.objects.filter(code__in=codes).update(date_created=rated)
