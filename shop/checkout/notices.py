"""What the checkout says about the charge, in the reader's language."""

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shop.checkout.charging import CannotCharge, Charge, RateStale, TooLarge, TooSmall
from shop.currency.money import format_money


def money(amount, currency: str) -> str:
    return format_money(amount, currency, get_language() or "en")


def told_before_paying(charge: Charge, currency: str) -> str:
    """Why and how much the card is charged in another currency than the `currency` shown; "" when it is not."""
    if charge.currency == currency:
        return ""
    words = {
        "charge": money(charge.amount, charge.currency),
        "currency": currency,
        "other": charge.currency,
        "date": date_format(charge.rate_date, "DATE_FORMAT") if charge.rate_date else "",
    }
    if charge.reason == "amount":
        why = _("Cards cannot be charged this much in %(currency)s: yours is charged %(charge)s instead.")
    else:
        why = _("Cards cannot be charged in %(currency)s: yours is charged %(charge)s instead.")
    rate = _("The rate is that of %(date)s and stays as it is for this order; your bank may add its own.")
    return f"{why % words} {rate % words}"


def cannot_charge(error: CannotCharge) -> str:
    """Why nothing can be charged, and how to go on."""
    if isinstance(error, TooSmall):
        return _("Cards cannot be charged less than %(least)s. Please put something more into the basket.") % {
            "least": money(error.least, error.currency)
        }
    if isinstance(error, TooLarge):
        return _("Cards cannot be charged this much at once. Please split the basket into several orders.")
    if isinstance(error, RateStale):
        words = _(
            "The exchange rate is of %(date)s, too old to charge by. Please choose the makers' own currency at the top"
            " of the page, or come back tomorrow; we have been told."
        )
        return words % {"date": date_format(error.date, "DATE_FORMAT")}
    return _("This currency has no exchange rate today. Please choose another at the top of the page.")
