"""Examples of the pages whose address has parameters, made in a seeded demo shop: orders in each state, an address,
links from mails. Runs inside that shop: `manage.py shell -c "from tests.e2e.examples import tell; tell()"`.

Each example is (who looks, path without its language); a path that starts with / has none."""

import json

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from oscar.core.loading import get_model
from wagtail.models import Page

from artisans.models import Artisan, Membership
from artisans.studio.payees import FORMS, rails_for
from search.saved.alerts import token_of
from search.saved.models import SavedSearch
from shop.checkout import payments
from shop.order.links import order_token, return_path, track_path
from shop.order.rating import rate
from shop.sandbox.models import SandboxSession
from shop.settlement import parcels, return_messages, returns
from shop.settlement.models import Dispute, Return, ReturnMessage
from tests import factories
from tests.e2e.paying import of_paying, of_rules
from tests.e2e.people import ROLES, person, session_of

Product = get_model("catalogue", "Product")
UserAddress = get_model("address", "UserAddress")

Example = tuple[str, str]
ONE_OF_EACH = {
    "catalogue:detail", "search:similar", "search:craft", "search:country", "artisans:storefront", "orders:track",
    "customer:address-detail", "customer:address-delete", "account_confirm_email",
    "account_reset_password_from_key", "studio:parcel", "studio:payout-details", "studio:cooperative", "studio:sales",
    "studio:give-back", "studio:return", "orders:return", "orders:returned",
    "moderation:payee", "moderation:order", "moderation:give-back", "moderation:return", "moderation:dispute",
    "studio:payout", "moderation:payout-batch", "moderation:cash",
    "moderation:commission-change", "moderation:vat-change", "moderation:release-change",
    "sandbox:pay", "saved:save", "saved:unsubscribe", "wagtail_serve",
}  # fmt: skip

LOOKED_AT = [("waiting", "shopper"), ("new", "shopper"), ("sent", "guest"), ("there", "shopper"), ("guest's", "guest")]


def local(path: str) -> str:
    """The path without the language that it was made in."""
    return path.removeprefix(f"/{translation.get_language()}/")


def pieces(artisan: Artisan, **wanted) -> list:
    """Two of a maker's pieces that can be ordered as they are."""
    found = Product.objects.filter(stockrecords__partner=artisan.partner, structure="standalone", **wanted)
    return list(found.order_by("pk")[:2])


def orders() -> dict[str, object]:
    """Orders in each state; those of two parcels have one of the demo's Uzbek maker."""
    mine = Membership.objects.get(user=person("maker")).artisan
    other = Artisan.objects.filter(country="AZ", partner__stockrecords__product__structure="standalone").first()
    goods = [pieces(mine)[0], pieces(other)[0]]
    shopper = {"owner": person("shopper")}
    made = {name: place(goods, **shopper) for name in ("waiting", "new", "sent", "there")}
    made["guest's"] = place(goods)
    payments.open_page(made["waiting"].payments.get())
    for name in ("new", "sent", "there", "guest's"):
        factories.pay(made[name])
    for name in ("sent", "there"):
        for parcel in made[name].parcels.all():
            parcels.accept(parcel.pk)
            parcels.ship(parcel.pk, "Uzbekistan Post", "RR123456789UZ")
    for parcel in made["there"].parcels.all():
        parcels.arrive(parcel.pk)
    return made


def place(goods, owner=None):
    basket = factories.make_basket(*goods, owner=owner)
    extra = {"guest_email": "", "user": owner} if owner else {}
    return factories.placing.place_order(factories.make_checkout(basket, **extra), "sandbox")


def address_of(user) -> UserAddress:
    return UserAddress.objects.filter(user=user).first() or UserAddress.objects.create(
        user=user, first_name="Aigerim", last_name="Demo", line1="Abai 1", line4="Almaty", postcode="050000",
        phone_number="+77012345678", country_id="KZ",
    )  # fmt: skip


def at(role: str, name: str, *arguments) -> Example:
    return role, local(reverse(name, args=arguments))


def examples() -> dict[str, list[Example]]:
    made = orders()
    shown = {**of_the_shop(), **of_orders(made), **of_an_account(), **of_the_studio(made), **of_what_goes_back(made)}
    shown |= {
        name: [at(role, name, *which) for role, *which in found] for name, found in (of_paying() | of_rules()).items()
    }
    assert shown.keys() == ONE_OF_EACH
    return shown


def of_the_shop() -> dict[str, list[Example]]:
    pieces = {piece.structure: piece for piece in Product.objects.filter(structure__in=("standalone", "parent"))}
    return {
        "catalogue:detail": [
            *(("guest", local(piece.get_absolute_url())) for piece in pieces.values()),
            ("guest", local(pieces["standalone"].get_absolute_url()) + "?country=another"),
        ],
        "search:similar": [at("guest", "search:similar", pieces["standalone"].pk)],
        "search:craft": [at("guest", "search:craft", "suzani")],
        "search:country": [at("guest", "search:country", "uz")],
        "artisans:storefront": [("guest", local(Artisan.objects.on_show().earliest("pk").get_absolute_url()))],
        "wagtail_serve": [("guest", path) for path in editors_pages()],
    }


