"""The search engine for one machine: postings in SQLite, facets in memory (docs/decisions/0003-embedded-search.md)."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from search.completion import MOST, complete, listing_suggestion, maker_suggestions, prefix_tokens
from search.engines import bits
from search.engines.base import (
    FACETS,
    Document,
    EngineError,
    Hit,
    Progress,
    SearchQuery,
    SearchResult,
    Suggestion,
)
from search.engines.ranking import SHIPS, WINDOW, Candidate, spread_makers
from search.engines.snapshot import Snapshot
from search.engines.store import Store, chunks
from search.plans import ENOUGH, Group, Option, Plan, Step
from search.query import maker_key, similar
from search.query import plan as read_query
from search.spelling import Vocabulary
from search.thesaurus import get_thesaurus

POSTINGS, ANSWERS, DOCUMENTS = 4000, 500, 5000  # how many of each a process keeps


@dataclass(frozen=True)
class _Answer:
    """What answers a text, before the shopper's selections: disjoint sets with their score, best first."""

    levels: tuple[tuple[float, int], ...]
    step: Step | None
    plan: Plan


class EmbeddedEngine:
    """One instance serves all threads of a process; other processes use the same file at the same time."""

    name = "embedded"

    def __init__(self, path: str | Path):
        self._path = path
        self._store = Store(path)
        self._lock = threading.RLock()
        self._connection: Any = None
        self._table = self._epoch = ""
        self._snapshot = Snapshot([])
        self._kept: dict[str, OrderedDict[Any, Any]] = {}

    # -- writing ----

    def index(self, documents: Iterable[Document]) -> int:
        with self._writer() as store:
            return store.write(documents)

    def update(self, documents: Iterable[Document]) -> int:
        with self._writer() as store:
            return store.update(documents)

    def delete(self, ids: Iterable[int], read_at: int = 0) -> None:
        with self._writer() as store:
            store.delete(ids, read_at or time.time_ns())

    def rebuild(self, documents: Iterable[Document], progress: Progress | None = None) -> int:
        done = 0
        with self._writer() as store:
            number = store.start_rebuild()
            for chunk in chunks(documents):
                store.fill(number, chunk)
                done += len(chunk)
                if progress:
                    progress(done)
            store.finish_rebuild(number)
        return done

    @contextmanager
    def _writer(self) -> Iterator[Store]:
        """A connection of its own, so that this process goes on answering while it writes."""
        store = Store(self._path)
        try:
            yield store
        finally:
            store.close()

    # -- reading ----

    def search(self, query: SearchQuery) -> SearchResult:
        with self._current() as snapshot:
            answer = self._answer(query)
            chosen = snapshot.selections(query)
            limits = answer.plan.filters
            text = snapshot.alive
            if answer.step is not None or answer.plan.nothing:
                text = _union(members for _, members in answer.levels)
            if limits.least_usd is not None or limits.most_usd is not None:
                text &= snapshot.priced(limits.least_usd, limits.most_usd)
            text &= ~snapshot.slots(id for id in (query.exclude, query.similar_to) if id is not None)
            members = _cut(text, chosen.values())
            page = self._page(query, answer, members)
            return SearchResult(
                total=members.bit_count(),
                hits=self._hits(page, answer.step),
                facets=self._facets(text, chosen, members) if query.facets else {},
                suggestion=answer.step.suggestion if answer.step and answer.levels else None,
                engine=self.name,
                chips=answer.plan.chips,
                step=answer.step,
            )

    def suggest(self, text: str, language: str, limit: int = 8) -> list[Suggestion]:
        with self._current() as snapshot:
            crafts = {craft for craft, members in snapshot.sets["craft"].items() if members}
            countries = {country for country, members in snapshot.sets["country"].items() if members}
            found = complete(text, language, crafts, countries)
            found += maker_suggestions(text, snapshot.maker_names())
            found += self._listings(snapshot, text, language)
            return found[:limit]

    def count(self) -> int:
        with self._current() as snapshot:
            return snapshot.alive.bit_count()

    def ids(self) -> set[int]:
        with self._current() as snapshot:
            return {snapshot.ids[slot] for slot in bits.numbers(snapshot.alive)}

    def get(self, ids: Iterable[int]) -> list[Document]:
        with self._current():
            return self._bodies(list(ids))

    def ping(self) -> bool:
        try:
            with self._current():
                return True
        except EngineError:
            return False

    def generation(self) -> str:
        with self._current() as snapshot:
            return f"{self._epoch}-{snapshot.serial}"

    def close(self) -> None:
        with self._lock:
            self._store.close()

    # -- inside: all below runs within _current ----

    @contextmanager
    def _current(self) -> Iterator[Snapshot]:
        """The memory brought up to date, within one consistent view of the file."""
        with self._lock, self._store.reading() as connection:
            meta = self._store.meta(connection)
            self._connection = connection
            if (meta["epoch"], meta["active"]) != (self._epoch, self._table):
                self._epoch, self._table = meta["epoch"], meta["active"]
                self._snapshot = Snapshot(self._store.rows(connection, self._table, -1))
                self._kept.clear()
            elif int(meta["serial"]) != self._snapshot.serial:
                self._snapshot.refresh(self._store.rows(connection, self._table, self._snapshot.serial))
                self._kept.clear()
            self._snapshot.serial = int(meta["serial"])
            yield self._snapshot

    def _keep(self, kind: str, most: int, key: Any, make: Callable[[], Any]) -> Any:
        """What `make` gives, kept until the content changes or `most` others are younger."""
        kept = self._kept.setdefault(kind, OrderedDict())
        if key in kept:
            kept.move_to_end(key)
            return kept[key]
        value = kept[key] = make()
        if len(kept) > most:
            kept.popitem(last=False)
        return value

    def _answer(self, query: SearchQuery) -> _Answer:
        said = (query.text, query.language, query.ignored, query.rates, query.currency, query.similar_to)
        key = (get_thesaurus(), *said)  # read anew when editors changed the vocabulary
        return self._keep("answers", ANSWERS, key, lambda: self._find_answer(query))

    def _find_answer(self, query: SearchQuery) -> _Answer:
        if query.similar_to is not None:
            plan = similar(self._store.tokens(self._connection, self._table, query.similar_to))
        else:
            plan = read_query(query, makers=self._maker_keys())
        best, most = _Answer((), None, plan), 0
        for step in plan.steps:
            best = best if best.step else _Answer((), step, plan)
            if step.otherwise and most:
                continue
            levels = self._run(step)
            found = _union(members for _, members in levels).bit_count()
            if found > most:
                best, most = _Answer(levels, step, plan), found
            if most >= ENOUGH:
                break
        return best

    def _maker_keys(self) -> dict[str, str]:
        """Slug by the name as a query says it."""
        make = lambda: {maker_key(name): slug for slug, name in self._snapshot.maker_names().items()}  # noqa: E731
        return self._snapshot.once("maker keys", make)

    def _run(self, step: Step) -> tuple[tuple[float, int], ...]:
        """Disjoint sets of listings with their score, best first. Scores are counted in twentieths, whole numbers."""
        groups = [(group, self._group_levels(group)) for group in step.groups]
        unions = [_union(members for _, members in levels) for _, levels in groups]
        needed = [union for (group, _), union in zip(groups, unions, strict=True) if group.required]
        if step.any_group:
            start = _union(needed)
        else:
            start = _cut(self._snapshot.alive, needed)
        scored = {0: start} if start else {}
        for (_, levels), union in zip(groups, unions, strict=True):
            scored = _combine(scored, levels, union)
        return tuple((score / 20, members) for score, members in sorted(scored.items(), reverse=True) if members)

    def _group_levels(self, group: Group) -> list[tuple[int, int]]:
        levels: dict[int, int] = {}
        seen = 0
        for option in group.options:
            new = self._option(option) & ~seen & self._snapshot.alive
            if new:
                seen |= new
                weight = round(option.weight * 20)
                levels[weight] = levels.get(weight, 0) | new
        return list(levels.items())

    def _option(self, option: Option) -> int:
        if option.edits:
            kind, _, word = option.tokens[0].partition(":")
            return _union(self._posting(f"{kind}:{near}") for near, _ in self._words().near(word, option.edits))
        found = -1
        for token in option.tokens:
            found &= self._posting(token)
            if not found:
                return 0
        return found

    def _posting(self, token: str) -> int:
        return self._keep("postings", POSTINGS, token, lambda: self._read_posting(token))

    def _read_posting(self, token: str) -> int:
        return self._snapshot.slots(self._store.matching(self._connection, self._table, token))

    def _words(self) -> Vocabulary:
        """The folded words of all titles, for slips of the fingers."""
        make = lambda: Vocabulary(self._store.terms(self._connection, self._table, "f"))  # noqa: E731
        return self._keep("words", 1, "f", make)

    def _page(self, query: SearchQuery, answer: _Answer, members: int) -> list[tuple[int, float]]:
        """(slot, score) of the hits of the page asked for."""
        start = (query.page - 1) * query.page_size
        end = start + query.page_size
        if start >= members.bit_count():
            return []
        snapshot = self._snapshot
        if query.sort != "relevance":
            slots = bits.first_in_order(members, *snapshot.order(query.sort), end)[start:]
            return [(slot, 0.0) for slot in slots]
        key = (answer.levels, members, query.ship_to) if answer.levels else (members, query.ship_to)
        if end <= WINDOW:
            make = lambda: self._ranked(answer, members, query.ship_to, WINDOW)  # noqa: E731
            return self._keep("pages", ANSWERS, key, make)[start:end]
        return self._ranked(answer, members, query.ship_to, end)[start:]

    def _ranked(self, answer: _Answer, members: int, ship_to: str, limit: int) -> list[tuple[int, float]]:
        snapshot, shipped = self._snapshot, self._snapshot.shipped_to(ship_to)
        found: list[tuple[int, float]] = []
        for score, level in answer.levels or ((0.0, members),):
            for part, bonus in ((level & shipped, SHIPS), (level & ~shipped, 0.0)):
                if len(found) >= limit:
                    break
                slots = bits.first_in_order(part & members, *snapshot.order("relevance"), limit - len(found))
                found += [(slot, score + bonus) for slot in slots]
            if len(found) >= limit:
                break
        candidates = []
        for slot, score in found[:WINDOW]:
            row = snapshot.rows[slot]
            candidates.append(Candidate(snapshot.ids[slot], score, row["standing"], row["maker"]))
        first = [(snapshot.slot_of[one.id], one.score) for one in spread_makers(candidates)]
        return first + found[WINDOW:]

    def _hits(self, page: list[tuple[int, float]], step: Step | None) -> list[Hit]:
        ids = [self._snapshot.ids[slot] for slot, _ in page]
        found = {document.id: document for document in self._bodies(ids)}
        return [
            Hit(found[id], score, self._why(slot, step))
            for id, (slot, score) in zip(ids, page, strict=True)
            if id in found
        ]

    def _why(self, slot: int, step: Step | None) -> tuple[str, ...]:
        """For each thing said, the best token by which this listing answers it."""
        reasons = []
        for group in step.groups if step else ():
            for option in group.options:
                if self._option(option) >> slot & 1:
                    reasons.append(f"{group.label} ({' + '.join(option.tokens)}: {option.weight:.2f})")
                    break
        return tuple(reasons)

    def _facets(self, text: int, chosen: dict[str, int], members: int) -> dict[str, dict[str, float]]:
        """Counts of each facet's values; a facet's own selection is left aside for its own counts."""
        found = {}
        for name in (*FACETS, "price"):
            others = members
            if name in chosen:
                others = _cut(text, (one for facet, one in chosen.items() if facet != name))
            count = partial(self._snapshot.counts, name, others)
            found[name] = self._keep("facets", ANSWERS * 6, (name, others), count)
        return found

    def _bodies(self, ids: list[int]) -> list[Document]:
        kept = self._kept.setdefault("documents", OrderedDict())
        missing = [id for id in ids if id not in kept]
        if missing:
            kept.update(self._store.bodies(self._connection, self._table, missing))
        found = [kept[id] for id in ids if id in kept]
        while len(kept) > DOCUMENTS:
            kept.popitem(last=False)
        return found

    def _listings(self, snapshot: Snapshot, text: str, language: str) -> list[Suggestion]:
        """Listings with a title word that begins like the last word typed, and with all the words before it."""
        whole, beginning = prefix_tokens(text)
        if not beginning:
            return []
        found = snapshot.slots(self._store.matching(self._connection, self._table, beginning, prefix=True))
        found = _cut(found & snapshot.alive, (self._posting(token) for token in whole))
        slots = bits.first_in_order(found, *snapshot.order("relevance"), MOST["listing"])
        documents = self._bodies([snapshot.ids[slot] for slot in slots])
        return [listing_suggestion(document, language) for document in documents]


def _union(sets: Iterable[int]) -> int:
    found = 0
    for one in sets:
        found |= one
    return found


def _cut(start: int, sets: Iterable[int]) -> int:
    for one in sets:
        start &= one
    return start


def _combine(scored: dict[int, int], levels: list[tuple[int, int]], union: int) -> dict[int, int]:
    """The sets of `scored`, parted by how well one group more is answered (not at all: the score stays)."""
    found: dict[int, int] = {}
    for score, members in scored.items():
        rest = members & ~union
        if rest:
            found[score] = found.get(score, 0) | rest
        for weight, answering in levels:
            both = members & answering
            if both:
                found[score + weight] = found.get(score + weight, 0) | both
    return found
