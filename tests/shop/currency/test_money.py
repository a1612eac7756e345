from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.currency import money
from shop.currency.money import CURRENCIES, STEPS, format_money, round_money
from shop.currency.rates import Rates

amounts = st.decimals(min_value=0, max_value=Decimal("9999999999.99"), places=2)
LANGUAGES = ("en", "ru", "kk", "ky", "uz", "tg", "tk", "az")


@given(amounts, st.sampled_from(CURRENCIES))
def test_rounding_moves_by_half_a_step_at_most(amount, currency):
    step = STEPS.get(currency, Decimal("0.01"))
    assert abs(round_money(amount, currency) - amount) <= step / 2


@given(amounts, st.sampled_from(CURRENCIES))
def test_rounding_twice_is_rounding_once(amount, currency):
    once = round_money(amount, currency)
    assert round_money(once, currency) == once


@given(amounts, st.sampled_from(CURRENCIES))
def test_the_makers_own_price_is_never_touched(amount, currency):
    rates = Rates({code: Decimal(7) for code in CURRENCIES}, {})
    assert rates.convert(amount, currency, currency) == amount


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("currency", CURRENCIES)
def test_every_language_can_write_every_currency(language, currency):
    text = format_money(Decimal("1234.50"), currency, language)
    assert "1" in text and "50" in text and any(not char.isdigit() for char in text)


@given(amounts, st.sampled_from(CURRENCIES), st.sampled_from(LANGUAGES))
def test_prices_are_written_as_babel_writes_them(amount, currency, language):
    assert format_money(amount, currency, language) == money._written_by_babel(amount, currency, language)


def test_whole_amounts_have_no_decimals():
    assert format_money(Decimal("1134000.00"), "UZS", "en") == "UZS\u00a01,134,000"
    assert format_money(Decimal("20.50"), "USD", "en") == "$20.50"
