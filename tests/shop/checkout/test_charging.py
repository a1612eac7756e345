"""What a card is charged, and how that is written in the gateway's whole numbers."""

import datetime
from decimal import Decimal

import pytest
from babel.numbers import get_currency_precision
from hypothesis import given
from hypothesis import strategies as st

from shop.checkout import charging
from shop.checkout.charging import charge_of, from_minor, table, to_minor
from shop.currency.money import CURRENCIES
from shop.currency.rates import Rates

DAY = datetime.date(2026, 11, 1)
RATES = Rates(
    {code: Decimal(rate) for code, rate in {
        "KZT": "500", "KGS": "87.5", "TJS": "10", "TMT": "3.5", "UZS": "12500", "AZN": "1.7", "USD": "1", "EUR": "0.9",
    }.items()},
    dict.fromkeys(CURRENCIES, DAY),
)  # fmt: skip
CODES = st.sampled_from(sorted(table()))


@st.composite
def amounts(draw) -> tuple[Decimal, str]:
    """An amount that its currency can say exactly."""
    currency = draw(CODES)
    rules = table()[currency]
    steps = draw(st.integers(min_value=1, max_value=rules.limit // rules.step))
    return from_minor(steps * rules.step, currency), currency


@given(amounts())
def test_an_amount_comes_back_as_it_went(pair):
    amount, currency = pair
    assert from_minor(to_minor(amount, currency), currency) == amount


@given(amounts())
def test_a_whole_number_keeps_its_step(pair):
    amount, currency = pair
    assert to_minor(amount, currency) % table()[currency].step == 0


@given(amounts(), st.decimals(min_value="0.0001", max_value="0.0009", places=4))
def test_nothing_is_rounded_in_silence(pair, more):
    amount, currency = pair
    with pytest.raises(ValueError):
        to_minor(amount + more, currency)


@pytest.mark.parametrize(
    ("amount", "currency", "units"),
    [
        ("12.50", "USD", 1250),
        ("999999.99", "UZS", 99_999_999),
        ("500", "JPY", 500),
        ("5", "ISK", 500),
        ("100", "UGX", 10_000),
        ("5.12", "KWD", 5120),
        ("5", "MGA", 5),
    ],
)
def test_examples_of_stripes_page(amount, currency, units):
    assert to_minor(Decimal(amount), currency) == units


@pytest.mark.parametrize(("amount", "currency"), [("1.5", "JPY"), ("5.5", "ISK"), ("5.124", "KWD"), ("0.001", "USD")])
def test_what_a_currency_cannot_say_is_refused(amount, currency):
    with pytest.raises(ValueError):
        to_minor(Decimal(amount), currency)


def test_the_table_has_iso_4217_right_and_every_currency_of_the_marketplace():
    assert set(CURRENCIES) <= set(table())
    # CLDR gives UGX and ISK as ISO does; MGA is written without decimals there, though ISO has two.
    wrong = {code for code, rules in table().items() if rules.iso_digits != get_currency_precision(code)}
    assert wrong <= {"MGA"}


@pytest.mark.parametrize("currency", ["KZT", "KGS", "TJS", "UZS", "AZN", "USD", "EUR"])
def test_what_can_be_charged_is_charged_as_it_is(currency):
    charge = charge_of(Decimal("50000"), currency, RATES)
    assert (charge.amount, charge.currency, charge.rate, charge.reason) == (Decimal("50000"), currency, 1, "")


@given(st.decimals(min_value="0.01", max_value="5000000", places=2), st.sampled_from(CURRENCIES))
def test_a_charge_is_within_limits_or_refused(amount, currency):
    try:
        charge = charge_of(amount, currency, RATES)
    except charging.TooLarge:
        assert RATES.rate(currency, "USD") * amount > Decimal("999999.98")
        return
    except charging.TooSmall:
        assert RATES.rate(currency, "USD") * amount < Decimal("0.51")
        return
    rules = table()[charge.currency]
    assert rules.charged and to_minor(charge.amount, charge.currency) <= rules.limit
    assert (charge.currency == currency) == (charge.rate_date is None)


def test_the_last_soum_that_fits_is_charged_and_the_next_is_dollars():
    assert charge_of(Decimal("999999.99"), "UZS", RATES).currency == "UZS"
    over = charge_of(Decimal("1000000"), "UZS", RATES)
    assert (over.amount, over.currency, over.reason, over.rate_date) == (Decimal("80.00"), "USD", "amount", DAY)


def test_turkmen_manat_are_always_dollars():
    charge = charge_of(Decimal("35"), "TMT", RATES)
    assert (charge.amount, charge.currency, charge.reason) == (Decimal("10.00"), "USD", "currency")


def test_too_little_too_much_and_no_rate_are_refused():
    with pytest.raises(charging.TooSmall) as small:
        charge_of(Decimal("100"), "KZT", RATES)
    assert (small.value.least, small.value.currency) == (Decimal("250.00"), "KZT")
    with pytest.raises(charging.TooSmall):
        charge_of(Decimal("1"), "TMT", RATES)
    with pytest.raises(charging.TooLarge):
        charge_of(Decimal("1000000"), "USD", RATES)
    with pytest.raises(charging.NoRate):
        charge_of(Decimal("35"), "TMT", Rates({"USD": Decimal(1)}, {"USD": DAY}))


def test_nobody_is_charged_by_an_old_rate(settings):
    settings.RATE_MAX_DAYS = 5
    today = datetime.date.today()
    young, old = (
        Rates(RATES.per_usd, dict.fromkeys(CURRENCIES, today - datetime.timedelta(days=days))) for days in (5, 6)
    )
    assert charge_of(Decimal("35"), "TMT", young).amount == 10
    with pytest.raises(charging.RateStale):
        charge_of(Decimal("35"), "TMT", old)
    assert charge_of(Decimal("35"), "USD", old).amount == 35
