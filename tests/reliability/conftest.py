import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from tests import factories
from tests.live.shopper import Shopper
from tests.live.site import Site


@pytest.fixture
def shop(durable_db):
    """An empty shop with rates, whose transactions really commit."""
    factories.make_rates()


@pytest.fixture
def site(shop, tmp_path):
    """A site on the test's database, not started yet; killed afterwards."""
    site = Site(tmp_path / "site")
    yield site
    site.kill()


@pytest.fixture
def shopper(site):
    return Shopper(site.url)


@pytest.fixture
def at_once():
    """Runs these functions each in its own thread, let go together; the results (or exceptions) in their order."""

    def run(jobs: list[Callable]) -> list:
        gate = threading.Barrier(len(jobs), timeout=60)

        def one(job):
            try:
                gate.wait()
                return job()
            except Exception as error:
                return error
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(jobs)) as pool:
            return list(pool.map(one, jobs))

    return run
