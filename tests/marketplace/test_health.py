"""/healthz says alive; /readyz is 503 only for database or migrations, and degraded for the rest."""

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from search import engines

pytestmark = pytest.mark.django_db


def test_alive_without_a_database_a_host_or_a_language(client, monkeypatch):
    monkeypatch.setattr(connection, "cursor", lambda *args: (_ for _ in ()).throw(OperationalError))
    answer = client.get("/healthz", headers={"host": "10.0.0.1"})
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_ready_when_all_is_well(client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["database"] == answer.json()["migrations"] == "ok"


def test_not_ready_while_a_migration_is_missing(client):
    MigrationRecorder.Migration.objects.filter(app="settlement").delete()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["migrations"]) == (503, "missing")


def test_not_ready_without_a_database(client, monkeypatch):
    def gone(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr("marketplace.health.MigrationExecutor", gone)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, "unreachable")


def test_degraded_but_ready_while_search_is_down(client, monkeypatch):
    def gone():
        raise engines.EngineError("away")

    monkeypatch.setattr(engines, "get_engine", gone)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"], answer.json()["search"]) == (200, "degraded", "degraded")


def test_degraded_but_ready_while_the_cache_is_down(client, settings, monkeypatch):
    from django.core.cache import cache

    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(cache, "get", lambda *args: None)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["cache"]) == (200, "degraded")
