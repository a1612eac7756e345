import os
import uuid

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import translation

from search import engines
from search.insight import counting
from tests import factories

pytest_plugins = ["tests.databases", "tests.live.fixtures"]

ON_SERVERS = os.environ.get("KARVAN_SERVERS") == "1"
NEED_SERVERS = ("server", "browser")


def pytest_collection_modifyitems(items):
    """Server and browser tests run where the servers are. Django's own way of really committing empties every table
    afterwards, of what migrations wrote too, so that a later test would find no countries."""
    flushing = [item.nodeid for item in items if _flushes(item)]
    if flushing:
        raise pytest.UsageError(f"use durable_db instead: {', '.join(flushing)}")
    if ON_SERVERS:
        return
    skip = pytest.mark.skip(reason="needs real servers; .ci/run starts them")
    for item in items:
        if any(mark in item.keywords for mark in NEED_SERVERS):
            item.add_marker(skip)


def _flushes(item) -> bool:
    marker = item.get_closest_marker("django_db")
    return "transactional_db" in item.fixturenames or bool(marker and marker.kwargs.get("transaction"))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Where the servers are, no test that needs one may be skipped, whatever its reason: it would prove nothing."""
    outcome = yield
    report = outcome.get_result()
    needs = any(mark in item.keywords for mark in (*NEED_SERVERS, "durable"))
    if ON_SERVERS and report.skipped and needs and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where the servers run: {report.longrepr}"


@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report(collector):
    """Nor may a whole module be left out."""
    outcome = yield
    report = outcome.get_result()
    if ON_SERVERS and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"a module was skipped where the servers run: {report.longrepr}"


@pytest.fixture(autouse=True)
def _clean_cache():
    cache.clear()


@pytest.fixture(autouse=True)
def _english():
    """A request leaves its language behind; each test starts in English."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _nothing_is_written_aside(monkeypatch):
    """A thread would count searches beside a test's transaction, for other tests to find."""
    monkeypatch.setattr(counting, "write_aside", counting.write_gathered)


@pytest.fixture(autouse=True)
def _own_index(settings, tmp_path):
    """No test finds what another one indexed, nor lets an engine rest for the next."""
    settings.SEARCH_INDEX = str(tmp_path / "listings.sqlite3")
    url, index = settings.ELASTICSEARCH_URL, f"test-{uuid.uuid4().hex[:12]}"
    settings.ELASTICSEARCH_INDEX = index
    yield
    engines._resting_until.clear()
    if url and engines._elasticsearch.cache_info().currsize:
        engines._elasticsearch(url, index).drop()
        engines._elasticsearch.cache_clear()


@pytest.fixture
def rates(db):
    factories.make_rates()


@pytest.fixture
def sandbox_posts(monkeypatch, client):
    """The sandbox's webhooks reach the production view by HTTP, through the test client; returns their bodies."""
    from shop.sandbox import provider

    sent = []

    def post(url, body, headers):
        path = url.removeprefix(settings.SITE_URL)
        extra = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
        response = client.post(path, body, content_type="application/json", **extra)
        assert response.status_code == 200, response.content
        sent.append(body)

    monkeypatch.setattr(provider, "post", post)
    return sent
