"""The test database. Migrating takes most of a minute, so it is done once and its result is copied: a file on SQLite, a
template database on PostgreSQL.

`durable_db`: for tests whose transactions really commit (threads, processes, webhooks). Afterwards the database is
copied anew, so that it is again as the migrations left it.
"""

import fcntl
import hashlib
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader

CACHE = Path(settings.BASE_DIR) / "var" / "test"
# Paths on SQLite, names on PostgreSQL.
_name_of_run = _template_of_run = ""


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    global _name_of_run
    with django_db_blocker.unblock():
        _name_of_run = connection.settings_dict["TEST"]["NAME"] or connection.creation._get_test_db_name()
        _make_template()
        _copy_template()
        yield
        connections.close_all()
        if connection.vendor == "postgresql":
            _on_postgres(f'DROP DATABASE IF EXISTS "{_name_of_run}" WITH (FORCE)')


@pytest.fixture
def durable_db(django_db_setup, django_db_blocker):
    """The database with real commits; afterwards it is as the migrations left it."""
    with django_db_blocker.unblock():
        try:
            yield
        finally:
            _copy_template()


def fingerprint() -> str:
    """Another one for other migrations."""
    names = sorted(f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations)
    ours = sorted(Path(settings.BASE_DIR).glob("*/migrations/*.py")) + sorted(
        Path(settings.BASE_DIR).glob("shop/*/migrations/*.py")
    )
    content = b"".join(path.read_bytes() for path in ours)
    return hashlib.sha256("|".join(names).encode() + content).hexdigest()[:16]


def template_file() -> Path:
    """Where what the migrations left is kept on SQLite."""
    return CACHE / f"{fingerprint()}.sqlite3"


def _make_template() -> None:
    """Migrates, when it was not done yet; by one process while the others wait."""
    global _template_of_run
    CACHE.mkdir(parents=True, exist_ok=True)
    _template_of_run = str(template_file()) if connection.vendor == "sqlite" else f"template_{fingerprint()}"
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if connection.vendor == "sqlite":
            _make_file(Path(_template_of_run))
        else:
            _make_template_database(_template_of_run)


def _make_file(template: Path) -> None:
    if template.exists():
        return
    unfinished = template.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    _use(str(unfinished))
    call_command("migrate", verbosity=0, interactive=False)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    unfinished.rename(template)


def _make_template_database(template: str) -> None:
    if _on_postgres(f"SELECT 1 FROM pg_database WHERE datname = '{template}'"):
        return
    unfinished = template + "_unfinished"
    _on_postgres(f'DROP DATABASE IF EXISTS "{unfinished}" WITH (FORCE)', f'CREATE DATABASE "{unfinished}"')
    _use(unfinished)
    call_command("migrate", verbosity=0, interactive=False)
    connection.close()
    _on_postgres(f'ALTER DATABASE "{unfinished}" RENAME TO "{template}"')


def _copy_template() -> None:
    target = _name_of_run
    connection.close()
    if connection.vendor == "sqlite":
        for suffix in ("-wal", "-shm"):
            Path(target + suffix).unlink(missing_ok=True)
        shutil.copyfile(_template_of_run, target)
    else:
        # FORCE: a killed process may have left connections.
        copy = f'CREATE DATABASE "{target}" TEMPLATE "{_template_of_run}"'
        _on_postgres(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)', copy)
    _use(target)


def _use(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def _on_postgres(*statements: str) -> list:
    """Runs the statements outside of any of our databases; the rows of the last one."""
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []
