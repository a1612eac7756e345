"""Index and database compared: what is missing, left over or out of date, and put right. Each night, by the tick."""

import time
from dataclasses import dataclass, field

from django.utils import timezone

from search import engines
from search.documents import FRESH
from search.engines.base import Document, Engine, EngineError
from search.engines.store import chunks
from search.indexing import rebuild
from search.on_sale import database_time, documents
from shop.outbox.services import enqueue, handles
from shop.outbox.ticking import each_minute

NIGHT = 3  # the hour after which the night's comparison is made
AGEING = FRESH + 2 * 86_400  # seconds after which a listing's standing no longer falls each day
LOST_WAIT = 600  # seconds after which a lost index is built once more


@dataclass
class Differences:
    """Ids of listings: on sale but not in the index; in the index but not on sale; in it, but not as they are now.
    compared: how many were looked at."""

    missing: set[int] = field(default_factory=set)
    extra: set[int] = field(default_factory=set)
    stale: set[int] = field(default_factory=set)
    compared: int = 0

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra or self.stale)


def compare(engine: Engine, repair: bool = False) -> Differences:
    """What differs between this index and the database; with `repair` it is put right, and the standing of young
    listings, which falls each day, is written anew. Changes meanwhile are safe: a later state is never overwritten.
    EngineError when the engine is away."""
    found, indexed, read_at = Differences(), engine.ids(), database_time()
    on_sale: set[int] = set()
    for chunk in chunks(documents()):
        on_sale |= {document.id for document in chunk}
        _compare(engine, chunk, found, repair)
    found.compared = len(on_sale | indexed)
    found.extra = indexed - on_sale
    if repair and found.extra:
        engine.delete(found.extra, read_at)
    return found


def _compare(engine: Engine, chunk: list[Document], found: Differences, repair: bool) -> None:
    there = {document.id: document for document in engine.get(document.id for document in chunk)}
    wrong = [document for document in chunk if there.get(document.id) != document]
    found.missing |= {document.id for document in wrong if document.id not in there}
    found.stale |= {document.id for document in wrong if document.id in there}
    if repair:
        young = [one for one in chunk if one not in wrong and time.time() - one.created < AGEING]
        if wrong:
            engine.index(wrong)
        if young:
            engine.update(young)


@each_minute("indexes compared", can_wait=True)
def compare_tonight() -> int:
    """Asks for the comparison once a night; the outbox makes and retries it."""
    now = timezone.localtime()
    if now.hour >= NIGHT:
        enqueue("compare-index", {}, key=now.date().isoformat())
    return 0


@handles("compare-index")
def handle_comparison(payload: dict) -> None:
    for engine in engines.engines():
        compare(engine, repair=True)


@each_minute("lost indexes rebuilt", can_wait=True)
def rebuild_lost() -> int:
    """Builds an index anew that is empty or gone while there is something on sale. Returns how many are asked for."""
    lost = [engine.name for engine in engines.engines() if _is_empty(engine)]
    if not lost or next(iter(documents()), None) is None:
        return 0
    for name in lost:
        enqueue("rebuild-index", {"engine": name}, key=f"{name}-{int(time.time()) // LOST_WAIT}")
    return len(lost)


@handles("rebuild-index")
def handle_rebuild(payload: dict) -> None:
    rebuild([payload["engine"]])


def _is_empty(engine: Engine) -> bool:
    """Whether it answers and holds nothing. One that is away is not lost."""
    try:
        return engine.count() == 0
    except EngineError:
        return False
