"""Whether this process is alive, and whether it can serve."""

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from search import engines


def readiness() -> tuple[bool, dict[str, str]]:
    """(can serve?, state of each part). Search and cache only degrade; the database and its migrations decide."""
    parts = {"database": "ok", "migrations": "ok", "search": "ok", "cache": "ok"}
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            parts["migrations"] = "missing"
    except DatabaseError:
        parts["database"] = parts["migrations"] = "unreachable"
    parts["search"] = "ok" if _answers(lambda: engines.get_engine().ping()) else "degraded"
    parts["cache"] = "ok" if _answers(_cache_works) else "degraded"
    return parts["database"] == parts["migrations"] == "ok", parts


def _cache_works() -> bool:
    if not settings.REDIS_URL:
        return True
    cache.set("health", "1", 10)
    return cache.get("health") == "1"


def _answers(check) -> bool:
    try:
        return bool(check())
    except Exception:
        return False
