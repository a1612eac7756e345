"""The mails an order causes, each once, in the reader's language."""

from django.conf import settings
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
    for parcel in order.parcels.select_related("partner__artisan").prefetch_related(
        "partner__artisan__memberships__user"
    ):
        artisan = parcel.partner.artisan
        for membership in artisan.memberships.all():
            send_mail(
                "parcel_new",
                membership.user.email,
                membership.user.language or artisan.language,
                {"number": f"{order.number}-{parcel.number}", "link": settings.SITE_URL + "/studio/"},
                key=f"parcel-new-{parcel.pk}-{membership.user_id}",
            )


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
