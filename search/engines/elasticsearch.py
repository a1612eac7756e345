"""The search engine for many machines: Elasticsearch 8 or 9. The only module that imports its client.

Words are folded, stemmed and tagged by our own code (search/documents.py) into one keyword field, so a stock server
needs no plugin and both engines find the same. Two aliases: the index's name answers; "<name>-building" is what a
rebuild fills. Whoever writes during a rebuild writes to both, each write with the time as its version, so that the
older state never overwrites the newer one.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError
from elasticsearch.dsl import Mapping, Q, Search
from elasticsearch.helpers import BulkIndexError, scan, streaming_bulk

from search.completion import MOST, complete, listing_suggestion, maker_suggestions, typed_words
from search.engines import elastic_queries as queries
from search.engines.base import (
    Document,
    EngineAway,
    EngineError,
    Hit,
    Progress,
    SearchQuery,
    SearchResult,
    Suggestion,
)
from search.engines.bodies import from_body, version_of
from search.engines.ranking import WINDOW, Candidate, spread_makers
from search.plans import ENOUGH, Plan, Step
from search.query import maker_key, similar
from search.query import plan as read_query

# Shoppers wait for reads, and for writes too: an order tells the index of its stock. Only a rebuild has time.
READ_SECONDS, WRITE_SECONDS, REBUILD_SECONDS = 2, 5, 60
SWAPPED = (404, 503)  # what a search is answered whose index is taken away meanwhile
MOST_VALUES = queries.MOST_VALUES
KNOWN_SECONDS = 30  # how long a process believes the same crafts, countries and makers to be on sale
CHUNK = 500
SETTINGS = {
    "number_of_replicas": 0,
    "gc_deletes": "1h",  # how long a deletion is remembered against an older write of a rebuild
}
# While nobody searches an index, and a crash would only mean to build it anew.
BUILDING = {"refresh_interval": "-1", "translog.durability": "async"}


def mapping() -> Mapping:
    """What an index holds; anything else is refused."""
    made = Mapping()
    made.meta("dynamic", "strict")
    made.field("tokens", "keyword", doc_values=False)
    made.field("typed", "text", analyzer="whitespace", index_prefixes={"min_chars": 3, "max_chars": 12}, norms=False)
    for name in ("craft", "country", "material", "maker", "maker_name", "ships"):
        made.field(name, "keyword")
    for name in ("ready", "in_stock"):
        made.field(name, "boolean")
    for name in ("id", "created", "written"):
        made.field(name, "long")
    for name in ("price", "standing"):
        made.field(name, "double")
    made.field("body", "object", enabled=False)
    return made


class ElasticsearchEngine:
    name = "elasticsearch"

    def __init__(self, url: str, index: str):
        self._alias = index
        self._building = f"{index}-building"
        self._client = Elasticsearch(url, request_timeout=READ_SECONDS, max_retries=0, retry_on_timeout=False)
        self._known: tuple[float, dict[str, set[str]], dict[str, str]] = (0.0, {}, {})
        self._writer = self._client.options(request_timeout=WRITE_SECONDS)
        self._builder = self._client.options(request_timeout=REBUILD_SECONDS, max_retries=3, retry_on_timeout=True)

    # -- writing ----

    def index(self, documents: Iterable[Document]) -> int:
        return self._change(documents, queries.replace)

    def update(self, documents: Iterable[Document]) -> int:
        return self._change(documents, queries.patch)

    def _change(self, documents: Iterable[Document], action: Callable[[str, Document, int], dict[str, Any]]) -> int:
        """What is there already is changed by `action`, what is not is written whole; a newer state stays as it is."""
        by_id = {document.id: document for document in documents}
        with _as_engine_error():
            for target in self._targets():
                changes = (action(target, one, version_of(one)) for one in by_id.values())
                missing = [int(item["_id"]) for item in self._streamed(changes) if item["status"] == 404]
                whole = ((by_id[id], version_of(by_id[id])) for id in missing)
                self._bulk(
                    queries.write(target, one.id, version, queries.source(one, version)) for one, version in whole
                )
            self._written()
        return len(by_id)

    def delete(self, ids: Iterable[int], read_at: int = 0) -> None:
        with _as_engine_error():
            targets, version = self._targets(), read_at or time.time_ns()
            self._bulk(queries.write(target, id, version, None) for id in ids for target in targets)
            self._written()

    def _written(self) -> None:
        """Seen by the next search of every process, and by this one's suggestions."""
        self._writer.indices.refresh(index=self._alias)
        self._known = (0.0, {}, {})

    def rebuild(self, documents: Iterable[Document], progress: Progress | None = None) -> int:
        with _as_engine_error():
            started = time.time_ns()
            fresh = f"{self._alias}-{started}"
            self._give_up(self._building)
            self._sweep()
            self._create(fresh, {self._building: {}}, BUILDING)
            done = 0
            made = (
                (one.id, version, queries.source(one, version))
                for one in documents
                for version in [one.read_at or started]
            )
            actions = (queries.write(fresh, *one) for one in made)
            for done, _ in enumerate(self._streamed(actions, self._builder), 1):
                if progress and done % CHUNK == 0:
                    progress(done)
            self._builder.indices.put_settings(index=fresh, settings={"index": dict.fromkeys(BUILDING)})
            self._builder.indices.refresh(index=fresh)
            self._swap(fresh)
            self._written()
        if progress:
            progress(done)
        return done

    def drop(self) -> None:
        """Removes the engine's indices."""
        with _as_engine_error():
            self._give_up(self._building)
            self._give_up(self._alias)

    def _swap(self, fresh: str) -> None:
        if fresh not in self._indices_of(self._building):
            raise EngineError("Another rebuild of the index began; this one is given up.")
        old = self._indices_of(self._alias)
        actions: list[dict[str, Any]] = [{"remove": {"index": name, "alias": self._alias}} for name in old]
        actions.append({"remove": {"index": fresh, "alias": self._building}})
        actions.append({"add": {"index": fresh, "alias": self._alias}})
        self._builder.indices.update_aliases(actions=actions)
        # Only now, when the name surely leads to the new one: a search under way on the old one is asked once more.
        for name in old:
            self._builder.indices.delete(index=name, ignore_unavailable=True)

    def _sweep(self) -> None:
        """Removes indices of ours that no name leads to: a rebuild's that died on the way."""
        for name, entry in self._writer.indices.get_alias(index=f"{self._alias}-*").items():
            if not entry["aliases"] and name.removeprefix(f"{self._alias}-").isdigit():
                self._builder.indices.delete(index=name, ignore_unavailable=True)

    def _give_up(self, alias: str) -> None:
        for name in self._indices_of(alias):
            self._builder.indices.delete(index=name)

    def _create(self, name: str, aliases: dict[str, dict], more: dict[str, str] | None = None) -> None:
        settings, mappings = {"index": SETTINGS | (more or {})}, mapping().to_dict()
        self._builder.indices.create(index=name, settings=settings, mappings=mappings, aliases=aliases)

    def _targets(self) -> list[str]:
        """Where to write: the index in use, made when there is none, and the one being built."""
        if not self._indices_of(self._alias):
            self._create(f"{self._alias}-{time.time_ns()}", {self._alias: {}})
        return [self._alias, *self._indices_of(self._building)]

    def _indices_of(self, alias: str) -> list[str]:
        try:
            return list(self._writer.indices.get_alias(name=alias))
        except NotFoundError:
            return []

    def _bulk(self, actions: Iterable[dict]) -> int:
        return sum(1 for _ in self._streamed(actions))

    def _streamed(self, actions: Iterable[dict], builder: Elasticsearch | None = None) -> Iterator[Any]:
        """Sends in chunks; the one who builds waits longer and longer while the server is busy. A conflict means that a
        newer state is there already, a missing document that it was deleted before."""
        client, tries = (builder, 5) if builder else (self._writer, 0)
        results = streaming_bulk(
            client, actions, chunk_size=CHUNK, max_retries=tries, initial_backoff=1, raise_on_error=False
        )
        for ok, item in results:
            told = next(iter(item.values()))
            if not ok and told.get("status") not in (404, 409):
                raise EngineError(f"Elasticsearch refused a document: {item}")
            yield told

    # -- reading ----

    def search(self, query: SearchQuery) -> SearchResult:
        with _as_engine_error():
            plan = self._plan(query)
            response, step = self._first_good(query, plan)
            ranked = self._page(query, response, queries.ask(query, plan.filters, step, plan.nothing))
            return SearchResult(
                total=response["hits"]["total"]["value"],
                hits=self._hits(ranked, step),
                facets=queries.facets(response) if query.facets else {},
                suggestion=step.suggestion if step and queries.text_total(response) else None,
                engine=self.name,
                chips=plan.chips,
                step=step,
            )

    def suggest(self, text: str, language: str, limit: int = 8) -> list[Suggestion]:
        with _as_engine_error():
            values, makers = self._on_sale()
            found = complete(text, language, values["craft"], values["country"])
            found += maker_suggestions(text, makers)
            found += self._listings(text, language)
            return found[:limit]

    def count(self) -> int:
        with _as_engine_error():
            return int(self._client.count(index=self._alias, ignore_unavailable=True)["count"])

    def ids(self) -> set[int]:
        with _as_engine_error():
            query = {"_source": False, "query": {"match_all": {}}}
            return {int(hit["_id"]) for hit in scan(self._writer, index=self._alias, query=query, size=5000)}

    def get(self, ids: Iterable[int]) -> list[Document]:
        with _as_engine_error():
            wanted = [str(id) for id in ids]
            if not wanted:
                return []
            found = self._client.mget(index=self._alias, ids=wanted, source_includes=["body"])["docs"]
            return [from_body(item["_source"]["body"]) for item in found if item.get("found")]

    def ping(self) -> bool:
        try:
            return bool(self._client.indices.exists_alias(name=self._alias))
        except (ApiError, TransportError):
            return False

    def generation(self) -> str:
        with _as_engine_error():
            search = self._search().extra(size=0, track_total_hits=True)
            search.aggs.metric("written", "max", field="written")
            response = self._send(search)
            index = ",".join(self._indices_of(self._alias))
            written = response["aggregations"]["written"]["value"]
            return f"{index}-{response['hits']['total']['value']}-{written}"

    # -- inside ----

    def _search(self) -> Search:
        return Search(using=self._client, index=self._alias)

    def _send(self, search: Search) -> Any:
        return self._raw(search.to_dict())

    def _raw(self, body: queries.Query) -> Any:
        """A whole query goes and comes as plain dictionaries: as objects it takes longer than to be found."""
        try:
            return self._client.search(index=self._alias, **body)
        except ApiError as error:
            if error.status_code not in SWAPPED:
                raise
            # The index was changed for a new one under this very search: the name leads to the new one now.
            return self._client.search(index=self._alias, **body)

    def _plan(self, query: SearchQuery) -> Plan:
        if query.similar_to is None:
            return read_query(query, makers={maker_key(name): slug for slug, name in self._on_sale()[1].items()})
        try:
            found = self._client.get(index=self._alias, id=str(query.similar_to), source_includes=["tokens"])
        except NotFoundError:
            return similar(())
        return similar(found["_source"]["tokens"])

    def _first_good(self, query: SearchQuery, plan: Plan) -> tuple[Any, Step | None]:
        """The answer of the first step that finds enough, else of the one that finds most."""
        best, chosen, most = None, None, 0
        for step in plan.steps:
            if step.otherwise and most:
                continue
            response = self._raw(queries.ask(query, plan.filters, step))
            found = queries.text_total(response)
            if best is None or found > most:
                best, chosen, most = response, step, found
            if most >= ENOUGH:
                break
        if best is None:
            best = self._raw(queries.ask(query, plan.filters, None, nothing=plan.nothing))
        return best, chosen

    def _page(self, query: SearchQuery, response: Any, ask: queries.Query) -> list[Candidate]:
        start, end = queries.bounds(query)
        rows = response["hits"]["hits"] if end <= queries.HOP else self._walked(ask, start, end, response)
        found = []
        for hit in rows:
            fields, score = hit["fields"], hit["_score"] or 0.0
            found.append(Candidate(int(hit["_id"]), score / queries.SCALE, fields["standing"][0], fields["maker"][0]))
        if query.sort != "relevance":
            return found
        first = (query.page - 1) * query.page_size - start
        spread = [*spread_makers(found[: WINDOW - start]), *found[WINDOW - start :]] if start < WINDOW else found
        return spread[first : first + query.page_size]

    def _walked(self, ask: queries.Query, start: int, end: int, response: Any) -> list[Any]:
        """A page that lies deeper than one request reaches: hop by hop after the last hit seen."""
        if start >= response["hits"]["total"]["value"]:
            return []
        body = {**ask, "from": 0, "track_total_hits": False}
        body = {name: value for name, value in body.items() if name not in ("aggs", "docvalue_fields")}
        at = 0
        while at < start:
            body["size"] = min(queries.HOP, start - at)
            rows = self._raw(body)["hits"]["hits"]
            if not rows:
                return []
            at += len(rows)
            body["search_after"] = rows[-1]["sort"]
        body |= {"size": end - start, "docvalue_fields": ["maker", "standing"]}
        return self._raw(body)["hits"]["hits"]

    def _hits(self, page: list[Candidate], step: Step | None) -> list[Hit]:
        """The documents of one page and what each was found by."""
        if not page:
            return []
        ids = {"ids": {"values": [str(one.id) for one in page]}}
        search = self._search().query("bool", filter=[ids], should=[queries.said(step, named=True)] if step else [])
        answer = self._send(search.extra(size=len(page)).source(["body"]))
        found = {int(hit["_id"]): hit for hit in answer["hits"]["hits"]}
        hits = []
        for one in page:
            if one.id in found:
                reasons = queries.reasons(step, found[one.id].get("matched_queries", ()))
                hits.append(Hit(from_body(found[one.id]["_source"]["body"]), one.score, reasons))
        return hits

    def _on_sale(self) -> tuple[dict[str, set[str]], dict[str, str]]:
        """Which crafts and countries have something on sale, and the makers' names by slug."""
        until, values, makers = self._known
        if until > time.monotonic():
            return values, makers
        search = self._search().extra(size=0)
        for name in ("craft", "country"):
            search.aggs.bucket(name, "terms", field=name, size=MOST_VALUES)
        search.aggs.bucket("maker", "terms", field="maker_name", size=MOST_VALUES)
        found = self._send(search)["aggregations"]
        values = {name: {bucket["key"] for bucket in found[name]["buckets"]} for name in found}
        makers = dict(key.split("\n", 1) for key in values["maker"])
        self._known = (time.monotonic() + KNOWN_SECONDS, values, makers)
        return values, makers

    def _listings(self, text: str, language: str) -> list[Suggestion]:
        said = typed_words(text)
        if not said:
            return []
        asked = Q("match_bool_prefix", typed={"query": " ".join(said), "operator": "and"})
        search = self._search().query("bool", filter=[asked]).sort("-standing", "-id").source(["body"])
        answer = self._send(search.extra(size=MOST["listing"]))
        documents = [from_body(hit["_source"]["body"]) for hit in answer["hits"]["hits"]]
        return [listing_suggestion(document, language) for document in documents]


@contextmanager
def _as_engine_error() -> Iterator[None]:
    try:
        yield
    except TransportError as error:
        raise EngineAway(f"Elasticsearch does not answer: {error}") from error
    except (ApiError, BulkIndexError) as error:
        raise EngineError(f"Elasticsearch does not answer as it should: {error}") from error
