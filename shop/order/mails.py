"""The mails an order causes, each once, in the reader's language."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from shop.order.links import track_path
from shop.outbox.mail import send_mail


def _link(order, language: str) -> str:
    with translation.override(language):
        return settings.SITE_URL + track_path(order)


def _to_shopper(order, template: str) -> None:
    language = order.sale.language
    context = {"number": order.number, "link": _link(order, language)}
    send_mail(template, order.email, language, context, key=f"{template}-{order.number}")


def tell_of_payment(order) -> None:
    """To the shopper: confirmed. To each maker's people: a new parcel."""
    _to_shopper(order, "order_paid")
    for parcel in order.parcels.select_related("order", "partner__artisan"):
        _to_maker(parcel, "parcel_new")


def remind_maker(parcel) -> None:
    """To the maker's people, once: a parcel waits for their word."""
    _to_maker(parcel, "parcel_reminder")


def _to_maker(parcel, template: str) -> None:
    artisan = parcel.partner.artisan
    for membership in artisan.memberships.select_related("user"):
        language = membership.user.language or artisan.language
        with translation.override(language):
            link = settings.SITE_URL + reverse("studio:parcel", args=[parcel.pk])
        context = {"number": f"{parcel.order.number}-{parcel.number}", "maker": artisan.name, "link": link}
        key = f"{template}-{parcel.pk}-{membership.user_id}"
        send_mail(template, membership.user.email, language, context, key=key)


def tell_of_expiry(order) -> None:
    _to_shopper(order, "order_expired")


def tell_of_shipping(parcel) -> None:
    order, language = parcel.order, parcel.order.sale.language
    context = {
        "number": order.number,
        "maker": parcel.partner.name,
        "carrier": parcel.carrier,
        "tracking": parcel.tracking,
        "link": _link(order, language),
    }
    send_mail("parcel_shipped", order.email, language, context, key=f"parcel-shipped-{parcel.pk}")
