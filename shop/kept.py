"""Queries that every page of a kind asks again, with their SQL written once for a process.

The ORM takes some seven times as long to write a query of five joined tables as SQLite takes to answer it and Django
to make objects of the row (0.9 ms and 0.13 ms on the machine of docs/performance.md), and PostgreSQL twice as long to
plan it as to answer it. What a page reads by one id, the hot pages therefore ask through `Kept`; everything else stays
with plain querysets.
"""

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import count
from typing import Any, NamedTuple
from weakref import WeakSet

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

Rows = tuple[tuple, ...]
# Stands in the written SQL where the number asked for belongs; within the range of every integer column.
_PLACE = -2_147_481_359
# No column of ids holds it, and SQLite not even compares it.
_TOO_LARGE = 2**63


class _Written(NamedTuple):
    sql: str
    params: tuple
    read: Callable[[Rows], list]


class Kept:
    """Called with an id (its digits will do), gives the objects that `build(number)` would: plain model instances,
    with what it asks for by `select_related` and `annotate`. Nothing else: no deferred fields, prefetches, slices; and
    the number must be all in which two of its queries differ. ValueError at the first use when it is more than that.
    """

    _numbers = count(1)

    def __init__(self, build: Callable[[int], QuerySet]):
        self.build = build
        self._name = f"kept_{next(self._numbers)}"
        self._planned_by: WeakSet = WeakSet()

    def __call__(self, number: int | str) -> list[Any]:
        return self.objects(self.rows(number))

    def rows(self, number: int | str) -> Rows:
        """The same as the database gives it, for whoever need not look into it: equal rows make equal objects."""
        written, number = self._written, int(number)
        if abs(number) >= _TOO_LARGE:
            return ()
        connection = connections[DEFAULT_DB_ALIAS]
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                self._ask_planned(cursor, number)
            else:
                cursor.execute(written.sql, [number if param == _PLACE else param for param in written.params])
            return tuple(cursor.fetchall())

    def _ask_planned(self, cursor, number: int) -> None:
        """Each connection to PostgreSQL plans the query at its first use."""
        if cursor.connection not in self._planned_by:
            places = iter("$1" if param == _PLACE else "%s" for param in self._written.params)
            sql = re.sub("%%|%s", lambda found: next(places) if found[0] == "%s" else "%%", self._written.sql)
            others = [param for param in self._written.params if param != _PLACE]
            cursor.execute(f"PREPARE {self._name} (bigint) AS {sql}", others)
            self._planned_by.add(cursor.connection)
        cursor.execute(f"EXECUTE {self._name} (%s)", [number])

    def objects(self, rows: Rows) -> list[Any]:
        return self._written.read(rows)

    @cached_property
    def _written(self) -> _Written:
        query = self.build(_PLACE).query
        compiler = query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        if _PLACE not in params or query.is_sliced or query.deferred_loading != (frozenset(), True):
            raise ValueError("This query cannot be kept: see shop.kept.Kept.")
        return _Written(sql, tuple(params), _reader(compiler))


def _reader(compiler) -> Callable[[Rows], list]:
    """What makes objects of rows; as Django's own ModelIterable does."""
    select, found = compiler.select, compiler.klass_info
    first, last = found["select_fields"][0], found["select_fields"][-1] + 1
    annotations = compiler.annotation_col_map
    names = [column[0].target.attname for column in select[first:last]]
    populators = get_related_populators(found, select, DEFAULT_DB_ALIAS)
    converters = compiler.get_converters([column[0] for column in select])

    def read(rows: Rows) -> list:
        objects = []
        for row in compiler.apply_converters(rows, converters) if converters else rows:
            one = found["model"].from_db(DEFAULT_DB_ALIAS, names, row[first:last])
            for populator in populators:
                populator.populate(row, one)
            for name, place in annotations.items():
                setattr(one, name, row[place])
            objects.append(one)
        return objects

    return read


def attach(owner: Model, name: str, found: Iterable[Model]) -> None:
    """Lets `owner.<name>.all()` give these without asking, as if they had been prefetched."""
    queryset = getattr(owner, name).get_queryset()
    queryset._result_cache, queryset._prefetch_done = list(found), True
    owner._prefetched_objects_cache = {**getattr(owner, "_prefetched_objects_cache", {}), name: queryset}
