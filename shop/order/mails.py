"""The mails an order causes, each once, in the reader's language."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from shop.currency.money import format_money
from shop.order.lines import describe
from shop.order.links import return_path, track_path
from shop.outbox.mail import send_mail


def _link(order, language: str) -> str:
    with translation.override(language):
        return settings.SITE_URL + track_path(order)


def _to_shopper(order, template: str, key: str = "", **context) -> None:
    """Once for each key (default: the order's number)."""
    language = order.sale.language
    context = {"number": order.number, "link": _link(order, language), **context}
    send_mail(template, order.email, language, context, key=f"{template}-{key or order.number}")


def tell_of_payment(order) -> None:
    """To the shopper: confirmed, and what was bought for how much. To each maker's people: a new parcel."""
    _to_shopper(order, "order_paid", **_bought(order, order.sale.language))
    for parcel in order.parcels.select_related("order", "partner__artisan"):
        _to_maker(parcel, "parcel_new")


def _bought(order, language: str) -> dict:
    """What the order holds as the reader writes it, in words only: parcels [{maker, days, lines}], shipping, total."""
    with translation.override(language):
        lines = describe(list(order.lines.all()), language)
        parcels = [
            {
                "maker": parcel.partner.name,
                "days": f"{parcel.days_min}–{parcel.days_max}",
                "lines": [_in_words(line, order, language) for line in lines if line.partner_id == parcel.partner_id],
            }
            for parcel in order.parcels.select_related("partner")
        ]
    return {
        "parcels": parcels,
        "shipping": format_money(order.shipping_incl_tax, order.currency, language),
        "total": format_money(order.total_incl_tax, order.currency, language),
    }


def _in_words(line, order, language: str) -> str:
    shown = line.shown
    what = ", ".join(part for part in (shown["title"], shown["variant"], shown["words"]) if part)
    return f"{line.quantity} × {what}: {format_money(line.line_price_incl_tax, order.currency, language)}"


def remind_maker(parcel) -> None:
    """To the maker's people, once: a parcel waits for their word."""
    _to_maker(parcel, "parcel_reminder")


def _to_maker(parcel, template: str, key: str = "", page: tuple | None = None, **context) -> None:
    """To each of the maker's people, in their language, once for each key (default: the parcel's id), with the address
    of a `page` (default: the parcel's)."""
    view, *arguments = page or ("studio:parcel", parcel.pk)
    artisan = parcel.partner.artisan
    for membership in artisan.memberships.select_related("user"):
        language = membership.user.language or artisan.language
        with translation.override(language):
            link = settings.SITE_URL + reverse(view, args=arguments)
        number = f"{parcel.order.number}-{parcel.number}"
        shown = {"number": number, "maker": artisan.name, "link": link, **context}
        once = f"{template}-{key or parcel.pk}-{membership.user_id}"
        send_mail(template, membership.user.email, language, shown, key=once)


def tell_of_expiry(order) -> None:
    _to_shopper(order, "order_expired")


def tell_of_shipping(parcel) -> None:
    sent = {"maker": parcel.partner.name, "carrier": parcel.carrier, "tracking": parcel.tracking}
    _to_shopper(parcel.order, "parcel_shipped", str(parcel.pk), **sent)


def tell_of_cancelling(parcel, by: str, reason: str) -> None:
    """To both: the parcel is called off, by whom, and why. `by`: shopper, maker, moderator or nobody."""
    told = {"by": by, "reason": reason, "maker": parcel.partner.name}
    _to_shopper(parcel.order, "parcel_cancelled", str(parcel.pk), **told)
    _to_maker(parcel, "parcel_cancelled_maker", **told)


def tell_of_refund(refund) -> None:
    """To the shopper, when the gateway took a refund on, and when it failed after all."""
    order, template = refund.order, "refund_failed" if refund.status in ("failed", "cancelled") else "refund_made"
    amount = format_money(refund.amount, refund.currency, order.sale.language)
    _to_shopper(order, template, str(refund.pk), amount=amount)


def tell_of_refused_review(order, title: str, reason: str, key: str) -> None:
    """To the shopper: what they said of the piece `title` is not shown, and why."""
    _to_shopper(order, "review_refused", key, title=title, reason=reason)


def tell_of_return_request(returned) -> None:
    reason, words = returned.reason, returned.words
    _to_maker(returned.parcel, "return_requested", str(returned.pk), reason=reason, words=words)


def tell_shopper_of_message(message) -> None:
    """What the maker or a moderator wrote about a return."""
    order, returned = message.returned.parcel.order, message.returned
    shown = {"author": message.author, "words": message.words, "maker": returned.parcel.partner.name}
    with translation.override(order.sale.language):
        link = settings.SITE_URL + return_path(order, returned.pk)
    _to_shopper(order, "return_message", f"{message.pk}", **shown, link=link)


def tell_maker_of_message(message) -> None:
    """What the shopper or a moderator wrote about a return."""
    parcel = message.returned.parcel
    shown = {"author": message.author, "words": message.words}
    _to_maker(parcel, "return_message", f"{message.pk}", page=("studio:return", message.returned_id), **shown)


def tell_of_return(returned) -> None:
    """To the shopper: where to send it, why not, or that it came back."""
    shown = {name: getattr(returned, name) for name in ("status", "address", "label", "answer")}
    shown["maker"] = returned.parcel.partner.name
    _to_shopper(returned.parcel.order, "return_answered", f"{returned.pk}-{returned.status}", **shown)
