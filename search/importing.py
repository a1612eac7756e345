"""Reading a catalogue from a CSV file: every row checked first, then all written or none."""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils.text import slugify

from artisans.models import Artisan
from artisans.services import create_demo_artisan
from search.documents import infer_craft
from shop.currency.money import CURRENCIES
from shop.listings.changes import gathered_changes
from shop.listings.countries import COUNTRIES
from shop.listings.crafts import crafts
from shop.listings.models import OWN_LANGUAGES
from shop.listings.services import Offer, save_listing

COLUMNS = ("upc", "artisan", "country", "language", "title", "description", "price", "currency", "num_in_stock")
LANGUAGES = {code for code, _name in OWN_LANGUAGES}
MAX_PRICE, MAX_STOCK = Decimal("9999999999.99"), 1_000_000
PROGRESS_EVERY = 500


class BadCatalogue(ValueError):
    """The file cannot be imported. `.problems` names each bad row with its line and reason."""

    def __init__(self, problems: list[str]):
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Row:
    line: int
    artisan: str
    country: str
    offer: Offer


def import_catalogue(lines: Iterable[str], create_artisans: bool, progress: Callable[[int, int], None]) -> list[int]:
    """Creates or updates the listings of a CSV, all or none; returns their product ids. BadCatalogue when any row is
    bad, with nothing written. `progress` is told (rows done, rows in all)."""
    rows, problems = _read(lines)
    known = {artisan.slug: artisan for artisan in Artisan.objects.select_related("partner")}
    problems += _unknown_artisans(rows, known, create_artisans)
    if problems:
        raise BadCatalogue(sorted(problems, key=_line_of))
    ids = []
    with transaction.atomic(), gathered_changes():
        for number, row in enumerate(rows, start=1):
            if row.artisan not in known:
                known[row.artisan] = create_demo_artisan(
                    row.artisan, row.country, row.offer.language, row.offer.currency
                )
            ids.append(save_listing(known[row.artisan].partner, row.offer)[0].pk)
            if number % PROGRESS_EVERY == 0 or number == len(rows):
                progress(number, len(rows))
    return ids


def _line_of(problem: str) -> int:
    return int(problem.split(":")[0].removeprefix("line "))


def _read(lines: Iterable[str]) -> tuple[list[Row], list[str]]:
    rows: list[Row] = []
    problems: list[str] = []
    reader = csv.DictReader(lines, strict=True)
    try:
        missing = [column for column in COLUMNS if column not in (reader.fieldnames or [])]
        if missing:
            raise BadCatalogue([f"line 1: missing column {', '.join(missing)}"])
        seen: dict[str, int] = {}
        for row in reader:
            wrong = _problems_of(row, seen, reader.line_num)
            if wrong:
                problems += [f"line {reader.line_num}: {reason}" for reason in wrong]
            else:
                rows.append(_row(row, reader.line_num))
    except csv.Error as error:
        problems.append(f"line {reader.line_num}: not readable as CSV: {error}")
    if not rows and not problems:
        problems.append("line 1: the file has no rows")
    return rows, problems


def _problems_of(row: dict, seen: dict[str, int], line: int) -> list[str]:
    """Everything that is wrong with a row, in words."""
    if None in row or None in row.values():
        return ["it has more or fewer fields than the heading"]
    upc, problems = row["upc"].strip(), []
    if not upc or len(upc) > 64:
        problems.append("upc must have 1 to 64 characters")
    elif upc in seen:
        problems.append(f"upc {upc} stands on line {seen[upc]} already")
    seen.setdefault(upc, line)
    if not row["artisan"] or slugify(row["artisan"]) != row["artisan"]:
        problems.append(f"artisan {row['artisan']!r} is not a slug (small letters, digits, hyphens)")
    if not row["title"].strip() or len(row["title"]) > 255:
        problems.append("title must have 1 to 255 characters")
    for name, allowed in (("country", COUNTRIES), ("language", LANGUAGES), ("currency", CURRENCIES)):
        if row[name] not in allowed:
            problems.append(f"{name} {row[name]!r} is not one of {', '.join(sorted(allowed))}")
    if row.get("craft") and row["craft"] not in crafts():
        problems.append(f"craft {row['craft']!r} is not known")
    return problems + _number_problems(row)


def _number_problems(row: dict) -> list[str]:
    problems = []
    try:
        price = Decimal(row["price"])
        if not price.is_finite() or not 0 < price <= MAX_PRICE or price != round(price, 2):
            problems.append(f"price {row['price']!r} must be greater than 0 with at most two decimals")
    except InvalidOperation:
        problems.append(f"price {row['price']!r} is not a number")
    stock = row["num_in_stock"]
    if not (stock.isascii() and stock.isdigit() and int(stock[:12]) <= MAX_STOCK):
        problems.append(f"num_in_stock {stock!r} is not a whole number from 0 to {MAX_STOCK}")
    return problems


def _row(row: dict, line: int) -> Row:
    title = row["title"].strip()
    offer = Offer(
        upc=row["upc"].strip(),
        language=row["language"],
        texts={row["language"]: (title, row["description"].strip())},
        price=Decimal(row["price"]),
        currency=row["currency"],
        num_in_stock=int(row["num_in_stock"]),
        craft=row.get("craft") or infer_craft(title, row["language"]),
    )
    return Row(line, row["artisan"], row["country"], offer)


def _unknown_artisans(rows: list[Row], known: dict[str, Artisan], create: bool) -> list[str]:
    if create:
        return []
    return [
        f"line {row.line}: no artisan {row.artisan!r} (--create-artisans makes one)"
        for row in rows
        if row.artisan not in known
    ]
