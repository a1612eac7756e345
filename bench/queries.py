"""SQL queries of each page. Runs inside either shop: `python -m bench.queries SHOP VISITS COUNTS`.

VISITS is {page: [what to ask for, as bench/pages.py says it]}; COUNTS becomes {page: [queries]}, without the first
visit, which fills what a process keeps (content types, sites, thumbnails). A checkout is all its steps, from "add"
to its end. SHOP is the shop's name.
"""

import json
import sys
from functools import partial
from pathlib import Path

import django

from bench.browser import InProcess
from bench.checkouts import buy_here, buy_there
from bench.pages import CHECKOUT
from bench.servers import KARVAN


def main(shop: str, source: Path, target: Path) -> None:
    django.setup()
    buy = buy_here if shop == KARVAN else buy_there
    counts = {}
    for page, visits in json.loads(source.read_text()).items():
        counts[page] = [_count(partial(_visit, page=page, what=what, buy=buy)) for what in visits][1:]
    target.write_text(json.dumps(counts))


def _visit(client, page: str, what: str, buy) -> None:
    if page == CHECKOUT:
        buy(InProcess(client), int(what.split()[0]))
        return
    status = client.get(what).status_code
    if status != 200:
        raise RuntimeError(f"{what} answered {status}.")


def _count(visit) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        visit(Client(SERVER_NAME="127.0.0.1"))
    return len(captured)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
