"""Currencies of the marketplace: which there are, how they round, how they are written."""

from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency, parse_decimal

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
    return _format(Decimal(amount), currency, language)


@cache
def _symbol(currency: str) -> str:
    return _SYMBOLS.get(currency, currency)


_formatted: dict[tuple, str] = {}


def _format(amount: Decimal, currency: str, language: str) -> str:
    key = (amount, currency, language)
    if key not in _formatted:
        if len(_formatted) > 20_000:
            _formatted.clear()
        whole = amount == amount.to_integral_value()
        text = format_currency(
            amount, currency, format=_pattern(language, whole), locale=babel_locale(language), currency_digits=False
        )
        code = babel_locale(language).currency_symbols.get(currency, currency)
        symbol = _symbol(currency)
        text = text.replace(code, symbol) if code else text
        if symbol == currency and text.startswith(symbol) and text[len(symbol) : len(symbol) + 1].isdigit():
            text = f"{symbol}\u00a0{text[len(symbol) :]}"
        _formatted[key] = text
    return _formatted[key]


def parse_amount(text: str, language: str) -> Decimal:
    """A typed amount, with the separators of `language` or plain; ValueError when it is none."""
    cleaned = text.strip().replace("\u00a0", "").replace(" ", "")
    try:
        return Decimal(cleaned.replace(",", ".") if cleaned.count(",") == 1 and "." not in cleaned else cleaned)
    except ArithmeticError:
        return Decimal(parse_decimal(cleaned, locale=babel_locale(language)))
