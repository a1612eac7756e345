"""The file of the embedded engine: SQLite with an FTS5 posting list, safe for many readers and writers.

Two generations of tables can stand side by side: `active` answers, `building` is being filled by a rebuild. Whoever
writes during a rebuild writes to both, and the rebuild never overwrites what is newer, so the swap loses nothing.
Deleted listings stay as empty rows, so that other processes learn of them by `serial`, the number of the last change.
`version` says when the database was read for a row: an older state that comes late is passed over.
"""

import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from search.engines.base import Document, EngineError
from search.engines.bodies import facets_of, from_body, to_body, tokens_of, version_of

CHUNK = 500
BUSY_SECONDS = 60
FORMAT = "2"  # raise when the tables or tokens change their meaning: an old file is then rebuilt from nothing

# Connections that came over a fork: never used, and never closed here, for they are the parent's.
_INHERITED: list[sqlite3.Connection] = []

_TABLES = """
create table document_{n} (
    id integer primary key, serial integer not null, version integer not null, facets text, body text, tokens text
);
create index document_{n}_serial on document_{n} (serial);
create virtual table words_{n} using fts5 (
    tokens, content='', detail=none, columnsize=0, prefix='5 6', tokenize="ascii tokenchars ':_-'"
);
create virtual table terms_{n} using fts5vocab (words_{n}, 'row');
"""


class Row(NamedTuple):
    """What the memory of a process needs of one listing; facets is None when it was deleted."""

    id: int
    serial: int
    facets: dict[str, Any] | None


class Store:
    """One file. Any sqlite3.Error leaves it as EngineError."""

    def __init__(self, path: str | Path):
        self.path = Path(path)
        self._connection: sqlite3.Connection | None = None
        self._owner = (0, 0)

    def connection(self) -> sqlite3.Connection:
        """This process's connection; a fork gets its own, for SQLite must not cross one, and so does a file that
        someone put in the place of a lost one."""
        here = self._identity()
        if self._connection is None or self._owner != here:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(
                self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=256
            )
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = normal")
            self._prepare(connection)
            if self._connection is not None and self._owner[0] != os.getpid():
                _INHERITED.append(self._connection)
            self._connection, self._owner = connection, self._identity()
        return self._connection

    def _identity(self) -> tuple[int, int]:
        try:
            return os.getpid(), os.stat(self.path).st_ino
        except FileNotFoundError:
            return os.getpid(), 0

    def close(self) -> None:
        if self._connection is not None and self._owner[0] == os.getpid():
            self._connection.close()
        self._connection = None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One consistent view, whatever others write meanwhile."""
        with _as_engine_error():
            connection = self.connection()
            connection.execute("begin")
            try:
                yield connection
            finally:
                connection.execute("commit")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        with _as_engine_error():
            connection = self.connection()
            connection.execute("begin immediate")
            try:
                yield connection
            except BaseException:
                connection.execute("rollback")
                raise
            connection.execute("commit")

    def _prepare(self, connection: sqlite3.Connection) -> None:
        connection.execute("begin immediate")
        try:
            connection.execute("create table if not exists meta (key text primary key, value text)")
            if self.meta(connection).get("format") != FORMAT:
                for (name,) in connection.execute(
                    "select name from sqlite_master where type = 'table' and sql is not null"
                    " and (name like 'document\\_%' escape '\\' or sql like 'create virtual table%')"
                ).fetchall():
                    connection.execute(f"drop table if exists {name}")
                _create(connection, 1)
                self.set_meta(connection, format=FORMAT, active="1", building="", serial="1", epoch=str(time.time_ns()))
            connection.execute("commit")
        except BaseException:
            connection.execute("rollback")
            raise

    @staticmethod
    def meta(connection: sqlite3.Connection) -> dict[str, str]:
        return dict(connection.execute("select key, value from meta").fetchall())

    @staticmethod
    def set_meta(connection: sqlite3.Connection, **values: str) -> None:
        connection.executemany("insert or replace into meta values (?, ?)", values.items())

    def write(self, documents: Iterable[Document]) -> int:
        """Adds or replaces, chunk by chunk, each chunk seen by others as soon as it is done."""
        done = 0
        for chunk in chunks(documents):
            rows = [_row(document) for document in chunk]  # the slow part, outside the transaction
            with self.writing() as connection:
                meta = self.meta(connection)
                serial = int(meta["serial"]) + 1
                for table in filter(None, (meta["active"], meta["building"])):
                    _replace(connection, table, serial, rows)
                self.set_meta(connection, serial=str(serial))
            done += len(rows)
        return done

    def update(self, documents: Iterable[Document]) -> int:
        """Writes facets and bodies alone where the listing is known; the others whole."""
        done = 0
        for chunk in chunks(documents):
            with self.writing() as connection:
                meta = self.meta(connection)
                serial = int(meta["serial"]) + 1
                for table in filter(None, (meta["active"], meta["building"])):
                    missing = _patch(connection, table, serial, chunk)
                    _replace(connection, table, serial, [_row(document) for document in missing])
                self.set_meta(connection, serial=str(serial))
            done += len(chunk)
        return done

    def delete(self, ids: Iterable[int], version: int) -> None:
        with self.writing() as connection:
            meta = self.meta(connection)
            serial = int(meta["serial"]) + 1
            rows = [(id, version, None, None, None) for id in ids]
            for table in filter(None, (meta["active"], meta["building"])):
                _replace(connection, table, serial, rows)
            self.set_meta(connection, serial=str(serial))

    def start_rebuild(self) -> str:
        """Empty tables to fill; a rebuild that was left unfinished is given up. Returns their number."""
        with self.writing() as connection:
            meta = self.meta(connection)
            if meta["building"]:
                _drop(connection, meta["building"])
            number = str(max(int(meta["active"]), int(meta["building"] or 0)) + 1)
            _create(connection, number)
            self.set_meta(connection, building=number)
        return number

    def fill(self, number: str, documents: list[Document]) -> None:
        """Puts documents into a rebuild's tables, but for those that someone wrote or deleted there since it began."""
        rows = [_row(document) for document in documents]
        with self.writing() as connection:
            meta = self.meta(connection)
            if meta["building"] != number:
                raise EngineError("Another rebuild of the index began; this one is given up.")
            sql = f"select id from document_{number} where id in ({','.join('?' * len(rows))})"
            known = {id for (id,) in connection.execute(sql, [row[0] for row in rows])}
            _insert(connection, number, int(meta["serial"]), [row for row in rows if row[0] not in known])

    def finish_rebuild(self, number: str) -> None:
        with self.writing() as connection:
            meta = self.meta(connection)
            if meta["building"] != number:
                raise EngineError("Another rebuild of the index began; this one is given up.")
            connection.execute(f"insert into words_{number} (words_{number}) values ('optimize')")
            _drop(connection, meta["active"])
            serial = str(int(meta["serial"]) + 1)
            self.set_meta(connection, active=number, building="", serial=serial, epoch=str(time.time_ns()))

    def rows(self, connection: sqlite3.Connection, table: str, after: int) -> Iterator[Row]:
        """What changed after this serial, oldest first; everything for -1."""
        sql = f"select id, serial, facets from document_{table} where serial > ? order by id"
        for id, serial, facets in connection.execute(sql, (after,)):
            yield Row(id, serial, json.loads(facets) if facets else None)

    def bodies(self, connection: sqlite3.Connection, table: str, ids: list[int]) -> dict[int, Document]:
        marks = ",".join("?" * len(ids))
        sql = f"select id, body from document_{table} where body is not null and id in ({marks})"
        return {id: from_body(json.loads(body)) for id, body in connection.execute(sql, ids)}

    def tokens(self, connection: sqlite3.Connection, table: str, id: int) -> frozenset[str]:
        row = connection.execute(f"select tokens from document_{table} where id = ?", (id,)).fetchone()
        return frozenset(row[0].split(" ")) if row and row[0] else frozenset()

    def matching(self, connection: sqlite3.Connection, table: str, token: str, prefix: bool = False) -> list[int]:
        """Ids of the listings that have this token, or one that begins so."""
        phrase = '"' + token.replace('"', '""') + '"' + ("*" if prefix else "")
        sql = f"select rowid from words_{table} where words_{table} match ?"
        return [id for (id,) in connection.execute(sql, (phrase,))]

    def terms(self, connection: sqlite3.Connection, table: str, kind: str) -> list[str]:
        """All words of one kind of token, without the kind."""
        sql = f"select term from terms_{table} where term >= ? and term < ?"
        return [term[len(kind) + 1 :] for (term,) in connection.execute(sql, (f"{kind}:", f"{kind};"))]


