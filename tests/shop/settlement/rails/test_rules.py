"""Which way reaches whom is data; the administrator's word wins; nothing is ever sent by a way that does not serve."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.currency.money import CURRENCIES, NATIONAL
from shop.settlement.models import RailRule
from shop.settlement.rails import RAILS
from shop.settlement.rails.rules import Rule, current_rules, least, rules_for, rules_of_file, ways

AMOUNTS = st.decimals(min_value="0.01", max_value="99999999", places=2)
RULES = st.lists(
    st.builds(
        Rule,
        country=st.sampled_from(["KZ", "UZ", "*"]),
        currency=st.sampled_from(["KZT", "USD"]),
        rail=st.sampled_from(list(RAILS)),
        preference=st.integers(1, 3),
        minimum=AMOUNTS,
        maximum=st.none() | AMOUNTS,
        allowed=st.booleans(),
    ),
    unique_by=lambda rule: rule.key,
)


@given(RULES, st.sampled_from(["KZ", "UZ", "DE"]), st.sampled_from(["KZT", "USD"]), AMOUNTS)
def test_a_way_serves_by_an_allowed_rule_of_its_own_and_in_order(rules, country, currency, amount):
    found = ways(rules, country, currency, amount)
    assert len(found) == len(set(found))
    by_key = {rule.key: rule for rule in rules}
    chosen = [by_key.get((country, currency, rail)) or by_key["*", currency, rail] for rail in found]
    assert all(rule.allowed and rule.minimum <= amount for rule in chosen)
    assert all(rule.maximum is None or amount <= rule.maximum for rule in chosen)
    assert [rule.preference for rule in chosen] == sorted(rule.preference for rule in chosen)


@given(RULES, st.sampled_from(["KZ", "UZ"]), AMOUNTS)
def test_no_way_that_would_serve_is_left_out(rules, country, amount):
    found = ways(rules, country, "KZT", amount)
    for rule in rules:
        fits = rule.allowed and rule.minimum <= amount and (rule.maximum is None or amount <= rule.maximum)
        if rule.country == country and rule.currency == "KZT" and fits:
            assert rule.rail in found


@given(RULES, AMOUNTS)
def test_below_the_least_amount_nothing_serves(rules, amount):
    smallest = least(rules, "KZ", "KZT", RAILS)
    if smallest is None or amount < smallest:
        assert ways(rules, "KZ", "KZT", amount) == []


@pytest.mark.parametrize("country", NATIONAL)
def test_every_country_is_reached_in_its_own_currency_by_two_ways(country):
    assert len(rules_for(rules_of_file(), country, NATIONAL[country])) >= 2


def test_the_file_names_known_ways_currencies_and_countries():
    for rule in rules_of_file():
        assert rule.rail in RAILS and rule.currency in CURRENCIES and rule.country in {*NATIONAL, "*"}
        assert rule.maximum is None or rule.minimum < rule.maximum


@pytest.mark.django_db
def test_an_administrators_word_wins_over_the_file():
    assert "stripe_global" not in ways(current_rules(), "UZ", "UZS", Decimal(1_000_000))
    RailRule.objects.create(country="UZ", currency="UZS", rail="stripe_global", preference=0, reason="enabled")
    RailRule.objects.create(country="UZ", currency="UZS", rail="cash", is_allowed=False, reason="office closed")
    assert ways(current_rules(), "UZ", "UZS", Decimal(1_000_000)) == ["stripe_global", "bank_file"]