def of_orders(made: dict) -> dict[str, list[Example]]:
    return {
        "orders:track": [(role, local(track_path(made[name]))) for name, role in LOOKED_AT],
        "sandbox:pay": [("guest", reverse("sandbox:pay", args=[SandboxSession.objects.latest("pk").reference]))],
    }


def of_an_account() -> dict[str, list[Example]]:
    shopper = person("shopper")
    home = address_of(shopper)
    unverified, _created = EmailAddress.objects.get_or_create(user=shopper, email="another@karvan.example")
    wish = {"address": "craft=suzani&price_max=100", "currency": "USD", "language": "en"}
    kept, _created = SavedSearch.objects.get_or_create(user=shopper, **wish)
    reset = (user_pk_to_url_str(shopper), default_token_generator.make_token(shopper))
    return {
        "customer:address-detail": [at("shopper", "customer:address-detail", home.pk)],
        "customer:address-delete": [at("shopper", "customer:address-delete", home.pk)],
        "account_confirm_email": [
            at("guest", "account_confirm_email", EmailConfirmationHMAC(unverified).key),
            at("guest", "account_confirm_email", "wrong"),
        ],
        "account_reset_password_from_key": [
            at("guest", "account_reset_password_from_key", *reset),
            at("guest", "account_reset_password_from_key", "1", "wrong"),
        ],
        "saved:save": [("shopper", "account/searches/save/?address=q%3Dsuzani")],
        "saved:unsubscribe": [at("guest", "saved:unsubscribe", token_of(kept))],
    }


def of_the_studio(made: dict) -> dict[str, list[Example]]:
    mine, paid = (Membership.objects.get(user=person(role)).artisan for role in ("maker", "payee"))
    sent = [made[name].parcels.get(partner=mine.partner) for name in ("new", "sent")]
    rails = [rail for rail in rails_for(paid) if rail in FORMS]
    return {
        "studio:parcel": [at("maker", "studio:parcel", parcel.pk) for parcel in sent],
        "studio:payout-details": [at("payee", "studio:payout-details", paid.partner_id, rail) for rail in rails],
        "studio:cooperative": [at("payee", "studio:cooperative", paid.partner_id)],
        "studio:sales": [at("maker", "studio:sales", mine.partner_id)],
        "moderation:payee": [at("treasurer", "moderation:payee", mine.partner_id)],
    }


def of_what_goes_back(made: dict) -> dict[str, list[Example]]:
    mine = Membership.objects.get(user=person("maker")).artisan
    arrived, sent = (made[name].parcels.get(partner=mine.partner) for name in ("there", "sent"))
    line = made["there"].lines.filter(partner=mine.partner).first()
    rate(made["there"], line, 4, "The colours are stronger than in the picture.")
    asked = returns.request_return(arrived.pk, {line.pk: 1}, Return.DAMAGED, "It has a crack.")
    return_messages.write(asked, ReturnMessage.SHOPPER, "Shall I send a picture?")
    other = made["there"].parcels.exclude(pk=arrived.pk).get()
    payment = made["sent"].payments.get()
    disputed = Dispute.objects.create(
        payment=payment, reference=f"dp_{payment.pk}", amount=payment.amount, currency=payment.currency,
        reason="product_not_received", status=Dispute.NEEDS_ANSWER,
    )  # fmt: skip
    to_return = reverse("orders:return", args=[made["there"].number, order_token(made["there"].number), other.number])
    return {
        "orders:return": [("shopper", local(to_return))],
        "orders:returned": [("shopper", local(return_path(made["there"], asked.pk)))],
        "studio:give-back": [at("maker", "studio:give-back", sent.pk)],
        "studio:return": [at("maker", "studio:return", asked.pk)],
        "moderation:order": [at("moderator", "moderation:order", made["there"].number)],
        "moderation:give-back": [at("moderator", "moderation:give-back", arrived.pk)],
        "moderation:return": [at("moderator", "moderation:return", asked.pk)],
        "moderation:dispute": [at("moderator", "moderation:dispute", disputed.pk)],
    }


def editors_pages() -> list[str]:
    """The home page, a country, the stories and one of them, and every text."""
    found = {}
    for page in Page.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE, depth__gt=1).specific():
        kind = page.slug if type(page).__name__ == "TextPage" else type(page).__name__
        found.setdefault(kind, local(page.get_url()))
    return list(found.values())


def failures() -> dict[str, dict[str, str]]:
    """What is shown when something broke or too much was asked, {language: {template: HTML}}."""
    return {language: {"500": failure("500.html", language)} for language, _name in settings.LANGUAGES}


def failure(template: str, language: str) -> str:
    with translation.override(language):
        return render_to_string(template)


def tell() -> None:
    translation.activate(settings.LANGUAGE_CODE)
    sessions = {role: session_of(role) for role in ROLES}
    print(json.dumps({"pages": examples(), "failures": failures(), "sessions": sessions}))
