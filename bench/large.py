"""`python -m bench.large [--products N] [--workers N]`: search over a catalogue of any size, on both engines.

The embedded engine reads from SQLite; Elasticsearch from PostgreSQL, when DATABASE_URL and ELASTICSEARCH_URL name
servers (`.ci/servers start DIR postgres elasticsearch`, then its DIR/env). For each: the made-up catalogue is seeded,
the index built while memory is looked at, then the benchmark's queries and their beginnings are asked of the engine,
facets and all, each once. A table is printed, with what docs/status.md promises. What was seeded is kept in --work.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bench.figures import median, p95
from bench.servers import KARVAN, ROOT, Shop, make_shops
from search.evaluation import read_queries

QUERIES = ROOT / "tests" / "search" / "eval" / "queries.tsv"
INDEX = "bench-large"
GLANCE = 0.25  # seconds between two looks at the memory
HEAD = ["", "listings", "reindex /s", "MB, first half", "MB, second half", "query p50", "p95", "suggest p50", "p95"]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.large", description="Search over a large catalogue.")
    parser.add_argument("--products", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=2, help="processes that read listings for the index")
    parser.add_argument("--work", type=Path, default=ROOT / "var" / "bench" / "large")
    asked = parser.parse_args()
    rows = [_measured(name, shop, asked) for name, shop in _shops(asked.work)]
    print(f"\nMilliseconds; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {asked.workers} workers\n")
    for line in (HEAD, ["---"] * len(HEAD), *rows):
        print(f"| {' | '.join(line)} |")
    print(
        "\nPromised: query p95 ≤ 50 (Elasticsearch), ≤ 80 (embedded); suggestions p95 ≤ 50; 2,000/s into Elasticsearch."
    )


def _shops(work: Path) -> Iterator[tuple[str, Shop]]:
    yield "embedded, SQLite", make_shops(work / "embedded", "sqlite")[KARVAN]
    database, url = os.environ.get("DATABASE_URL", ""), os.environ.get("ELASTICSEARCH_URL", "")
    if database.startswith("postgres") and url:
        shop = make_shops(work / "elasticsearch", database)[KARVAN]
        added = {"ELASTICSEARCH_URL": url, "ELASTICSEARCH_INDEX": INDEX}
        yield "Elasticsearch, PostgreSQL", replace(shop, env=shop.env | added)


def _measured(name: str, shop: Shop, asked: argparse.Namespace) -> list[str]:
    engine = "embedded" if name.startswith("embedded") else "elasticsearch"
    say(f"{name}: database and {asked.products} listings …")
    shop.run("manage.py", "migrate", "--verbosity", "0")
    seeding = ["seed_demo", "--products", str(asked.products), "--no-pictures", "--no-index", "--verbosity", "0"]
    subprocess.run([sys.executable, "manage.py", *seeding], cwd=ROOT, env=os.environ | shop.env, check=True,
                   stdout=subprocess.DEVNULL)  # fmt: skip
    say(f"{name}: the index …")
    built, memory = _build(shop, engine, asked.workers)
    half = len(memory) // 2
    row = [name, f"{built[0]}", f"{built[0] / built[1]:.0f}", f"{max(memory[:half]):.0f}", f"{max(memory[half:]):.0f}"]
    texts = list(dict.fromkeys(judged.text for judged in read_queries(QUERIES)))
    begun = list(dict.fromkeys(text[: 3 + number % 4] for number, text in enumerate(texts)))
    for several, more in ((texts, []), (begun, ["suggest"])):
        say(f"{name}: {len(several)} {'beginnings' if more else 'queries'} …")
        seconds = _asked(shop, several, more)
        row += [f"{1000 * median(seconds):.1f}", f"{1000 * p95(seconds):.1f}"]
    return row


def _build(shop: Shop, engine: str, workers: int) -> tuple[tuple[int, float], list[float]]:
    """How many listings in how many seconds (the command's own count, without its start), and the megabytes that all
    its processes held at each look."""
    command = [sys.executable, "manage.py", "rebuild_search", "--engine", engine, "--workers", str(workers)]
    told = shop.work / "rebuild.txt"
    with open(told, "w") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | shop.env, stdout=out)
        memory = []
        while process.poll() is None:
            memory.append(_megabytes(process.pid))
            time.sleep(GLANCE)
    if process.returncode:
        raise RuntimeError(f"The index was not built: see {told}")
    words = told.read_text().split()  # … "embedded: 5298 listings, in 3.2 s."
    return (int(words[-5]), float(words[-2])), memory


def _megabytes(pid: int) -> float:
    """What a process and its children hold, shared pages divided among them."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    try:
        own = sum(int(line.split()[1]) for line in _lines(pid) if line.startswith("Pss:")) / 1024
        return own + sum(_megabytes(int(child)) for child in children.read_text().split())
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


def _lines(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()


def _asked(shop: Shop, texts: list[str], more: list[str]) -> list[float]:
    source, target = shop.work / "texts.json", shop.work / "seconds.json"
    source.write_text(json.dumps(texts))
    shop.run("-m", "bench.engine_time", str(source), str(target), *more)
    return json.loads(target.read_text())


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    main()
