"""The receipt of an order as PDF, in the reader's language, set by Typst (no system package needed)."""

import json
from pathlib import Path

import typst
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from shop.currency.money import format_money
from shop.listings.countries import country_name
from shop.order.addresses import address_lines
from shop.order.letters import printable
from shop.order.lines import describe

TEMPLATE = Path(__file__).parent / "receipt.typ"


def receipt_pdf(order, language: str) -> bytes:
    """The PDF of a paid order. `order` comes from `links.order_for` with its lines and parcels."""
    with translation.override(language):
        data = receipt_data(order, language)
        readable = printable(data)
        if readable != data:
            readable["notes"].append(_("Letters that cannot be printed here are written in Latin ones."))
    return typst.compile(
        str(TEMPLATE),
        sys_inputs={"data": json.dumps(readable, ensure_ascii=False)},
        font_paths=[str(settings.BASE_DIR / "static" / "fonts" / "pdf")],
        ignore_system_fonts=True,
    )


def receipt_data(order, language: str) -> dict:
    """Everything the receipt prints, as text in the active language."""

    def money(amount):
        return format_money(amount, order.currency, language)

    describe(list(order.lines.all()), language)
    paid = next((payment for payment in order.payments.all() if payment.status == "paid"), None)
    return {
        "language": language,
        "title": _("Receipt"),
        "order": _("Order %(number)s") % {"number": order.number},
        "date": date_format((paid.settled_at if paid else order.date_placed), "DATE_FORMAT"),
        "to_label": _("Sent to"),
        "to": _address(order.shipping_address, language),
        "columns": [_("Piece"), _("Quantity"), _("Price"), _("Sum")],
        "parcels": [_parcel(parcel, language, money) for parcel in order.parcels.all()],
        "totals": [
            [_("Pieces together"), money(order.total_incl_tax - order.shipping_incl_tax)],
            [_("Shipping"), money(order.shipping_incl_tax)],
            [_("Paid"), money(order.total_incl_tax)],
        ],
        "notes": [
            _("Prices include the makers' tax. Import duty, where there is any, is not included."),
            *([_("Test money: nothing real was charged.")] if settings.PAYMENT_SANDBOX else []),
            _("Sold through Karvan. Terms accepted: version %(version)s.") % {"version": order.sale.terms_version},
        ],
    }


def _address(address, language: str) -> list[str]:
    name = f"{address.first_name} {address.last_name}".strip()
    country = country_name(address.country_id, language)
    return [part for part in (name, *address_lines(address), country) if part]


def _parcel(parcel, language: str, money) -> dict:
    return {
        "maker": parcel.partner.name,
        "country": country_name(parcel.partner.artisan.country, language),
        "rows": [_row(line, parcel.order.currency, language, money) for line in parcel.lines],
        "shipping": [_("Shipping"), money(parcel.charge)],
    }


def _row(line, currency: str, language: str, money) -> list[str]:
    """Title, what else to say of it, pieces, price of one, price of all."""
    shown, frozen = line.shown, line.frozen
    notes = [shown["variant"], shown["words"] and f"“{shown['words']}”"]
    if frozen.currency != currency:
        price = format_money(frozen.unit_price, frozen.currency, language)
        notes.append(_("the maker's price: %(price)s") % {"price": price})
    unit, together = money(line.unit_price_incl_tax), money(line.line_price_incl_tax)
    return [shown["title"], " · ".join(filter(None, notes)), str(line.quantity), unit, together]
