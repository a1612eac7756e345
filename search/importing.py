"""Reading a catalogue from a CSV file: every row checked first, then all written or none."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.text import slugify
from oscar.core.loading import get_model

from artisans.models import Artisan
from artisans.services import create_demo_artisan
from search.documents import infer_craft
from shop.currency.money import CURRENCIES
from shop.listings.changes import gathered_changes
from shop.listings.countries import COUNTRIES
from shop.listings.crafts import crafts
from shop.listings.models import OWN_LANGUAGES
from shop.listings.services import Offer, save_listing
from shop.partner.stock import lock

Product = get_model("catalogue", "Product")
StockRecord = get_model("partner", "StockRecord")

COLUMNS = ("upc", "artisan", "country", "language", "title", "description", "price", "currency", "num_in_stock")
LANGUAGES = {code for code, _name in OWN_LANGUAGES}
MAX_PRICE, MAX_STOCK = Decimal("9999999999.99"), 1_000_000
MAX_UPC, MAX_SLUG, MAX_TITLE = 64, 80, 255
PROGRESS_EVERY = 100
PORTION = 500
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")


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
    problems += _unknown_artisans(rows, known, create_artisans) + _listings_with_variants(rows)
    ids = []
    with transaction.atomic(), gathered_changes():
        problems += _taken(rows)
        if problems:
            raise BadCatalogue(sorted(problems, key=_line_of))
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
    reader, read = csv.DictReader(lines, strict=True), 0
    try:
        wrong = _heading_problem(reader.fieldnames or [])
        if wrong:
            raise BadCatalogue([f"line 1: {wrong}"])
        seen: dict[str, int] = {}
        read = reader.line_num
        for row in reader:
            read = reader.line_num
            reasons = _problems_of(row, seen, reader.line_num)
            if reasons:
                problems += [f"line {reader.line_num}: {reason}" for reason in reasons]
            else:
                rows.append(_row(row, reader.line_num))
    except csv.Error as error:
        problems.append(f"line {read + 1}: not readable as CSV: {error}")
    if not rows and not problems:
        problems.append("line 1: the file has no rows")
    return rows, problems


def _heading_problem(heading: Sequence[str]) -> str:
    """What is wrong with the first line of the file; empty when nothing is."""
    missing = [column for column in COLUMNS if column not in heading]
    if missing and any(separator in "".join(heading) for separator in ";\t"):
        return f"missing column {', '.join(missing)}: the columns must be separated by commas"
    if missing:
        return f"missing column {', '.join(missing)}"
    twice = sorted({column for column in heading if heading.count(column) > 1})
    return f"column {', '.join(twice)} stands there twice" if twice else ""


def _problems_of(row: dict, seen: dict[str, int], line: int) -> list[str]:
    """Everything that is wrong with a row, in words."""
    if None in row or None in row.values():
        return ["it has more or fewer fields than the heading"]
    upc, problems = row["upc"].strip(), []
    if any("\0" in value for value in row.values()):
        problems.append("it has a character with the code 0, which no text has")
    if not upc or len(upc) > MAX_UPC:
        problems.append(f"upc must have 1 to {MAX_UPC} characters")
    elif upc in seen:
        problems.append(f"upc {upc} stands on line {seen[upc]} already")
    seen.setdefault(upc, line)
    slug = row["artisan"]
    if not slug or slugify(slug) != slug or len(slug) > MAX_SLUG:
        problems.append(f"artisan {slug!r} is not a slug (small letters, digits, hyphens; at most {MAX_SLUG})")
    if not row["title"].strip() or len(row["title"]) > MAX_TITLE:
        problems.append(f"title must have 1 to {MAX_TITLE} characters")
    for name, allowed in (("country", COUNTRIES), ("language", LANGUAGES), ("currency", CURRENCIES)):
        if row[name] not in allowed:
            problems.append(f"{name} {row[name]!r} is not one of {', '.join(sorted(allowed))}")
    if row.get("craft") and row["craft"] not in crafts():
        problems.append(f"craft {row['craft']!r} is not known")
    return problems + _number_problems(row)


def _number_problems(row: dict) -> list[str]:
    problems = []
    if not _NUMBER.fullmatch(row["price"]):
        problems.append(f"price {row['price']!r} is not a number such as 1250 or 12.50")
    else:
        price = Decimal(row["price"])
        if not 0 < price <= MAX_PRICE or price != round(price, 2):
            problems.append(f"price {row['price']!r} must be greater than 0 with at most two decimals")
    stock = row["num_in_stock"]
    if not (stock.isascii() and stock.isdigit() and len(stock) <= 12 and int(stock) <= MAX_STOCK):
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
        craft=row.get("craft") or infer_craft(title, row["language"]) or None,
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


def _listings_with_variants(rows: list[Row]) -> list[str]:
    """A file has one price and one stock a row: a piece in several sizes or colours is no row of it."""
    lines = {row.offer.upc: row.line for row in rows}
    taken = Product.objects.exclude(structure=Product.STANDALONE).values_list("upc", "structure")
    reasons = {
        Product.PARENT: "comes in several variants, each with its own price and stock",
        Product.CHILD: "is a variant of another listing",
    }
    return [f"line {lines[upc]}: upc {upc} {reasons[kind]}" for upc, kind in taken if upc in lines]


def _taken(rows: list[Row]) -> list[str]:
    """Rows about a piece of another maker, or with fewer pieces than shoppers were promised. The stock stays locked
    until the import is done, in the order in which orders lock it."""
    by_upc, upcs, problems = {row.offer.upc: row for row in rows}, {}, []
    for some in _portions(list(by_upc)):
        upcs |= dict(StockRecord.objects.filter(product__upc__in=some).values_list("pk", "product__upc"))
    for some in _portions(sorted(upcs)):
        for pk, record in lock(some).items():
            row, owner = by_upc[upcs[pk]], getattr(record.partner, "artisan", None)
            slug, promised = owner.slug if owner else record.partner.name, record.num_allocated or 0
            if slug != row.artisan:
                problems.append(f"line {row.line}: upc {row.offer.upc} belongs to another maker, {slug}")
            elif row.offer.num_in_stock < promised:
                told = f"num_in_stock {row.offer.num_in_stock}: {promised} pieces are promised to shoppers already"
                problems.append(f"line {row.line}: {told}")
    return problems


def _portions(items: list) -> Iterator[list]:
    """Lists short enough for one question to any database."""
    return (items[start : start + PORTION] for start in range(0, len(items), PORTION))
