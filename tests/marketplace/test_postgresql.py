"""A kept connection that the server ended is noticed before a page uses it."""

import pytest
from django.db import ProgrammingError, connection
from django.db.backends.postgresql.base import DatabaseWrapper

pytestmark = [pytest.mark.server, pytest.mark.django_db]


@pytest.fixture
def kept():
    if connection.vendor != "postgresql":
        pytest.skip("DATABASE_URL names no PostgreSQL")
    one = connection.copy()
    one.ensure_connection()
    yield one
    one.close()


@pytest.fixture
def asked(monkeypatch):
    """How often the server was asked whether it is there."""
    times = []
    ask = DatabaseWrapper.is_usable
    monkeypatch.setattr(DatabaseWrapper, "is_usable", lambda self: times.append(1) or ask(self))
    return times


def test_one_that_is_open_is_used_without_asking(kept, asked):
    assert kept.is_usable() and not asked


def test_one_that_the_server_ended_is_not_used(kept, asked):
    with connection.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(%s, 5000)", [kept.connection.info.backend_pid])
    assert not kept.is_usable() and not asked


def test_one_that_had_errors_is_asked(kept, asked):
    kept.errors_occurred = True
    assert kept.is_usable() and asked


def test_one_whose_transaction_failed_is_not_used(kept, asked):
    kept.set_autocommit(False)
    with kept.cursor() as cursor, pytest.raises(ProgrammingError):
        cursor.execute("select nothing_of_that_name")
    kept.errors_occurred = False
    assert not kept.is_usable()
    kept.rollback()
    assert kept.is_usable() and not asked
