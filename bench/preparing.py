"""Both shops made ready: packages, databases, the same catalogue, indexes. What is there already is kept."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from bench.servers import KARVAN, OSCAR, ROOT, Shop

REQUIREMENTS = ROOT / "bench" / "requirements.txt"


def prepare(shops: dict[str, Shop], work: Path, products: int, say: Callable[[str], None]) -> tuple[dict, dict]:
    """Returns the catalogue (bench/export.py) and Oscar's addresses (bench/stock/fill.py)."""
    ours, theirs = shops[KARVAN], shops[OSCAR]
    catalogue, addresses = work / "catalogue.json", theirs.work / "addresses.json"
    install(work / "packages")
    say("Our shop: database, catalogue, index …")
    ours.run("manage.py", "migrate", "--verbosity", "0")
    ours.run("manage.py", "seed_demo", "--products", str(products))
    ours.run("manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    ours.run("-m", "bench.export", str(catalogue))
    say("The stock Oscar: database, the same catalogue, its index (minutes, the first time) …")
    theirs.run("-m", "django", "migrate", "--verbosity", "0")
    theirs.run("-m", "bench.stock.fill", str(catalogue), str(addresses))
    return json.loads(catalogue.read_text()), json.loads(addresses.read_text())


def install(packages: Path) -> None:
    """What only the stock shop needs, beside our environment and not in it."""
    mark = packages / REQUIREMENTS.name
    if mark.exists() and mark.read_text() == REQUIREMENTS.read_text():
        return
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps",
               "--require-hashes", "--upgrade", "--target", str(packages), "-r", str(REQUIREMENTS)]  # fmt: skip
    subprocess.run(command, check=True)
    mark.write_text(REQUIREMENTS.read_text())
