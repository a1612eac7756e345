"""The most specific rule wins; a split gives every unit to somebody. Rules and makers are made up, no database."""

import datetime
from contextlib import nullcontext
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from shop.checkout.charging import RateStale
from shop.currency.rates import RateMissing, Rates
from shop.settlement.commission import NoRule, Piece, RuleBook, divide, release_for
from shop.settlement.models import CommissionRule, ReleaseRule

TODAY = datetime.date(2026, 11, 1)
RATES = Rates(
    {"USD": Decimal(1), "UZS": Decimal(12500), "KZT": Decimal(500)}, dict.fromkeys(("USD", "UZS", "KZT"), TODAY)
)
# From the nearest to the broadest.
CRAFTS = ("suzani", "embroidery", "textile", "")

rules = st.builds(
    CommissionRule,
    country=st.sampled_from(["", "UZ", "KZ"]),
    craft=st.sampled_from([*CRAFTS, "felt"]),
    partner_id=st.sampled_from([None, 1, 2]),
    since=st.dates(datetime.date(2026, 9, 1), datetime.date(2026, 12, 1)),
    until=st.none() | st.dates(datetime.date(2026, 10, 1), datetime.date(2026, 12, 31)),
    percent=st.decimals(0, 100, places=2),
    fixed=st.decimals(0, 50, places=2),
    minimum=st.decimals(0, 50, places=2),
    currency=st.sampled_from(["USD", "UZS"]),
    fee_bearer=st.sampled_from(["platform", "maker"]),
    fee_percent=st.decimals(0, 10, places=2),
    commission_back=st.booleans(),
    fee_back=st.booleans(),
)
money = st.decimals("0.01", "99999999", places=2)


def book(*found: CommissionRule, vat: str = "12") -> RuleBook:
    for number, rule in enumerate(found, start=1):
        rule.pk = number
    return RuleBook(found, Decimal(vat))


def maker(country: str = "UZ", pk: int = 1):
    return SimpleNamespace(pk=pk, artisan=SimpleNamespace(country=country))


def fits(rule: CommissionRule) -> bool:
    return (
        rule.country in ("", "UZ")
        and rule.craft in CRAFTS
        and rule.partner_id in (None, 1)
        and rule.since <= TODAY
        and (rule.until is None or rule.until >= TODAY)
    )


@given(st.lists(rules, max_size=12))
def test_the_most_specific_of_the_rules_that_fit_wins(found):
    fitting = [rule for rule in found if fits(rule)]
    if not fitting:
        with pytest.raises(NoRule):
            book(*found).rule_for("UZ", "suzani", 1, TODAY)
        return
    winner = book(*found).rule_for("UZ", "suzani", 1, TODAY)
    assert winner in fitting
    if any(rule.partner_id for rule in fitting):
        assert winner.partner_id == 1
    rivals = [rule for rule in fitting if bool(rule.partner_id) == bool(winner.partner_id)]
    assert CRAFTS.index(winner.craft) == min(CRAFTS.index(rule.craft) for rule in rivals)
    rivals = [rule for rule in rivals if rule.craft == winner.craft]
    assert bool(winner.country) == any(rule.country for rule in rivals)
    rivals = [rule for rule in rivals if rule.country == winner.country]
    assert winner.since == max(rule.since for rule in rivals)


@given(
    st.lists(rules, min_size=1, max_size=4),
    st.lists(money, min_size=1, max_size=4),
    money,
    st.sampled_from(["0", "12", "20"]),
)
def test_a_split_adds_up_and_nobody_pays_for_selling(found, prices, shipping, vat):
    everyone = CommissionRule(since=TODAY, percent=Decimal(10))
    pieces = [Piece("suzani", price) for price in prices]
    split = divide(pieces, shipping, "UZS", maker(), TODAY, book(everyone, *found, vat=vat), RATES)
    assert split.goods + split.shipping == split.commission + split.vat + split.fee + split.net
    assert min(split.commission, split.vat, split.fee, split.kept_commission) >= 0
    assert split.net >= shipping
    assert split.kept_commission in (0, split.commission) and split.kept_fee in (0, split.fee)


@given(money, st.decimals(0, 100, places=2))
def test_the_commission_grows_with_the_percentage(price, percent):
    def commission(rate: Decimal) -> Decimal:
        rule = CommissionRule(since=TODAY, percent=rate)
        return divide([Piece("", price)], Decimal(0), "UZS", maker(), TODAY, book(rule, vat="0"), RATES).commission

    assert commission(percent / 2) <= commission(percent) <= price


def test_each_craft_of_a_parcel_is_under_its_own_rule():
    found = book(CommissionRule(since=TODAY, percent=10), CommissionRule(since=TODAY, percent=5, craft="felt"), vat="0")
    pieces = [Piece("suzani", Decimal(1000)), Piece("felt", Decimal(1000)), Piece("felt", Decimal(2000))]
    split = divide(pieces, Decimal(0), "UZS", maker(), TODAY, found, RATES)
    assert split.commission == Decimal(250)
    assert [terms["base"] for terms in split.terms] == ["1000.00", "3000.00"]


def test_a_sum_in_a_currency_without_a_rate_is_refused():
    rule = CommissionRule(since=TODAY, percent=10, minimum=Decimal(1), currency="EUR")
    with pytest.raises(RateMissing):
        divide([Piece("", Decimal(100))], Decimal(0), "UZS", maker(), TODAY, book(rule), RATES)


@pytest.mark.parametrize("days", [30, 31])
def test_a_sum_at_a_rate_older_than_its_limit_is_refused_as_one_without_a_rate(settings, days):
    settings.RATE_MAX_DAYS = 30
    today = timezone.localdate()
    dates = {"USD": today, "UZS": today, "EUR": today - datetime.timedelta(days=days)}
    rates = Rates({**RATES.per_usd, "EUR": Decimal("0.9")}, dates)
    rule = CommissionRule(since=TODAY, percent=10, fixed=Decimal(1), currency="EUR")
    with pytest.raises(RateStale) if days > 30 else nullcontext():
        divide([Piece("", Decimal(10**6))], Decimal(0), "UZS", maker(), TODAY, book(rule), rates)


@pytest.mark.parametrize(
    ("country", "standing", "days"), [("UZ", "new", 4), ("KZ", "new", 3), ("UZ", "established", 2), ("KZ", "", 1)]
)
def test_standing_counts_for_more_than_country(country, standing, days):
    found = [
        ReleaseRule(after_delivery=1),
        ReleaseRule(country="UZ", after_delivery=2),
        ReleaseRule(standing="new", after_delivery=3),
        ReleaseRule(country="UZ", standing="new", after_delivery=4),
    ]
    assert release_for(found, country, standing).after_delivery == days
