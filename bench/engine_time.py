"""How long the search engine alone takes. Runs inside our shop: `python -m bench.engine_time TEXTS SECONDS [suggest]`.

TEXTS is a JSON list of what is typed; SECONDS becomes the list of seconds, each text asked once. It is asked as the
search page asks, facets and all; with `suggest`, for what may be meant by a text that is being typed. The first WARM_UP
texts load the index and are left out.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django

WARM_UP = 24


def main(source: Path, target: Path, suggest: bool = False) -> None:
    django.setup()
    from search.engines import get_engine
    from search.forms import ListAddress
    from shop.currency.rates import current_rates

    engine, texts, rates = get_engine(), json.loads(source.read_text()), current_rates()
    if suggest:
        seconds = [_seconds(engine.suggest, text, "en") for text in texts]
    else:
        seconds = [_seconds(engine.search, ListAddress(text=text).query("en", "USD", rates)) for text in texts]
    target.write_text(json.dumps(seconds[WARM_UP:]))


def _seconds(ask: Callable, *asked) -> float:
    """EngineError when it does not answer."""
    started = time.perf_counter()
    ask(*asked)
    return time.perf_counter() - started


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:] == ["suggest"])
