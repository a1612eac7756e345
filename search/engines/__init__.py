"""Which engine answers. Views call `search` and `suggest`, which never raise for an engine's sake; indexing calls
`index`, `delete` and `rebuild`, which write to every engine in use, so that the embedded one can step in."""

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from typing import TypeVar

from django.conf import settings

from search.engines.base import Document, Engine, EngineAway, EngineError, SearchQuery, SearchResult, Suggestion

log = logging.getLogger(__name__)
REST_SECONDS = 20  # how long an engine that failed is left alone
_T = TypeVar("_T")
_resting_until: dict[str, float] = {}


# Engines are imported where they are made: they import what reads documents, which imports search.engines.base.
@cache
def _embedded(path: str) -> Engine:
    from search.engines.embedded import EmbeddedEngine

    return EmbeddedEngine(path)


@cache
def _elasticsearch(url: str, index: str) -> Engine:
    from search.engines.elasticsearch import ElasticsearchEngine

    return ElasticsearchEngine(url, index)


def embedded_engine() -> Engine:
    return _embedded(str(settings.SEARCH_INDEX))


def get_engine() -> Engine:
    """Elasticsearch when ELASTICSEARCH_URL is set, else the embedded engine. One instance for each address."""
    url = getattr(settings, "ELASTICSEARCH_URL", "")
    if url:
        return _elasticsearch(url, getattr(settings, "ELASTICSEARCH_INDEX", "karvan-listings"))
    return embedded_engine()


def engines() -> list[Engine]:
    """The chosen engine first, then the one that steps in for it."""
    chosen, spare = get_engine(), embedded_engine()
    return [chosen] if chosen is spare else [chosen, spare]


def search(query: SearchQuery) -> SearchResult:
    """The answer of the chosen engine; of the embedded one, marked degraded, when the chosen one is away; an empty one,
    marked degraded, when none answers."""
    found, degraded = _first_answer(lambda engine: engine.search(query))
    if found is None:
        return SearchResult(total=0, hits=[], engine="none", degraded=True)
    return replace(found, degraded=True) if degraded else found


def suggest(text: str, language: str, limit: int = 8) -> list[Suggestion]:
    """Suggestions of the first engine that answers; none when none does."""
    found, _ = _first_answer(lambda engine: engine.suggest(text, language, limit))
    return found or []


def warm() -> None:
    """Loads vocabulary and index into this process, so that no shopper waits for it. For a server's start."""
    search(SearchQuery())
    search(SearchQuery(text="suzani"))
    search(SearchQuery(text="suzxani"))  # a slip, for the words that are corrected to


def index(documents: Iterable[Document]) -> None:
    """Adds or replaces in every engine. EngineError when one fails, after the others were written: try again later.
    One that was away a moment ago is not asked."""
    documents = list(documents)
    _write(lambda engine: engine.index(documents))


def update(documents: Iterable[Document]) -> None:
    """As index, where only price, stock and standing changed."""
    documents = list(documents)
    _write(lambda engine: engine.update(documents))


def delete(ids: Iterable[int], read_at: int = 0) -> None:
    ids = list(ids)
    _write(lambda engine: engine.delete(ids, read_at))


def _write(work: Callable[[Engine], object]) -> None:
    failed = None
    for engine in engines():
        try:
            if _rests(engine):
                raise EngineAway(f"{engine.name} did not answer a moment ago.")
            work(engine)
        except EngineError as error:
            log.warning("The %s index was not written: %s", engine.name, error)
            failed = error
            if isinstance(error, EngineAway) and not _rests(engine):
                _let_rest(engine)
    if failed:
        raise failed


def _first_answer(ask: Callable[[Engine], _T]) -> tuple[_T | None, bool]:
    """The first engine's answer, and whether it is not the chosen one's. One that failed rests a while, so that its
    absence costs shoppers one timeout, not one each."""
    for place, engine in enumerate(engines()):
        if _rests(engine):
            continue
        try:
            return ask(engine), place > 0
        except EngineError as error:
            log.warning("The %s search engine does not answer: %s", engine.name, error)
            if place + 1 < len(engines()):
                _let_rest(engine)
    return None, True


def _rests(engine: Engine) -> bool:
    return _resting_until.get(engine.name, 0.0) > time.monotonic()


def _let_rest(engine: Engine) -> None:
    _resting_until[engine.name] = time.monotonic() + REST_SECONDS
