"""How long the search engine alone takes. Runs inside our shop: `python -m bench.engine_time TEXTS SECONDS`.

TEXTS is a JSON list of what is typed; SECONDS becomes the list of seconds, each text asked once. It is asked as the
search page asks, facets and all. The first WARM_UP texts load the index and are left out.
"""

import json
import sys
import time
from pathlib import Path

import django

WARM_UP = 24


def main(source: Path, target: Path) -> None:
    django.setup()
    from search import engines
    from search.forms import ListAddress
    from shop.currency.rates import current_rates

    rates = current_rates()
    queries = [ListAddress(text=text).query("en", "USD", rates) for text in json.loads(source.read_text())]
    seconds = [_seconds(engines.search, query) for query in queries]
    target.write_text(json.dumps(seconds[WARM_UP:]))


def _seconds(search, query) -> float:
    started = time.perf_counter()
    result = search(query)
    seconds = time.perf_counter() - started
    if result.degraded:
        raise RuntimeError("The search engine did not answer.")
    return seconds


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
