"""How well an engine answers judged queries: a catalogue, queries with the UPCs that answer them, four figures.

success@5: a right listing is among the first five. recall@10: of the right ones, at most ten, the share among the first
ten. ndcg@10: the same with rank counted. cross: recall@10 of the right listings written in another language than the
query's. Queries without such listings do not count for it.
"""

import csv
import math
import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from search.documents import infer_craft
from search.engines.base import Document, Engine, SearchQuery
from shop.listings.crafts import lineage

MEASURES = ("success@5", "recall@10", "ndcg@10", "cross")
# Enough to sort by; real rates come from the database.
ROUGH_USD = {
    "USD": 1, "EUR": 1.1, "KZT": 0.002, "KGS": 0.0115, "TJS": 0.093, "TMT": 0.286, "UZS": 0.00008, "AZN": 0.588
}  # fmt: skip


@dataclass(frozen=True)
class Judged:
    kind: str
    language: str
    text: str
    relevant: frozenset[str]
    concepts: str = ""


@dataclass
class Report:
    """figures: by "all", "kind/<kind>" and "language/<code>", each a dict of the four measures and "n"."""

    figures: dict[str, dict[str, float]]
    failures: list[Judged] = field(default_factory=list)

    def lines(self) -> list[str]:
        """A table for people, "all" last."""
        head = f"{'':<16}{'n':>6}" + "".join(f"{measure:>11}" for measure in MEASURES)
        rows = [
            f"{name:<16}{figures['n']:>6.0f}" + "".join(f"{figures[measure]:>11.3f}" for measure in MEASURES)
            for name, figures in sorted(self.figures.items(), key=lambda item: (item[0] == "all", item[0]))
        ]
        return [head, *rows]


def read_queries(path: Path) -> list[Judged]:
    """Tab-separated: kind, language, query, relevant (UPCs, spaces between), concepts."""
    with open(path, encoding="utf-8", newline="") as file:
        return [_judged(row) for row in csv.DictReader(file, delimiter="\t")]


def read_catalogue(path: Path) -> list[Document]:
    """Documents of a catalogue in the format of import_catalogue, numbered from 1."""
    with open(path, encoding="utf-8", newline="") as file:
        return [_document(number, row) for number, row in enumerate(csv.DictReader(file), 1)]


def shortfalls(report: Report, baseline: dict[str, dict[str, float]], tolerance: float) -> list[str]:
    """Each figure that is more than `tolerance` below the baseline's, in words; a group that was not asked too."""
    found = []
    for name, figures in baseline.items():
        for measured, least in figures.items():
            reached = report.figures.get(name, {}).get(measured, 0.0)
            if not reached >= least - tolerance:
                found.append(f"{name}: {measured} is {reached:.4f}, the baseline {least:.4f}")
    return found


def evaluate(engine: Engine, catalogue: Iterable[Document], queries: Iterable[Judged]) -> Report:
    """Asks every query and measures the answers; listings that are not of the catalogue are passed over."""
    language_of = {document.upc: document.language for document in catalogue}

    def ask(judged: Judged) -> list[str]:
        query = SearchQuery(text=judged.text, language=judged.language, page_size=100, facets=False)
        return [hit.document.upc for hit in engine.search(query).hits if hit.document.upc in language_of]

    return measure(ask, language_of, queries)


def measure(ask: Callable[[Judged], list[str]], language_of: dict[str, str], queries: Iterable[Judged]) -> Report:
    """The figures of anything that gives UPCs, best first, for a query."""
    scored, failures = [], []
    for judged in queries:
        figures = score(ask(judged)[:10], judged, language_of)
        scored.append((judged, figures))
        if not figures["recall@10"]:
            failures.append(judged)
    groups = {"all": [figures for _, figures in scored]}
    for judged, figures in scored:
        groups.setdefault(f"kind/{judged.kind}", []).append(figures)
        groups.setdefault(f"language/{judged.language}", []).append(figures)
    return Report({name: _means(group) for name, group in groups.items()}, failures)


def score(found: list[str], judged: Judged, language_of: dict[str, str]) -> dict[str, float | None]:
    """The measures of one answer of at most ten UPCs; cross is None where it does not apply."""
    gains = [upc in judged.relevant for upc in found]
    ideal = min(10, len(judged.relevant))
    foreign = {upc for upc in judged.relevant if language_of.get(upc) != judged.language}
    best = sum(1 / math.log2(rank + 2) for rank in range(ideal))
    return {
        "success@5": float(any(gains[:5])),
        "recall@10": sum(gains) / ideal,
        "ndcg@10": sum(gain / math.log2(rank + 2) for rank, gain in enumerate(gains)) / best,
        "cross": sum(upc in foreign for upc in found) / min(10, len(foreign)) if foreign else None,
    }


def _means(group: list[dict[str, float | None]]) -> dict[str, float]:
    means: dict[str, float] = {"n": len(group)}
    for measured in MEASURES:
        values = [value for figures in group if (value := figures[measured]) is not None]
        means[measured] = statistics.fmean(values) if values else math.nan
    return means


def _judged(row: dict[str, str]) -> Judged:
    relevant = frozenset(row["relevant"].split())
    return Judged(row["kind"], row["language"], row["query"], relevant, row.get("concepts") or "")


def _document(number: int, row: dict[str, str]) -> Document:
    craft = row.get("craft") or infer_craft(row["title"], row["language"])
    return Document(
        id=number,
        upc=row["upc"],
        titles={row["language"]: row["title"]},
        descriptions={row["language"]: row["description"]},
        language=row["language"],
        craft=craft,
        crafts=lineage(craft),
        country=row["country"],
        maker=row["artisan"],
        maker_name=row["artisan"],
        price=str(Decimal(row["price"])),
        currency=row["currency"],
        price_usd=float(row["price"]) * ROUGH_USD[row["currency"]],
        in_stock=int(row["num_in_stock"]) > 0,
        created=1_700_000_000 + number,
    )
