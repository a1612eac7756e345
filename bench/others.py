"""`python -m bench.others [CATALOGUE QUERIES]`: how others' searches answer the judged queries, next to ours.

A stock django-oscar (Whoosh through Haystack, its own form), and Elasticsearch's `multi_match` over title and story, as
it comes and with what shops add to it: accents folded (asciifolding) and slips of the fingers (fuzziness). The latter
need ELASTICSEARCH_URL. The figures are those of search/evaluation.py; docs/search.md keeps them.
"""

import argparse
import csv
import json
import os
import tempfile
import urllib.request
import uuid
from collections.abc import Callable
from pathlib import Path

from bench.preparing import install
from bench.servers import OSCAR, ROOT, make_shops
from search.engines.embedded import EmbeddedEngine
from search.evaluation import Judged, Report, evaluate, measure, read_catalogue, read_queries

EVAL = ROOT / "tests" / "search" / "eval"
FIRST = 10
FOLDING = {
    "analyzer": {"default": {"type": "custom", "tokenizer": "standard", "filter": ["lowercase", "asciifolding"]}}
}
# name: (analysis of the index, what is added to the query)
PLAIN = {
    "Elasticsearch multi_match": ({}, {}),
    "… asciifolding": (FOLDING, {}),
    "… fuzziness AUTO": ({}, {"fuzziness": "AUTO"}),
    "… asciifolding, fuzziness AUTO": (FOLDING, {"fuzziness": "AUTO"}),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.others", description="Others' searches, judged as ours.")
    parser.add_argument("catalogue", type=Path, nargs="?", default=EVAL / "catalogue.csv")
    parser.add_argument("queries", type=Path, nargs="?", default=EVAL / "queries.tsv")
    asked = parser.parse_args()
    with open(asked.catalogue, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    queries = read_queries(asked.queries)
    found = {"ours (embedded)": _ours(asked.catalogue, queries)}
    with tempfile.TemporaryDirectory() as work:
        found["stock Oscar (Whoosh)"] = _judge(_oscar(Path(work), rows, queries), rows, queries)
    if url := os.environ.get("ELASTICSEARCH_URL", "").rstrip("/"):
        for name, (analysis, added) in PLAIN.items():
            found[name] = _judge(_elasticsearch(url, rows, queries, analysis, added), rows, queries)
    for line in table(found):
        print(line)


def table(found: dict[str, Report]) -> list[str]:
    """Markdown: what is asked for of a search, then its nDCG@10 by kind of query."""
    kinds = sorted(name for name in next(iter(found.values())).figures if name.startswith("kind/"))
    measures = ("success@5", "ndcg@10", "cross")
    head = ["", "success@5", "nDCG@10", "cross", *(kind.removeprefix("kind/") for kind in kinds)]
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for name, report in found.items():
        figures = [report.figures["all"][one] for one in measures]
        figures += [report.figures[kind]["ndcg@10"] for kind in kinds]
        lines.append(f"| {name} | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |")
    return lines


def _judge(answers: list[list[str]], rows: list[dict], queries: list[Judged]) -> Report:
    """answers: UPCs for each query, in the order of the queries."""
    given = iter(answers)
    ask: Callable[[Judged], list[str]] = lambda _: next(given)  # noqa: E731
    return measure(ask, {row["upc"]: row["language"] for row in rows}, queries)


def _ours(catalogue: Path, queries: list[Judged]) -> Report:
    listings = read_catalogue(catalogue)
    with tempfile.TemporaryDirectory() as folder:
        engine = EmbeddedEngine(Path(folder) / "index.sqlite3")
        engine.rebuild(listings)
        return evaluate(engine, listings, queries)


def _oscar(work: Path, rows: list[dict], queries: list[Judged]) -> list[list[str]]:
    shop = make_shops(work, "sqlite")[OSCAR]
    install(work / "packages")
    catalogue, texts, found = work / "catalogue.json", work / "texts.json", work / "found.json"
    catalogue.write_text(json.dumps({"crafts": [], "products": [_product(*item) for item in enumerate(rows, 1)]}))
    texts.write_text(json.dumps([judged.text for judged in queries]))
    shop.run("-m", "django", "migrate", "--verbosity", "0")
    shop.run("-m", "bench.stock.fill", str(catalogue), str(work / "addresses.json"))
    shop.run("-m", "bench.stock.ask", str(texts), str(found))
    return json.loads(found.read_text())


def _product(number: int, row: dict) -> dict:
    """As bench/export.py writes one."""
    taken = {name: row[name] for name in ("upc", "title", "description", "price", "currency")}
    stock = int(row["num_in_stock"])
    return {**taken, "id": number, "slug": str(number), "maker": row["artisan"], "stock": stock, "picture": "",
            "craft": ""}  # fmt: skip


def _elasticsearch(url: str, rows: list[dict], queries: list[Judged], analysis: dict, added: dict) -> list[list[str]]:
    index = f"{url}/others-{uuid.uuid4().hex[:12]}"
    _send("PUT", index, {"settings": {"number_of_replicas": 0, "analysis": analysis}})
    try:
        lines = [line for row in rows for line in ({"index": {"_id": row["upc"]}}, _page(row))]
        _send("POST", f"{index}/_bulk?refresh=true", *lines)
        return [_upcs(index, judged.text, added) for judged in queries]
    finally:
        _send("DELETE", index)


def _page(row: dict) -> dict:
    return {"title": row["title"], "story": row["description"]}


def _upcs(index: str, text: str, added: dict) -> list[str]:
    query = {"multi_match": {"query": text, "fields": ["title", "story"], **added}}
    hits = _send("POST", f"{index}/_search", {"query": query, "size": FIRST})["hits"]["hits"]
    return [hit["_id"] for hit in hits]


def _send(method: str, address: str, *lines: dict) -> dict:
    """A JSON request, of several lines for a bulk. HTTPError when it is refused."""
    body = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n" if lines else ""
    kind = "application/x-ndjson" if address.partition("?")[0].endswith("_bulk") else "application/json"
    request = urllib.request.Request(address, body.encode(), {"Content-Type": kind}, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


if __name__ == "__main__":
    main()
