import os

import pytest
from django.conf import settings
from django.core.cache import cache

from tests import factories

pytest_plugins = ["tests.databases", "tests.live.fixtures"]

ON_SERVERS = os.environ.get("KARVAN_SERVERS") == "1"


def pytest_collection_modifyitems(items):
    """Server and browser tests run where the servers are; there, none may be skipped."""
    if ON_SERVERS:
        return
    skip = pytest.mark.skip(reason="needs real servers; .ci/run starts them")
    for item in items:
        if "server" in item.keywords or "browser" in item.keywords:
            item.add_marker(skip)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    if ON_SERVERS and report.skipped and ("server" in item.keywords or "browser" in item.keywords):
        report.outcome = "failed"
        report.longrepr = f"a server test was skipped where the servers run: {report.longrepr}"


@pytest.fixture(autouse=True)
def _clean_cache():
    cache.clear()


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
