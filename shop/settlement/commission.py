"""What the platform keeps of a sale: the rules, the most specific of which wins, and the split they make.

`divide` is the one function that splits money: the listing page shows its result before buying, placing an order
freezes it (`shop.settlement.splitting`).
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Subquery
from django.utils import timezone
from oscar.core.loading import get_model

from shop.checkout.charging import check_age
from shop.currency.money import round_exact
from shop.currency.rates import Rates
from shop.listings.crafts import lineage
from shop.settlement.models import CommissionRule, Parcel, ReleaseRule, VatRate

Partner = get_model("partner", "Partner")

CACHE_KEY, CACHE_SECONDS = "settlement:rules", 60
ZERO = Decimal("0.00")
# Delivered parcels after which a maker is no longer new.
ESTABLISHED_AFTER = 5


class NoRule(LookupError):
    """No commission rule covers this sale: nothing may be sold without one."""


@dataclass(frozen=True)
class Piece:
    """Goods of one craft in one parcel, in the maker's currency: their price, and the discount the maker bears."""

    craft: str
    goods: Decimal
    discount: Decimal = ZERO


@dataclass(frozen=True)
class Split:
    """How money is split, in the maker's currency: goods − discount + shipping = commission + vat + fee + net."""

    currency: str
    goods: Decimal
    discount: Decimal
    shipping: Decimal
    commission: Decimal
    vat: Decimal
    fee: Decimal
    kept_commission: Decimal
    kept_vat: Decimal
    kept_fee: Decimal
    terms: list[dict[str, str]] = field(default_factory=list)

    @property
    def net(self) -> Decimal:
        """What the maker receives, shipping included."""
        return self.goods - self.discount + self.shipping - self.platform

    @property
    def platform(self) -> Decimal:
        """What the platform keeps, VAT on it and the fee that the maker bears included."""
        return self.commission + self.vat + self.fee


@dataclass(frozen=True, eq=False)
class RuleBook:
    """Every commission rule, and the percent of VAT on commission in the platform's country on the day of reading.
    Equal to another one when both say the same."""

    rules: Sequence[CommissionRule]
    vat_percent: Decimal

    @cached_property
    def said(self) -> tuple:
        fields = [field.attname for field in CommissionRule._meta.concrete_fields]
        return self.vat_percent, *(tuple(getattr(rule, name) for name in fields) for rule in self.rules)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RuleBook) and self.said == other.said

    def __hash__(self) -> int:
        return hash(self.said)

    def rule_for(self, country: str, craft: str, partner: int, date: datetime.date) -> CommissionRule:
        """The most specific rule for goods of `craft` (id) by `partner` (id) in `country` (ISO) on `date`; NoRule."""
        crafts = lineage(craft) or ((craft,) if craft else ())
        matching = [
            rule
            for rule in self.rules
            if rule.country in ("", country)
            and (not rule.craft or rule.craft in crafts)
            and rule.partner_id in (None, partner)
            and rule.since <= date
            and (rule.until is None or date <= rule.until)
        ]
        if not matching:
            raise NoRule(f"No commission rule covers {country}, {craft or 'any craft'} on {date}.")
        return max(matching, key=lambda rule: _specificity(rule, crafts))


def _specificity(rule: CommissionRule, crafts: Sequence[str]) -> tuple:
    """Orders rules that match: a maker's own, then the nearer craft, then country, then the one that began last."""
    depth = len(crafts) - crafts.index(rule.craft) if rule.craft else 0
    return rule.partner_id is not None, depth, bool(rule.country), rule.since, rule.pk or 0


def read_rules(date: datetime.date) -> RuleBook:
    """The rules as the table has them now, with the VAT of settings.PLATFORM_COUNTRY on `date` (one query)."""
    vat = VatRate.objects.filter(country=settings.PLATFORM_COUNTRY, since__lte=date).order_by("-since")
    rules = list(CommissionRule.objects.annotate(vat=Subquery(vat.values("percent")[:1])))
    return RuleBook(rules, next((rule.vat for rule in rules), None) or Decimal(0))


def current_rules() -> RuleBook:
    """The same for showing a split today, at most a minute old. Placing an order reads the table itself."""
    book = cache.get(CACHE_KEY)
    if book is None:
        book = read_rules(timezone.localdate())
        cache.set(CACHE_KEY, book, CACHE_SECONDS)
    return book


def release_rules() -> list[ReleaseRule]:
    return list(ReleaseRule.objects.order_by("pk"))


