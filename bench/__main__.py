"""`make bench`, or `.venv/bin/python -m bench [--quick] [--products N]`: see docs/performance.md."""

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from bench import measure, report
from bench.engine_time import WARM_UP
from bench.figures import median
from bench.pages import CHECKOUT, PAGES, SEARCH, Visit, visits
from bench.preparing import prepare
from bench.servers import KARVAN, OSCAR, ROOT, SPELLING, Shop, make_shops

LATEST = ROOT / "var" / "bench" / "latest.json"
SQL_VISITS = 6


def main() -> None:
    asked = _arguments()
    # Told to end, it still stops the servers that it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Told to end."))
    database = os.environ.get("DATABASE_URL", "sqlite")
    kind = "postgresql" if database.startswith("postgres") else "sqlite"
    work = asked.work / f"{kind}-{asked.products}"
    shops = make_shops(work, database)
    catalogue, addresses = prepare(shops, work, asked.products, say)
    found = {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
        "command": " ".join(["python -m bench", *sys.argv[1:]]),
        "machine": _machine(),
        "database": kind,
        "products": len(catalogue["products"]),
    }
    rotating = visits(catalogue, addresses)
    say("SQL queries of each page …")
    found["sql"] = _sql(shops, work, rotating)
    try:
        found |= _measured(shops, rotating, asked)
    finally:
        for shop in shops.values():
            shop.stop()
    say("The search engine alone …")
    texts, searches = found.pop("texts"), found.pop("searches")
    found["start"] = {name: round(median(shop.starts), 1) for name, shop in shops.items() if shop.starts}
    found["engine"] = report.engine_figures(_engine(shops[KARVAN], work, texts), searches)
    found["aims"] = report.aims(found["warm"]["1 client"], found["engine"])
    LATEST.parent.mkdir(parents=True, exist_ok=True)
    LATEST.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
    _print(found)


def say(text: str) -> None:
    print(text, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Our shop next to a stock django-oscar.")
    parser.add_argument("--products", type=int, default=10_000, help="made-up listings in both shops")
    parser.add_argument("--quick", action="store_true", help="fewer visits: a first look, no figures to keep")
    parser.add_argument("--work", type=Path, default=ROOT / "var" / "bench", help="folder for databases and pictures")
    return parser.parse_args()


def _measured(shops: dict[str, Shop], rotating: dict[str, Iterator[Visit]], asked: argparse.Namespace) -> dict:
    """{"cold": {page: figures}, "first sight": {page: figures}, "warm": {"1 client": …, "4 clients": …}, "texts": for
    the engine alone: some to warm it up, then what one client searched for; "searches": the seconds that took us}."""
    count, restarts = (12, 1) if asked.quick else (48, 3)
    found: dict = {"cold": {}, "first sight": {}, "warm": {"1 client": {}, "4 clients": {}}}
    for page in PAGES:
        say(f"Cold: {page} …")
        found["cold"][page] = report.figures_of(measure.cold(shops, page, rotating[page], restarts))
    shops[SPELLING].start()
    for page in PAGES:
        say(f"Warm: {page} …")
        # First so many visits that every worker has seen the page, with four clients and, once with spelling, one.
        measure.warm(shops, page, list(islice(rotating[page], 24)), 4)
        measure.warm(shops, page, list(islice(rotating[page], 1)), 1)
        rounds = 1 if page == CHECKOUT else 2
        alone = list(islice(rotating[page], count))
        first, again = (measured := measure.warm(shops, page, alone, 1, rounds))[0], measured[-1]
        found["first sight"][page] = report.figures_of(first)
        found["warm"]["1 client"][page] = report.figures_of(again)
        four = measure.warm(shops, page, list(islice(rotating[page], count)), 4, rounds)[-1]
        found["warm"]["4 clients"][page] = report.figures_of(four)
        if page == SEARCH:
            others = list(islice(rotating[page], WARM_UP))
            found["texts"] = [parse_qs(urlsplit(visit[KARVAN]).query)["q"][0] for visit in (*others, *alone)]
            found["searches"] = list(first.seconds[KARVAN].values())
    return found


def _sql(shops: dict[str, Shop], work: Path, rotating: dict[str, Iterator[Visit]]) -> dict:
    """{page: {shop: {"least", "most"}}}."""
    found: dict[str, dict] = {page: {} for page in PAGES}
    chosen = {page: list(islice(rotating[page], SQL_VISITS)) for page in PAGES}
    source, target = work / "visits.json", work / "queries.json"
    for name in (KARVAN, OSCAR):
        source.write_text(json.dumps({page: [visit[name] for visit in several] for page, several in chosen.items()}))
        shops[name].run("-m", "bench.queries", name, str(source), str(target))
        for page, counts in json.loads(target.read_text()).items():
            found[page][name] = {"least": min(counts), "most": max(counts)}
    return found


def _engine(shop: Shop, work: Path, texts: list[str]) -> list[float]:
    source, target = work / "texts.json", work / "seconds.json"
    source.write_text(json.dumps(texts, ensure_ascii=False))
    shop.run("-m", "bench.engine_time", str(source), str(target))
    return json.loads(target.read_text())


def _commit() -> str:
    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True).stdout.strip()

    return git("rev-parse", "--short", "HEAD") + (" with changes" if git("status", "--porcelain", "-uno") else "")


def _machine() -> dict:
    model = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        platform.processor(),
    ) if Path("/proc/cpuinfo").exists() else platform.processor()  # fmt: skip
    return {
        "processor": model,
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": platform.system(),
        "load": [round(load, 1) for load in os.getloadavg()],
    }


def _print(found: dict) -> None:
    machine = found["machine"]
    say(f"\n{found['products']} products, {found['database']}, commit {found['commit']}, "
        f"{machine['cores']} cores, load {machine['load'][0]}")  # fmt: skip
    say(f"\nCold: the first request after a start\n{report.table(found['cold'])}")
    say(f"\nWarm, pages not seen before, 1 client\n{report.table(found['first sight'])}")
    for name, pages in found["warm"].items():
        say(f"\nWarm, pages seen before, {name}\n{report.table(pages)}")
    say("\nSeconds until all workers were ready (median): " + report.listed(found["start"]))
    say("\nSQL queries (least–most)")
    for page, shops in found["sql"].items():
        say(f"{page:9} " + "   ".join(f"{name} {span['least']}–{span['most']}" for name, span in shops.items()))
    say(f"\nSearch: {report.listed(found['engine'])}")
    for aim in found["aims"]:
        say(f"{'met ' if aim['met'] else 'OPEN'}  {aim['aim']}: {aim['figure']}")
    say(f"\nFor docs/performance.md:\n\n{report.markdown(found)}")
    say(f"\nWritten to {LATEST.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
