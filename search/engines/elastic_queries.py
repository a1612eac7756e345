"""The text, limits and selections of a query as Elasticsearch's query language: plain dictionaries. Pure."""

from collections.abc import Iterable
from typing import Any

from search.engines.base import SearchQuery
from search.plans import Filters, Group, Option, Step

Query = dict[str, Any]


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
        query = {"filter": _option(option), "boost": round(option.weight * 20)}
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


def left_out(query: SearchQuery) -> list[Query]:
    ids = [str(id) for id in (query.exclude, query.similar_to) if id is not None]
    return [{"ids": {"values": ids}}] if ids else []
