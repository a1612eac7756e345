"""What is sent to Elasticsearch and read from its answers, as plain dictionaries. Pure."""

from collections.abc import Iterable
from typing import Any

from search.engines.base import FACETS, Document, SearchQuery
from search.engines.bodies import facets_of, to_body, tokens_of
from search.engines.ranking import SHIPS, WINDOW, zones_to
from search.folding import fold_word, words
from search.plans import Filters, Group, Option, Step

Query = dict[str, Any]
EVERYTHING: Query = {"constant_score": {"filter": {"match_all": {}}, "boost": 0}}
HOP = 10_000  # hits of one request at most (Elasticsearch's own limit); deeper pages are walked to
MOST_VALUES = 3000  # of one facet
ORDERS: dict[str, list[Any]] = {
    "relevance": ["_score", {"standing": "desc"}, {"id": "desc"}],
    "newest": [{"created": "desc"}, {"id": "desc"}],
    "price": [{"price": "asc"}, {"id": "desc"}],
    "-price": [{"price": "desc"}, {"id": "desc"}],
}
SCALE = 20  # scores are whole numbers of twentieths, so that equals are equal

# A document that is there is changed, unless the database was read later for it than for the change.
REPLACE = """
if (ctx._source.written > params.whole.written) { ctx.op = 'none' } else { ctx._source = params.whole }
"""
PATCH = """
if (ctx._source.written > params.changes.written) { ctx.op = 'none' } else { ctx._source.putAll(params.changes) }
"""


def ask(query: SearchQuery, filters: Filters, step: Step | None, nothing: bool = False) -> Query:
    """The request for the first hits, without their documents, and the facets: a facet's counts leave its own
    selection aside, so selections filter after the counting."""
    start, end = bounds(query)
    wanted = {"match_none": {}} if nothing else said(step) if step else EVERYTHING
    found = {"must": [wanted], "should": preferred(query), "filter": limits(filters), "must_not": left_out(query)}
    chosen = selections(query)
    counted = {name: _counted(name, chosen) for name in (*FACETS, "price")} if query.facets else {}
    return {
        "query": {"bool": found},
        "post_filter": {"bool": {"filter": list(chosen.values())}},
        "aggs": {"text": {"filter": {"match_all": {}}}, **counted},
        "sort": ORDERS[query.sort],
        "from": start if end <= HOP else 0,
        "size": end - start if end <= HOP else 0,
        "track_total_hits": True,
        "track_scores": True,
        "_source": False,
        "docvalue_fields": ["maker", "standing"],
    }


def _counted(name: str, chosen: dict[str, Query]) -> Query:
    within = {"filter": {"bool": {"filter": [one for facet, one in chosen.items() if facet != name]}}}
    if name == "price":
        return {**within, "aggs": {end: {end: {"field": "price"}} for end in ("min", "max")}}
    return {**within, "aggs": {"values": {"terms": {"field": name, "size": MOST_VALUES}}}}


def said(step: Step, named: bool = False) -> Query:
    """The step's groups as one query. A listing's score is the sum of its best option in each, in twentieths: whole
    numbers, so that equals are equal."""
    groups = [(group, _group(number, group, named)) for number, group in enumerate(step.groups)]
    required = [query for group, query in groups if group.required]
    optional = [query for group, query in groups if not group.required]
    if step.any_group:
        required = [{"bool": {"should": required, "minimum_should_match": 1}}]
    return {"bool": {"must": required, "should": optional}}


def _group(number: int, group: Group, named: bool) -> Query:
    options = []
    for place, option in enumerate(group.options):
        query = {"filter": _option(option), "boost": round(option.weight * SCALE)}
        options.append({"constant_score": query | ({"_name": f"{number}:{place}"} if named else {})})
    return {"dis_max": {"queries": options}} if options else {"match_none": {}}


def _option(option: Option) -> Query:
    if option.edits:
        slip = {"value": option.tokens[0], "fuzziness": option.edits, "prefix_length": len("f:")}
        return {"fuzzy": {"tokens": slip}}
    terms: list[Query] = [{"term": {"tokens": token}} for token in option.tokens]
    return terms[0] if len(terms) == 1 else {"bool": {"filter": terms}}


def reasons(step: Step | None, matched: Iterable[str]) -> tuple[str, ...]:
    """For each thing said, the best token by which a listing answers it."""
    best: dict[int, int] = {}
    for name in matched:
        number, place = map(int, name.split(":"))
        best[number] = min(place, best.get(number, place))
    found = []
    groups = step.groups if step else ()
    for number, place in sorted(best.items()) if groups else ():
        group = groups[number]
        option = group.options[place]
        found.append(f"{group.label} ({' + '.join(option.tokens)}: {option.weight:.2f})")
    return tuple(found)