def release_for(rules: Sequence[ReleaseRule], country: str, standing: str) -> ReleaseRule:
    """When money of a maker in `country` (ISO) with this standing may be paid out: standing counts for more than
    country; the model's defaults if no rule fits."""
    matching = [rule for rule in rules if rule.country in ("", country) and rule.standing in ("", standing)]
    return max(matching, key=lambda rule: (bool(rule.standing), bool(rule.country)), default=ReleaseRule())


def country_of(partner: Any) -> str:
    """ISO code of a maker's country ("" for a partner without a face)."""
    return getattr(getattr(partner, "artisan", None), "country", "")


def standing_of(partner: Any) -> str:
    """Whether a maker has delivered often enough to be trusted earlier with the money (one query)."""
    delivered = Parcel.objects.filter(partner=partner, status=Parcel.DELIVERED)[:ESTABLISHED_AFTER].count()
    return ReleaseRule.ESTABLISHED if delivered >= ESTABLISHED_AFTER else ReleaseRule.NEW


def divide(
    pieces: Sequence[Piece], shipping: Decimal, currency: str, partner: Any, date: datetime.date,
    book: RuleBook, rates: Rates,
) -> Split:  # fmt: skip
    """Splits a parcel's money. All amounts in `currency`, the maker's; rounded half up to its smallest unit.

    Goods under the same rule count together: percent of them plus the fixed sum, at least the minimum, and with VAT
    never more than the goods themselves. Shipping is the maker's whole. Sums of a rule that are in another currency are
    converted by `rates` (RateMissing, RateStale). NoRule when no rule covers a piece.
    """
    country = country_of(partner)
    groups: dict[Any, tuple[CommissionRule, Decimal]] = {}
    for piece in pieces:
        rule = book.rule_for(country, piece.craft, partner.pk, date)
        groups[rule.pk] = (rule, groups.get(rule.pk, (rule, ZERO))[1] + piece.goods - piece.discount)
    shares = [_share(rule, base, currency, book.vat_percent, rates) for rule, base in groups.values()]
    return Split(
        currency=currency,
        goods=sum((piece.goods for piece in pieces), ZERO),
        discount=sum((piece.discount for piece in pieces), ZERO),
        shipping=shipping,
        commission=sum((share.commission for share in shares), ZERO),
        vat=sum((share.vat for share in shares), ZERO),
        fee=sum((share.fee for share in shares), ZERO),
        kept_commission=sum((share.commission for share in shares if not share.rule.commission_back), ZERO),
        kept_vat=sum((share.vat for share in shares if not share.rule.commission_back), ZERO),
        kept_fee=sum((share.fee for share in shares if not share.rule.fee_back), ZERO),
        terms=[share.as_terms() for share in shares],
    )


@dataclass(frozen=True)
class _Share:
    rule: CommissionRule
    base: Decimal
    vat_percent: Decimal
    commission: Decimal
    vat: Decimal
    fee: Decimal

    def as_terms(self) -> dict[str, str]:
        rule = self.rule
        shown = ("percent", "fixed", "minimum", "currency", "fee_bearer", "fee_percent", "commission_back", "fee_back")
        return {
            "rule": str(rule.pk),
            **{name: str(getattr(rule, name)) for name in shown},
            **{name: str(getattr(self, name)) for name in ("base", "vat_percent", "commission", "vat", "fee")},
        }


def _share(rule: CommissionRule, base: Decimal, currency: str, vat_percent: Decimal, rates: Rates) -> _Share:
    fixed, minimum = (_own(amount, rule.currency, currency, rates) for amount in (rule.fixed, rule.minimum))
    commission = max(round_exact(base * rule.percent / 100 + fixed, currency), minimum)
    vat = round_exact(commission * vat_percent / 100, currency)
    if commission + vat > base:
        commission = round_exact(base / (1 + vat_percent / 100), currency)
        vat = base - commission
    fee = ZERO
    if rule.fee_bearer == CommissionRule.MAKER:
        fee = min(round_exact(base * rule.fee_percent / 100, currency), base - commission - vat)
    return _Share(rule, base, vat_percent, commission, vat, fee)


def _own(amount: Decimal, source: str, currency: str, rates: Rates) -> Decimal:
    if not amount or source == currency:
        return amount
    rate = rates.rate(source, currency)
    check_age(rates.date(source, currency))
    return round_exact(amount * rate, currency)
