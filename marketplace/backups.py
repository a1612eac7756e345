"""A backup: the database and the media as they were at one moment, with what is needed to prove that they came back.

DIR/database.sqlite3 or DIR/database.dump (pg_dump), DIR/media/, DIR/manifest.json: rows of each table, the ledger's
hash, how many media files. SQLite and PostgreSQL.
"""

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from django.core.cache import cache
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from shop.settlement.verifying import ledger_hash

SQLITE, POSTGRES, MANIFEST, MEDIA = "database.sqlite3", "database.dump", "manifest.json", "media"


class CannotBackUp(Exception):
    """Why nothing was written, or what did not come back."""


def back_up(folder: Path) -> dict:
    """Writes a backup into an empty or new folder; returns its manifest. CannotBackUp says why not."""
    if folder.exists() and any(folder.iterdir()):
        raise CannotBackUp(f"{folder} is not empty: a backup never overwrites another.")
    folder.mkdir(parents=True, exist_ok=True)
    with transaction.atomic():
        if connection.vendor == "postgresql":
            _dump_postgres(folder / POSTGRES)
        else:
            _copy_sqlite(connection.settings_dict["NAME"], folder / SQLITE)
        manifest = {
            "made": timezone.now().isoformat(),
            "database": connection.vendor,
            "migrations": sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()),
            "rows": row_counts(),
            "ledger": ledger_hash(),
        }
    manifest["media"] = _save_media(folder / MEDIA)
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True), encoding="utf-8")
    return manifest


def restore(folder: Path, *, replace: bool = False) -> dict:
    """Puts a backup back and proves that rows, ledger and media are those of its manifest; returns the manifest.

    Without `replace`, only into a database without orders. CannotBackUp says what is wrong.
    """
    manifest = _read_manifest(folder)
    if not replace and _holds_orders():
        raise CannotBackUp("There are orders in this database. Say --replace to give them up for the backup's.")
    if connection.vendor == "postgresql":
        _load_postgres(folder / POSTGRES)
    else:
        connection.close()
        _copy_sqlite(folder / SQLITE, connection.settings_dict["NAME"])
    _load_media(folder / MEDIA)
    cache.clear()
    wrong = _differences(manifest)
    if wrong:
        raise CannotBackUp("What came back is not what was saved: " + "; ".join(wrong))
    return manifest


def row_counts() -> dict[str, int]:
    """How many rows each table has."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        counts = {}
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT COUNT(*) FROM {quote(table)}")
            counts[table] = cursor.fetchone()[0]
    return counts


def _differences(manifest: dict) -> list[str]:
    rows, ledger, media = row_counts(), ledger_hash(), sum(1 for _name in _media_files())
    wrong = [
        f"{table} has {rows.get(table)} rows instead of {count}"
        for table, count in manifest["rows"].items()
        if rows.get(table) != count
    ]
    if ledger != manifest["ledger"]:
        wrong.append("the ledger has another hash")
    if media < manifest["media"]:
        wrong.append(f"{media} media files instead of {manifest['media']}")
    return wrong


def _read_manifest(folder: Path) -> dict:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CannotBackUp(f"{folder} is not a finished backup: {error}") from None
    if manifest["database"] != connection.vendor:
        raise CannotBackUp(f"The backup is of {manifest['database']}, this database is {connection.vendor}.")
    return manifest


def _holds_orders() -> bool:
    with connection.cursor() as cursor:
        if "order_order" not in connection.introspection.table_names(cursor):
            return False
        cursor.execute("SELECT EXISTS (SELECT 1 FROM order_order)")
        return bool(cursor.fetchone()[0])


def _copy_sqlite(source: str | Path, target: str | Path) -> None:
    """SQLite's own online copy: sees one moment, whoever writes meanwhile."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def _dump_postgres(target: Path) -> None:
    """In the snapshot of the open transaction, so that rows and hash are counted in what is dumped."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
    _run_postgres("pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={target}")


def _load_postgres(source: Path) -> None:
    database = connection.settings_dict["NAME"]
    connection.close()
    _run_postgres(
        "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error",
        f"--dbname={database}", str(source),
    )  # fmt: skip


def _run_postgres(program: str, *arguments: str) -> None:
    """A client program of PostgreSQL with the site's own address; the password goes by the environment."""
    known = connection.settings_dict
    where = [
        f"--{flag}={known[name]}"
        for flag, name in (("host", "HOST"), ("port", "PORT"), ("username", "USER"))
        if known[name]
    ]
    last = [] if program == "pg_restore" else [known["NAME"]]
    environment = {**os.environ, **({"PGPASSWORD": known["PASSWORD"]} if known["PASSWORD"] else {})}
    try:
        done = subprocess.run([program, *where, *arguments, *last], env=environment, capture_output=True, text=True)
    except FileNotFoundError:
        raise CannotBackUp(f"{program} is not installed (Debian: postgresql-client).") from None
    if done.returncode:
        raise CannotBackUp(f"{program}: {done.stderr.strip()}")


def _media_files(folder: str = "") -> Iterator[str]:
    """Names of everything in the media storage, whichever it is."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (os.path.join(folder, name) for name in files)
    for name in folders:
        yield from _media_files(os.path.join(folder, name))


def _save_media(target: Path) -> int:
    count = 0
    for name in _media_files():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with default_storage.open(name) as source, path.open("wb") as copy:
            shutil.copyfileobj(source, copy)
        count += 1
    return count


def _load_media(source: Path) -> None:
    for path in sorted(source.rglob("*")):
        if path.is_file():
            name = path.relative_to(source).as_posix()
            default_storage.delete(name)
            with path.open("rb") as content:
                default_storage.save(name, File(content))
