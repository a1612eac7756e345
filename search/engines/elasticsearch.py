"""The search engine for many machines: Elasticsearch 8 or 9. The only module that imports its client.

Words are folded, stemmed and tagged by our own code (search/documents.py) into one keyword field, so a stock server
needs no plugin and both engines find the same. Two aliases: the index's name answers; "<name>-building" is what a
rebuild fills. Whoever writes during a rebuild writes to both, each write with the time as its version, so that the
older state never overwrites the newer one.
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError
from elasticsearch.dsl import A, Mapping, Q, Search
from elasticsearch.helpers import BulkIndexError, scan, streaming_bulk

from search.completion import MOST, complete, maker_suggestions, prefix_tokens
from search.engines import elastic_queries as queries
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
from search.engines.bodies import facets_of, from_body, to_body, tokens_of
from search.engines.ranking import WINDOW, Candidate, spread_makers
from search.plans import ENOUGH, Filters, Plan, Step
from search.query import plan as read_query
from search.query import similar

READ_SECONDS, WRITE_SECONDS = 2, 60
DEEPEST = 100_000  # hits that can be paged through
MOST_VALUES = 3000  # of one facet
CHUNK = 500
SETTINGS = {
    "number_of_replicas": 0,
    "max_result_window": DEEPEST,
    "gc_deletes": "1h",  # how long a deletion is remembered against an older write of a rebuild
}


def mapping() -> Mapping:
    """What an index holds; anything else is refused."""
    made = Mapping()
    made.meta("dynamic", "strict")
    made.field("tokens", "keyword", doc_values=False)
    for name in ("craft", "country", "material", "maker", "maker_name"):
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
        self._writer = self._client.options(request_timeout=WRITE_SECONDS, max_retries=3, retry_on_timeout=True)

    # -- writing ----

    def index(self, documents: Iterable[Document]) -> int:
        with _as_engine_error():
            targets = self._targets()
            made = ((document.id, time.time_ns(), _source(document)) for document in documents)
            done = self._bulk(_action(target, *one) for one in made for target in targets)
            self._writer.indices.refresh(index=self._alias)
        return done // len(targets)

    def delete(self, ids: Iterable[int]) -> None:
        with _as_engine_error():
            targets, version = self._targets(), time.time_ns()
            self._bulk(_action(target, id, version, None) for id in ids for target in targets)
            self._writer.indices.refresh(index=self._alias)

    def rebuild(self, documents: Iterable[Document], progress: Progress | None = None) -> int:
        with _as_engine_error():
            started = time.time_ns()
            fresh = f"{self._alias}-{started}"
            self._give_up(self._building)
            self._create(fresh, {self._building: {}})
            done = 0
            actions = (_action(fresh, document.id, started, _source(document)) for document in documents)
            for done, _ in enumerate(self._streamed(actions), 1):
                if progress and done % CHUNK == 0:
                    progress(done)
            self._writer.indices.refresh(index=fresh)
            self._swap(fresh)
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
        actions: list[dict[str, Any]] = [{"remove_index": {"index": name}} for name in old]
        actions.append({"remove": {"index": fresh, "alias": self._building}})
        actions.append({"add": {"index": fresh, "alias": self._alias}})
        self._writer.indices.update_aliases(actions=actions)

    def _give_up(self, alias: str) -> None:
        for name in self._indices_of(alias):
            self._writer.indices.delete(index=name)

    def _create(self, name: str, aliases: dict[str, dict]) -> None:
        mappings = mapping().to_dict()
        self._writer.indices.create(index=name, settings={"index": SETTINGS}, mappings=mappings, aliases=aliases)

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

    def _streamed(self, actions: Iterable[dict]) -> Iterator[Any]:
        """Sends in chunks, waits longer when the server is busy. A conflict means that a newer state is there already,
        a missing document that it was deleted before."""
        results = streaming_bulk(
            self._writer, actions, chunk_size=CHUNK, max_retries=5, initial_backoff=1, raise_on_error=False
        )
        for ok, item in results:
            status = next(iter(item.values())).get("status")
            if not ok and status not in (404, 409):
                raise EngineError(f"Elasticsearch refused a document: {item}")
            yield item

    # -- reading ----

    def search(self, query: SearchQuery) -> SearchResult:
        with _as_engine_error():
            plan = self._plan(query)
            response, step = self._first_good(query, plan)
            ranked = self._page(query, response)
            return SearchResult(
                total=response["hits"]["total"]["value"],
                hits=self._hits(ranked, step),
                facets=_facets(response) if query.facets else {},
                suggestion=step.suggestion if step and _text_total(response) else None,
                engine=self.name,
                chips=plan.chips,
            )

    def suggest(self, text: str, language: str, limit: int = 8) -> list[Suggestion]:
        with _as_engine_error():
            known = self._send(self._known())["aggregations"]
            crafts, countries, makers = (
                {bucket["key"] for bucket in known[name]["buckets"]} for name in ("craft", "country", "maker")
            )
            found = complete(text, language, crafts, countries)
            found += maker_suggestions(text, {slug: name for slug, name in (key.split("\n", 1) for key in makers)})
            found += self._listings(text, language)
            return found[:limit]

    def count(self) -> int:
        with _as_engine_error():
            return int(self._client.count(index=self._alias)["count"])

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
        """The plain answer: turning hundreds of hits into objects takes longer than finding them."""
        return self._client.search(index=self._alias, **search.to_dict())

    def _plan(self, query: SearchQuery) -> Plan:
        if query.similar_to is None:
            return read_query(query)
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
            response = self._send(self._ask(query, plan.filters, step))
            found = _text_total(response)
            if best is None or found > most:
                best, chosen, most = response, step, found
            if most >= ENOUGH:
                break
        if best is None:
            best = self._send(self._ask(query, plan.filters, None, nothing=plan.nothing))
        return best, chosen

    def _ask(self, query: SearchQuery, limits: Filters, step: Step | None, nothing: bool = False) -> Search:
        """The request for the first hits, without their documents, and the facets."""
        start, end = _bounds(query)
        wanted = {"match_none": {}} if nothing else queries.said(step) if step else {"match_all": {}}
        text = {"must": [wanted], "filter": queries.limits(limits), "must_not": queries.left_out(query)}
        selections = queries.selections(query)
        search = self._search().query("bool", **text).post_filter("bool", filter=list(selections.values()))
        search = search.extra(track_total_hits=True, from_=start, size=end - start, _source=False)
        search = search.extra(docvalue_fields=["maker", "standing"], track_scores=True)
        search.aggs.bucket("text", "filter", filter=Q("match_all"))
        for name in (*FACETS, "price") if query.facets else ():
            others = [one for facet, one in selections.items() if facet != name]
            bucket = search.aggs.bucket(name, "filter", filter=Q("bool", filter=others))
            if name == "price":
                bucket.metric("min", "min", field="price").metric("max", "max", field="price")
            else:
                bucket.bucket("values", A("terms", field=name, size=MOST_VALUES))
        orders = {
            "relevance": ["_score", "-standing", "-id"],
            "newest": ["-created", "-id"],
            "price": ["price", "-id"],
            "-price": ["-price", "-id"],
        }
        return search.sort(*orders[query.sort])

    def _page(self, query: SearchQuery, response: Any) -> list[Candidate]:
        found = []
        for hit in response["hits"]["hits"]:
            fields, score = hit["fields"], hit["_score"] or 0.0
            found.append(Candidate(int(hit["_id"]), score / 20, fields["standing"][0], fields["maker"][0]))
        if query.sort != "relevance":
            return found
        start, _ = _bounds(query)
        first = (query.page - 1) * query.page_size - start
        spread = [*spread_makers(found[: WINDOW - start]), *found[WINDOW - start :]] if start < WINDOW else found
        return spread[first : first + query.page_size]

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

    def _known(self) -> Search:
        """Which crafts, countries and makers have something on sale; Elasticsearch caches the answer."""
        search = self._search().extra(size=0)
        for name in ("craft", "country"):
            search.aggs.bucket(name, "terms", field=name, size=MOST_VALUES)
        search.aggs.bucket("maker", "terms", field="maker_name", size=MOST_VALUES)
        return search

    def _listings(self, text: str, language: str) -> list[Suggestion]:
        whole, beginning = prefix_tokens(text)
        if not beginning:
            return []
        asked = [Q("term", tokens=token) for token in whole] + [Q("prefix", tokens=beginning)]
        search = self._search().query("bool", filter=asked).sort("-standing", "-id").source(["body"])
        answer = self._send(search.extra(size=MOST["listing"]))
        documents = [from_body(hit["_source"]["body"]) for hit in answer["hits"]["hits"]]
        return [Suggestion("listing", one.title(language)[0], str(one.id), one.card) for one in documents]


def _source(document: Document) -> dict[str, Any]:
    facets = facets_of(document)
    return {
        **facets,
        "maker_name": f"{document.maker}\n{document.maker_name}",  # both in one value, for suggestions
        "id": document.id,
        "written": time.time_ns(),
        "tokens": tokens_of(document),
        "body": to_body(document),
    }


def _action(index: str, id: int, version: int, source: dict[str, Any] | None) -> dict[str, Any]:
    """One line of a bulk request: the document, or its deletion for None. The later version wins."""
    action = {"_index": index, "_id": str(id), "version": version, "version_type": "external_gte"}
    return {**action, "_op_type": "delete"} if source is None else {**action, "_op_type": "index", "_source": source}


def _bounds(query: SearchQuery) -> tuple[int, int]:
    """Which hits to fetch: from the start as long as makers are spread among them, else just the page."""
    start = (query.page - 1) * query.page_size
    end = min(start + query.page_size, DEEPEST)
    if query.sort == "relevance" and start < WINDOW:
        return 0, max(end, WINDOW)
    return min(start, DEEPEST), end


def _text_total(response: Any) -> int:
    """How many listings answer the text, whatever was selected."""
    return int(response["aggregations"]["text"]["doc_count"])


def _facets(response: Any) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    answers = response["aggregations"]
    for name in FACETS:
        buckets = [bucket for bucket in answers[name]["values"]["buckets"] if bucket["key"] != ""]
        found[name] = {bucket.get("key_as_string", bucket["key"]): bucket["doc_count"] for bucket in buckets}
    price = answers["price"]
    found["price"] = {end: price[end]["value"] for end in ("min", "max")} if price["doc_count"] else {}
    return found


@contextmanager
def _as_engine_error() -> Iterator[None]:
    try:
        yield
    except (ApiError, TransportError, BulkIndexError) as error:
        raise EngineError(f"Elasticsearch does not answer as it should: {error}") from error
