"""The dated table of exchange rates, and conversion by it."""

import csv
import datetime
import io
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from oscar.core.loading import get_model

from shop.currency.models import Rate
from shop.currency.money import CURRENCIES, round_money
from shop.listings.changes import listings_changed

Product = get_model("catalogue", "Product")

CACHE_KEY = "currency:rates"
CACHE_SECONDS = 60
LARGEST = 10**10


class RateMissing(LookupError):
    """No rate is known for a currency."""


class BadRates(ValueError):
    """A file of rates has rows that cannot be used; `.problems` names each with its line."""

    def __init__(self, problems: list[str]):
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Rates:
    """Units per US dollar of each currency with the date of that rate."""

    per_usd: dict[str, Decimal]
    dates: dict[str, datetime.date]

    def __hash__(self) -> int:
        return hash(tuple(self.per_usd.items()))

    def rate(self, source: str, target: str) -> Decimal:
        """Units of `target` for one unit of `source`, to twelve decimals; RateMissing when one is unknown."""
        if source == target:
            return Decimal(1)
        try:
            return (self.per_usd[target] / self.per_usd[source]).quantize(Decimal("1e-12"))
        except KeyError as missing:
            raise RateMissing(f"No rate is known for {missing.args[0]}.") from None

    def convert(self, amount: Decimal, source: str, target: str) -> Decimal:
        """`amount` of `source` in `target`, rounded to the step of `target`; the same amount when they are equal."""
        if source == target:
            return amount
        return round_money(amount * self.rate(source, target), target)

    def date(self, source: str, target: str) -> datetime.date:
        """The older of the two rates' dates: how old a conversion between them is."""
        return min(self.dates[source], self.dates[target])


def read_rates() -> Rates:
    """The newest rate of each currency, straight from the table (one query). One of a day to come does not count: it
    would be used too early and never be too old."""
    per_usd, dates = {"USD": Decimal(1)}, {}
    today = timezone.localdate()
    rows = Rate.objects.filter(date__lte=today).order_by("currency", "-date").values_list("currency", "date", "per_usd")
    for currency, date, value in rows:
        if currency not in dates:
            per_usd[currency], dates[currency] = value, date
    dates.setdefault("USD", max(dates.values(), default=today))
    return Rates(per_usd, dates)


def current_rates() -> Rates:
    """The same for showing prices, at most a minute old. Placing an order reads the table itself."""
    rates = cache.get(CACHE_KEY)
    if rates is None:
        rates = read_rates()
        cache.set(CACHE_KEY, rates, CACHE_SECONDS)
    return rates


@transaction.atomic
def load_rates(file: Iterable[str]) -> int:
    """Reads a CSV `date,currency,per_usd,source`; all rows or none. Returns how many; BadRates names bad lines."""
    rows = _read_rows(file)
    Rate.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["date", "currency"], update_fields=["per_usd", "source"]
    )
    transaction.on_commit(lambda: cache.delete(CACHE_KEY))
    # Lists are filtered and sorted by price across currencies: search is to compare by the new rates.
    listings_changed(Product.objects.filter(listing__isnull=False).order_by("pk").values_list("pk", flat=True))
    return len(rows)


def _read_rows(file: Iterable[str]) -> list[Rate]:
    rows, problems = [], []
    reader = csv.DictReader(io.StringIO("".join(file)))
    try:
        missing = {"date", "currency", "per_usd", "source"} - set(reader.fieldnames or [])
        if missing:
            raise BadRates([f"line 1: missing column {', '.join(sorted(missing))}"])
        for row in reader:
            try:
                rows.append(_parse_rate(row))
            except ValueError as error:
                problems.append(f"line {reader.line_num}: {error}")
    except csv.Error as error:
        problems.append(f"line {reader.line_num}: not readable as CSV: {error}")
    if problems:
        raise BadRates(problems)
    return rows


def _parse_rate(row: dict[str, str]) -> Rate:
    if None in row or None in row.values():
        raise ValueError("it has more or fewer fields than the heading")
    if row["currency"] not in CURRENCIES:
        raise ValueError(f"{row['currency']!r} is not a currency of the marketplace")
    try:
        per_usd = Decimal(row["per_usd"])
    except InvalidOperation:
        raise ValueError(f"{row['per_usd']!r} is not a number") from None
    if not per_usd.is_finite() or not 0 < per_usd < LARGEST:
        raise ValueError(f"a rate must be greater than zero and less than {LARGEST:,}")
    date = datetime.date.fromisoformat(row["date"])
    if date > timezone.localdate():
        raise ValueError(f"{date} is after today ({timezone.localdate()})")
    return Rate(date=date, currency=row["currency"], per_usd=per_usd, source=row["source"])
