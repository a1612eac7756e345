"""Makers, listings, baskets and orders for tests. Each name makes one thing that works."""

import itertools
import uuid
from decimal import Decimal

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, Group
from oscar.core.loading import get_class, get_model

from artisans.models import Artisan, ArtisanText, Membership
from marketplace.groups import MODERATORS
from marketplace.roles import ensure_roles
from shop.currency.rates import load_rates, read_rates
from shop.listings.models import ShippingOffer
from shop.listings.services import Offer, save_listing
from shop.order import placing
from shop.shipping.parcels import split

Applicator = get_class("offer.applicator", "Applicator")
Basket = get_model("basket", "Basket")
Country = get_model("address", "Country")
Partner = get_model("partner", "Partner")
ProductImage = get_model("catalogue", "ProductImage")
ShippingAddress = get_model("order", "ShippingAddress")
MarketplaceStrategy = get_class("partner.strategy", "MarketplaceStrategy")

PASSWORD = "caravan-of-makers"
RATES = """date,currency,per_usd,source
2026-11-01,KZT,500,test
2026-11-01,KGS,87.5,test
2026-11-01,TJS,10,test
2026-11-01,TMT,3.5,test
2026-11-01,UZS,12500,test
2026-11-01,AZN,1.7,test
2026-11-01,USD,1,test
2026-11-01,EUR,0.9,test
"""
_counter = itertools.count(1)


def make_rates() -> None:
    load_rates(RATES.splitlines(keepends=True))


def make_user(email: str = "", *, language: str = "en", verified: bool = True, **extra):
    email = email or f"user{next(_counter)}@example.org"
    user = get_user_model().objects.create_user(email, PASSWORD, language=language, **extra)
    EmailAddress.objects.create(user=user, email=email, verified=verified, primary=True)
    return user


def make_moderator():
    ensure_roles()
    user = make_user("moderator@example.org")
    user.groups.add(Group.objects.get(name=MODERATORS))
    return user


def make_artisan(slug: str = "", *, country: str = "UZ", currency: str = "UZS", user=None, world: bool = True, **extra):
    """An approved maker who sends within the country, the region and (with `world`) everywhere. `user` acts for it."""
    slug = slug or f"maker-{next(_counter)}"
    name = extra.pop("name", slug.replace("-", " ").title())
    partner = Partner.objects.create(code=slug, name=name)
    defaults = {"language": "uz", "status": Artisan.APPROVED, "place": {"en": "Bukhara"}}
    artisan = Artisan.objects.create(
        partner=partner, slug=slug, name=name, country=country, currency=currency, **{**defaults, **extra}
    )
    ArtisanText.objects.create(artisan=artisan, language=artisan.language, story="We have worked here for long.")
    zones = ["domestic", "region", *(["world"] if world else [])]
    for number, zone in enumerate(zones, start=1):
        make_shipping(partner, zone=zone, currency=currency, price=Decimal(10 * number))
    if user:
        Membership.objects.create(artisan=artisan, user=user)
    return artisan


def make_shipping(
    partner, *, zone="domestic", code="standard", currency="UZS", price=Decimal(10), extra=Decimal(0), days=(2, 5)
):
    return ShippingOffer.objects.create(
        partner=partner,
        zone=zone,
        code=code,
        currency=currency,
        price=price,
        extra=extra,
        days_min=days[0],
        days_max=days[1],
    )


def make_listing(artisan=None, *, upc: str = "", title: str = "So‘zana", language: str = "uz", price="125000",
                 stock: int = 5, craft: str = "suzani", texts: dict | None = None, **extra):  # fmt: skip
    """A listing on sale; returns its product. The price is in the maker's currency."""
    artisan = artisan or make_artisan()
    offer = Offer(
        upc=upc or f"T-{next(_counter):04d}",
        language=language,
        texts={language: (title, "Made by hand."), **(texts or {})},
        price=Decimal(price),
        currency=artisan.currency,
        num_in_stock=stock,
        craft=craft,
        materials=extra.pop("materials", ["silk"]),
        **extra,
    )
    return save_listing(artisan.partner, offer)[0]


def make_picture(product, name: str = "images/products/test.jpg"):
    """Hangs up a small drawn picture (its file is written once)."""
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage
    from PIL import Image

    if not default_storage.exists(name):
        import io

        buffer = io.BytesIO()
        Image.new("RGB", (96, 120), (122, 31, 43)).save(buffer, "JPEG")
        default_storage.save(name, ContentFile(buffer.getvalue()))
    return ProductImage.objects.create(product=product, original=name)


def make_basket(*products, currency: str = "USD", owner=None, quantity: int = 1):
    basket = Basket.objects.create(owner=owner)
    basket.strategy = MarketplaceStrategy(currency=currency)
    for product in products:
        basket.add_product(product, quantity)
    return basket


def make_address(country: str = "KZ"):
    """An unsaved address."""
    return ShippingAddress(
        first_name="Aigerim", last_name="Test", line1="Abai 1", line4="Almaty", postcode="050000",
        phone_number="+77012345678", country=Country.objects.get(pk=country),
    )  # fmt: skip


def make_checkout(basket, *, country: str = "KZ", currency: str = "USD", **changes) -> placing.Checkout:
    """What the shopper of this basket would submit, having seen today's prices."""
    basket = Basket.objects.get(pk=basket.pk)
    basket.strategy = MarketplaceStrategy(currency=currency, rates=read_rates())
    Applicator().apply(basket, changes.get("user") or AnonymousUser(), None)
    parcels = split(basket, country, changes.get("choices", {}), basket.strategy.rates)
    values = {
        "basket_id": basket.pk,
        "attempt": uuid.uuid4(),
        "quote": placing.quote_of(basket, parcels, placing.charge_for(basket, parcels)),
        "currency": currency,
        "language": "en",
        "address": make_address(country),
        "choices": {},
        "guest_email": "guest@example.org",
    }
    return placing.Checkout(**{**values, **changes})


def place(*products, quantity: int = 1, **changes):
    """An order of these products, waiting to be paid in the sandbox."""
    return placing.place_order(make_checkout(make_basket(*products, quantity=quantity), **changes), "sandbox")


def pay(order) -> None:
    """The shopper pays in the sandbox, and the gateway says so."""
    from shop.checkout.gateway import Outcome
    from shop.checkout.payments import open_page, settle
    from shop.sandbox import provider

    payment = order.payments.last()
    open_page(payment)
    provider.conclude(provider.find(key=payment.key).reference, "paid", tell=False)
    settle(payment.pk, Outcome("paid"))
    order.refresh_from_db()
