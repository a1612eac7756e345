"""What a card is charged: in which currency, how much, and how that is written in the gateway's whole numbers.

The table `data/stripe_currencies.csv` is Stripe's page “Supported currencies” (https://docs.stripe.com/currencies, from
excerpts of November 2026) for the marketplace's currencies and for every one whose numbers differ from two decimals:
`iso_digits` are ISO 4217's decimals, `minor_digits` those that the API counts in, `step` what the number must be a
multiple of (ISK and UGX have no decimals but are counted in hundredths; the last of three decimals must be 0), `limit`
the greatest number (eight digits).
"""

import csv
import datetime
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from shop.currency.rates import RateMissing, Rates

TABLE = Path(__file__).parent / "data" / "stripe_currencies.csv"
# What is charged where the shopper's own currency cannot be.
FALLBACK = "USD"
# Stripe's least charge: 0.50 US dollars or what that is elsewhere (same page, “Minimum and maximum charge amounts”).
LEAST_USD = Decimal("0.50")


class CannotCharge(Exception):
    """No card can be charged this amount."""


class TooSmall(CannotCharge):
    """Less than the least that a card is charged; `.least` is that, in `.currency`."""

    def __init__(self, least: Decimal, currency: str):
        super().__init__(f"less than {least} {currency}")
        self.least, self.currency = least, currency


class TooLarge(CannotCharge):
    """More than eight digits, in dollars too."""


class RateStale(CannotCharge):
    """The rate of `.date` is older than RATE_MAX_DAYS: nobody is charged by it."""

    def __init__(self, date: datetime.date):
        super().__init__(f"the rate is of {date}")
        self.date = date


class NoRate(CannotCharge):
    """Dollars would be charged, but no rate is known for the currency."""


@dataclass(frozen=True)
class MinorUnits:
    """How one currency is written in the gateway's whole numbers."""

    iso_digits: int
    digits: int
    step: int
    charged: bool
    limit: int


@dataclass(frozen=True)
class Charge:
    """What the card is charged. `rate`: units of `currency` for one unit of the order's (1 when they are the same);
    `rate_date` is None then. `reason`: why another currency than the order's ("currency" or "amount"), else ""."""

    amount: Decimal
    currency: str
    rate: Decimal = Decimal(1)
    rate_date: datetime.date | None = None
    reason: str = ""


@cache
def table() -> dict[str, MinorUnits]:
    """The rules by ISO code."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {
            row["currency"]: MinorUnits(
                int(row["iso_digits"]),
                int(row["minor_digits"]),
                int(row["step"]),
                row["charged"] == "yes",
                int(row["limit"]),
            )
            for row in csv.DictReader(file)
        }


def rules_of(currency: str) -> MinorUnits:
    """The rules of a currency; one that is not in the table has two decimals and is not charged by us."""
    return table().get(currency) or MinorUnits(2, 2, 1, False, 99_999_999)


def to_minor(amount: Decimal, currency: str) -> int:
    """`amount` in the gateway's whole numbers: 12.50 USD is 1250, 500 JPY is 500, 5 ISK is 500.

    Never rounds: ValueError for what the currency cannot say exactly.
    """
    rules = rules_of(currency)
    units = amount.scaleb(rules.digits)
    if units != units.to_integral_value() or units % rules.step:
        raise ValueError(f"{amount} {currency} is more precise than the currency")
    return int(units)


def from_minor(units: int, currency: str) -> Decimal:
    """The amount that a whole number of the gateway means; with the currency's own number of decimals."""
    unit = Decimal(1).scaleb(-rules_of(currency).digits)
    return (Decimal(units) * unit).quantize(unit)


def charge_of(amount: Decimal, currency: str, rates: Rates) -> Charge:
    """What a card is charged for `amount` of `currency`: the same where that can be charged, else US dollars at
    today's rate, rounded half up to the cent. CannotCharge says why nothing can."""
    if _fits(amount, currency):
        _check_least(amount, currency, rates)
        return Charge(amount, currency)
    reason = "amount" if rules_of(currency).charged else "currency"
    try:
        dollars = rates.convert(amount, currency, FALLBACK)
    except RateMissing as missing:
        raise NoRate(str(missing)) from missing
    if not _fits(dollars, FALLBACK):
        raise TooLarge(f"{dollars} {FALLBACK}")
    date = rates.date(currency, FALLBACK)
    check_age(date)
    if dollars < LEAST_USD:
        raise TooSmall(LEAST_USD, FALLBACK)
    return Charge(dollars, FALLBACK, rates.rate(currency, FALLBACK), date, reason)


def check_age(date: datetime.date) -> None:
    """RateStale when a rate of `date` is too old to charge by; RATE_MAX_DAYS = 0 sets no limit."""
    days = settings.RATE_MAX_DAYS
    if days and (timezone.localdate() - date).days > days:
        raise RateStale(date)


def _fits(amount: Decimal, currency: str) -> bool:
    rules = rules_of(currency)
    return rules.charged and to_minor(amount, currency) <= rules.limit


def _check_least(amount: Decimal, currency: str, rates: Rates) -> None:
    try:
        rate = rates.rate(FALLBACK, currency)
    except RateMissing:
        # Charged in its own currency, no rate is needed; the gateway itself refuses what is too small.
        return
    if amount < LEAST_USD * rate:
        raise TooSmall((LEAST_USD * rate).quantize(Decimal("0.01")), currency)