def selections(query: SearchQuery) -> dict[str, Query]:
    chosen = {"craft": query.crafts, "country": query.countries, "material": query.materials, "maker": query.makers}
    found: dict[str, Query] = {name: {"terms": {name: sorted(values)}} for name, values in chosen.items() if values}
    for name, value in (("ready", query.ready), ("in_stock", query.in_stock)):
        if value is not None:
            found[name] = {"term": {name: value}}
    if query.ship_to and query.ships_only:
        found["ships"] = shipped(query)
    if query.price_min_usd is not None or query.price_max_usd is not None:
        found["price"] = _priced(query.price_min_usd, query.price_max_usd)
    return found


def limits(limits: Filters) -> list[Query]:
    if limits.least_usd is None and limits.most_usd is None:
        return []
    return [_priced(limits.least_usd, limits.most_usd)]


def _priced(least: float | None, most: float | None) -> Query:
    ends = {"gte": least, "lte": most}
    return {"range": {"price": {name: value for name, value in ends.items() if value is not None}}}


def shipped(query: SearchQuery) -> Query:
    """What can be sent to the shopper's country."""
    at_home, elsewhere = zones_to(query.ship_to)
    own = {"term": {"country": query.ship_to}}
    near = {"bool": {"filter": [own, {"term": {"ships": at_home}}]}}
    far = {"bool": {"filter": [{"term": {"ships": elsewhere}}], "must_not": [own]}}
    return {"bool": {"should": [near, far], "minimum_should_match": 1}}


def preferred(query: SearchQuery) -> list[Query]:
    """What ranks among equal answers."""
    if not query.ship_to:
        return [{"constant_score": {"filter": {"match_all": {}}, "boost": SHIPS * SCALE}}]
    return [{"constant_score": {"filter": shipped(query), "boost": SHIPS * SCALE}}]


def left_out(query: SearchQuery) -> list[Query]:
    ids = [str(id) for id in (query.exclude, query.similar_to) if id is not None]
    return [{"ids": {"values": ids}}] if ids else []


def source(document: Document, version: int) -> Query:
    return {**changing(document, version), "tokens": tokens_of(document), "typed": _typed(document)}


def changing(document: Document, version: int) -> Query:
    """What a change of price or stock may change: all but the words."""
    facets = facets_of(document)
    return {
        **facets,
        "ships": list(facets["ships"]),
        "maker_name": f"{document.maker}\n{document.maker_name}",  # both in one value, for suggestions
        "id": document.id,
        "written": version,
        "body": to_body(document),
    }


def _typed(document: Document) -> list[str]:
    """The folded words of each title, for what is being typed."""
    return [" ".join(filter(None, map(fold_word, words(title)))) for title in document.titles.values()]


def write(index: str, id: int, version: int, source: Query | None) -> Query:
    """One line of a bulk request: the document, or its deletion for None. The later version wins."""
    action = {"_index": index, "_id": str(id), "version": version, "version_type": "external_gte"}
    return {**action, "_op_type": "delete"} if source is None else {**action, "_op_type": "index", "_source": source}


def replace(index: str, document: Document, version: int) -> Query:
    """The same of a document that is there: all of it."""
    return _scripted(index, document, REPLACE, {"whole": source(document, version)})


def patch(index: str, document: Document, version: int) -> Query:
    """The same of a document that is there: all but its words."""
    return _scripted(index, document, PATCH, {"changes": changing(document, version)})


def _scripted(index: str, document: Document, script: str, params: Query) -> Query:
    made = {"source": script, "lang": "painless", "params": params}
    return {"_op_type": "update", "_index": index, "_id": str(document.id), "script": made, "retry_on_conflict": 3}


def bounds(query: SearchQuery) -> tuple[int, int]:
    """Which hits to fetch: from the start as long as makers are spread among them, else just the page."""
    start = (query.page - 1) * query.page_size
    end = start + query.page_size
    if query.sort == "relevance" and start < WINDOW:
        return 0, max(end, WINDOW)
    return start, end


def text_total(response: Any) -> int:
    """How many listings answer the text, whatever was selected."""
    return int(response["aggregations"]["text"]["doc_count"])


def facets(response: Any) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    answers = response["aggregations"]
    for name in FACETS:
        buckets = [bucket for bucket in answers[name]["values"]["buckets"] if bucket["key"] != ""]
        found[name] = {bucket.get("key_as_string", bucket["key"]): bucket["doc_count"] for bucket in buckets}
    price = answers["price"]
    found["price"] = {end: price[end]["value"] for end in ("min", "max")} if price["doc_count"] else {}
    return found
