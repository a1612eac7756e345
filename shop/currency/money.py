"""Currencies of the marketplace: which there are, how they round, how they are written."""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency, get_currency_precision, parse_decimal

# The currencies makers price in and shoppers may see, the region's first.
CURRENCIES = ("KZT", "KGS", "TJS", "TMT", "UZS", "AZN", "USD", "EUR")
NATIONAL = {"KZ": "KZT", "KG": "KGS", "TJ": "TJS", "TM": "TMT", "UZ": "UZS", "AZ": "AZN"}

# A converted amount is rounded half up to this step: tiyin have left daily life in Kazakhstan, Kyrgyzstan and
# Uzbekistan, and nobody is asked for 3 soʻm. A price in the maker's own currency is never rounded.
STEPS = {"UZS": Decimal("100"), "KZT": Decimal("1"), "KGS": Decimal("1")}
CENT = Decimal("0.01")


def round_money(amount: Decimal, currency: str) -> Decimal:
    """`amount` rounded half up to the step of `currency`, with two decimals."""
    step = STEPS.get(currency, CENT)
    return ((amount / step).quantize(Decimal(1), ROUND_HALF_UP) * step).quantize(CENT)


class BadAmount(ValueError):
    """An amount that cannot be booked or paid: not a number, below zero, or finer than its currency."""


@cache
def smallest(currency: str) -> Decimal:
    """The smallest unit of a currency (ISO 4217, as CLDR has it): 0.01 dollars, 1 yen."""
    return Decimal(1).scaleb(-get_currency_precision(currency))


def round_exact(amount: Decimal, currency: str) -> Decimal:
    """`amount` rounded half up to the smallest unit of `currency`, with two decimals: for sums that are owed, which,
    unlike prices, are not rounded to what is handy in daily life."""
    return amount.quantize(smallest(currency), ROUND_HALF_UP).quantize(CENT)


def check_amount(amount: Decimal, currency: str, *, negative: bool = False) -> Decimal:
    """The amount itself, with two decimals; BadAmount when it is no number, finer than its currency's smallest unit
    or below zero (unless `negative`)."""
    if not isinstance(amount, Decimal) or not amount.is_finite():
        raise BadAmount(f"{amount!r} is not an amount of money.")
    if amount < 0 and not negative:
        raise BadAmount(f"{amount} {currency} is below zero.")
    if smallest(currency) < CENT or amount % smallest(currency):
        raise BadAmount(f"{amount} {currency} is finer than {smallest(currency)}, the smallest unit of {currency}.")
    return amount.quantize(CENT)


@cache
def babel_locale(language: str) -> Locale:
    """The CLDR locale of one of our languages; English where CLDR has none."""
    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


# One way of writing for each currency; Babel's own where it has one that readers know.
_SYMBOLS = {"KZT": "₸", "USD": "$", "EUR": "€", "AZN": "₼", "KGS": "KGS", "TJS": "TJS", "TMT": "TMT", "UZS": "UZS"}


@cache
def _pattern(language: str, whole: bool) -> str:
    pattern = babel_locale(language).currency_formats["standard"].pattern.split(";")[0]
    return pattern.replace("0.00", "0") if whole else pattern


def format_money(amount: Decimal, currency: str, language: str) -> str:
    """`amount` of `currency` as readers of `language` write it; whole amounts without decimals."""
    amount = Decimal(amount)
    if amount < 0 or amount != amount.quantize(CENT):
        return _written_by_babel(amount, currency, language)
    before, group, point, after = _way_of_writing(currency, language)
    whole, _, cents = f"{amount:,.2f}".partition(".")
    whole = whole.replace(",", group)
    return f"{before}{whole}{after}" if cents == "00" else f"{before}{whole}{point}{cents}{after}"


@cache
def _way_of_writing(currency: str, language: str) -> tuple[str, str, str, str]:
    """What stands before a price, between its thousands, before its cents and after it: read off one that Babel, which
    takes a tenth of a millisecond for each, has written."""
    found = re.fullmatch(
        r"(.*?)1(\D+)234\2(?:567)(\D+)89(.*)", _written_by_babel(Decimal("1234567.89"), currency, language)
    )
    assert found, f"Babel writes {currency} in {language} as none of ours is written."
    return found.group(1), found.group(2), found.group(3), found.group(4)


def _written_by_babel(amount: Decimal, currency: str, language: str) -> str:
    whole = amount == amount.to_integral_value()
    text = format_currency(
        amount, currency, format=_pattern(language, whole), locale=babel_locale(language), currency_digits=False
    )
    code = babel_locale(language).currency_symbols.get(currency, currency)
    symbol = _SYMBOLS.get(currency, currency)
    text = text.replace(code, symbol) if code else text
    if symbol == currency and text.startswith(symbol) and text[len(symbol) : len(symbol) + 1].isdigit():
        text = f"{symbol}\u00a0{text[len(symbol) :]}"
    return text


def parse_amount(text: str, language: str) -> Decimal:
    """A typed amount, with the separators of `language` or plain; ValueError when it is none."""
    cleaned = text.strip().replace("\u00a0", "").replace(" ", "")
    try:
        return Decimal(cleaned.replace(",", ".") if cleaned.count(",") == 1 and "." not in cleaned else cleaned)
    except ArithmeticError:
        return Decimal(parse_decimal(cleaned, locale=babel_locale(language)))
