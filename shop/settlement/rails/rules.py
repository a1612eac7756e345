"""Which way of paying serves which country, currency and amount, in which order: data (`rules.csv`), over which an
administrator's `RailRule` wins row by row."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from shop.settlement.models import RailRule

_FILE = Path(__file__).parent / "rules.csv"
ANYWHERE = "*"


@dataclass(frozen=True)
class Rule:
    """`minimum` and `maximum` (None: no limit) are in `currency`, both included; `country` may be "*": anywhere that
    has no row of its own for this currency and rail."""

    country: str
    currency: str
    rail: str
    preference: int
    minimum: Decimal
    maximum: Decimal | None
    allowed: bool

    @property
    def key(self) -> tuple[str, str, str]:
        return self.country, self.currency, self.rail


@cache
def rules_of_file() -> tuple[Rule, ...]:
    with _FILE.open(encoding="utf-8") as lines:
        return tuple(
            Rule(
                country=row["country"],
                currency=row["currency"],
                rail=row["rail"],
                preference=int(row["preference"]),
                minimum=Decimal(row["minimum"]),
                maximum=Decimal(row["maximum"]) if row["maximum"] else None,
                allowed=row["allowed"] == "yes",
            )
            for row in csv.DictReader(lines)
        )


def current_rules() -> list[Rule]:
    """The file's rules with the administrator's over them (one query)."""
    rules = {rule.key: rule for rule in rules_of_file()}
    for row in RailRule.objects.all():
        rule = Rule(
            row.country, row.currency, row.rail, row.preference, row.minimum, row.maximum, allowed=row.is_allowed
        )
        rules[rule.key] = rule
    return list(rules.values())


def rules_for(rules: Iterable[Rule], country: str, currency: str) -> list[Rule]:
    """The rules that count for this country and currency, the most preferred first; of each rail one: the country's
    own row wins over "*", also when it forbids."""
    chosen: dict[str, Rule] = {}
    for rule in rules:
        if rule.currency == currency and rule.country in (country, ANYWHERE):
            if rule.rail not in chosen or rule.country != ANYWHERE:
                chosen[rule.rail] = rule
    return sorted((rule for rule in chosen.values() if rule.allowed), key=lambda rule: (rule.preference, rule.rail))


def ways(rules: Iterable[Rule], country: str, currency: str, amount: Decimal) -> list[str]:
    """The rails that may carry `amount` of `currency` to `country`, the most preferred first."""
    return [
        rule.rail
        for rule in rules_for(rules, country, currency)
        if rule.minimum <= amount and (rule.maximum is None or amount <= rule.maximum)
    ]


def least(rules: Iterable[Rule], country: str, currency: str, rails: Iterable[str]) -> Decimal | None:
    """The smallest amount that one of `rails` would carry; None when none serves."""
    wanted = set(rails)
    return min((rule.minimum for rule in rules_for(rules, country, currency) if rule.rail in wanted), default=None)