def _row(document: Document) -> tuple[int, int, str, str, str]:
    return document.id, version_of(document), *_without_words(document), " ".join(tokens_of(document))


def _without_words(document: Document) -> tuple[str, str]:
    facets = json.dumps(facets_of(document), ensure_ascii=False)
    return facets, json.dumps(to_body(document), ensure_ascii=False)


def _replace(connection: sqlite3.Connection, table: str, serial: int, rows: list[tuple]) -> None:
    newer = []
    for row in rows:
        sql = f"select tokens, version from document_{table} where id = ?"
        tokens, version = connection.execute(sql, (row[0],)).fetchone() or (None, 0)
        if version > row[1]:
            continue
        newer.append(row)
        if tokens:
            sql = f"insert into words_{table} (words_{table}, rowid, tokens) values ('delete', ?, ?)"
            connection.execute(sql, (row[0], tokens))
    _insert(connection, table, serial, newer)


def _patch(connection: sqlite3.Connection, table: str, serial: int, documents: list[Document]) -> list[Document]:
    """Writes all but the words; returns the documents that are not there."""
    missing = []
    for document in documents:
        sql = f"select version, body is null from document_{table} where id = ?"
        version, gone = connection.execute(sql, (document.id,)).fetchone() or (0, True)
        if gone:
            missing.append(document)
        elif version <= version_of(document):
            sql = f"update document_{table} set serial = ?, version = ?, facets = ?, body = ? where id = ?"
            connection.execute(sql, (serial, version_of(document), *_without_words(document), document.id))
    return missing


def _insert(connection: sqlite3.Connection, table: str, serial: int, rows: list[tuple]) -> None:
    connection.executemany(
        f"insert or replace into document_{table} values (?, ?, ?, ?, ?, ?)",
        [(row[0], serial, *row[1:]) for row in rows],
    )
    connection.executemany(
        f"insert into words_{table} (rowid, tokens) values (?, ?)", [(row[0], row[4]) for row in rows if row[4]]
    )


def _create(connection: sqlite3.Connection, number: int | str) -> None:
    for statement in _TABLES.format(n=number).split(";\n"):
        if statement.strip():
            connection.execute(statement)


def _drop(connection: sqlite3.Connection, number: str) -> None:
    for kind in ("terms", "words", "document"):
        connection.execute(f"drop table if exists {kind}_{number}")


def chunks(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Lists of at most CHUNK documents, so that memory stays flat."""
    chunk: list[Document] = []
    for document in documents:
        chunk.append(document)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


@contextmanager
def _as_engine_error() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise EngineError(f"The search index does not answer: {error}") from error
