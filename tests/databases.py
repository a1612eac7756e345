"""The test database. Migrating takes most of a minute, so on SQLite it is done once and the file is copied.

`durable_db`: for tests whose transactions really commit (threads, processes, webhooks). Django empties every table
after such a test, also what migrations had put there; that is put back here.
"""

import fcntl
import hashlib
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

CACHE = Path(settings.BASE_DIR) / "var" / "test"


def _fingerprint() -> str:
    names = sorted(f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations)
    ours = sorted(Path(settings.BASE_DIR).glob("*/migrations/*.py")) + sorted(
        Path(settings.BASE_DIR).glob("shop/*/migrations/*.py")
    )
    content = b"".join(path.read_bytes() for path in ours)
    return hashlib.sha256("|".join(names).encode() + content).hexdigest()[:16]


def _template() -> Path:
    """A migrated, otherwise empty SQLite file; made when it is missing, by one process while the others wait."""
    CACHE.mkdir(parents=True, exist_ok=True)
    template = CACHE / f"{_fingerprint()}.sqlite3"
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.exists():
            unfinished = template.with_suffix(".unfinished")
            unfinished.unlink(missing_ok=True)
            _use(unfinished)
            call_command("migrate", verbosity=0, interactive=False)
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()
            unfinished.rename(template)
    return template


def _use(path: Path) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = str(path)


def _copy_template(target: Path) -> None:
    connection.close()
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    shutil.copyfile(_template_of_run, target)
    _use(target)


_template_of_run: Path | None = None


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    global _template_of_run
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            target = Path(connection.settings_dict["TEST"]["NAME"])
            _template_of_run = _template()
            _copy_template(target)
            yield
            connection.close()
            return
        old = settings.DATABASES["default"]["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=True)
        yield
        connection.creation.destroy_test_db(old, verbosity=0)


@pytest.fixture
def durable_db(transactional_db):
    """The database with real commits; afterwards it is as the migrations left it."""
    yield
    if connection.vendor == "sqlite":
        _copy_template(Path(connection.settings_dict["NAME"]))
        return
    call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
    connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
