"""PostgreSQL restarted under load: whoever asks is served again within five seconds, and nothing is half done."""

import subprocess
import threading
import time

import pytest
from django.db import connection
from oscar.core.loading import get_model

from tests import factories
from tests.live.shopper import GONE, Shopper
from tests.live.site import database_url, running_site
from tests.reliability.promises import keep_the_promises

Order = get_model("order", "Order")
pytestmark = pytest.mark.server
SHOPPERS = 4
WITHIN_SECONDS = 5


class Load:
    """Shoppers who order again and again until told to stop; when each last saw an error, and how often."""

    def __init__(self, url: str, product):
        self.url, self.product = url, product
        self.done = threading.Event()
        self.errors: list[float] = []
        self.ordered: list[float] = []
        self.threads = [threading.Thread(target=self._shop) for _ in range(SHOPPERS)]
        for thread in self.threads:
            thread.start()

    def _shop(self):
        while not self.done.is_set():
            shopper = Shopper(self.url)
            try:
                shopper.put_in_basket(self.product)
                good = "/sandbox/pay/" in shopper.check_out().url
            except (*GONE, StopIteration):
                # No connection, or a page without the form: the error page.
                good = False
            (self.ordered if good else self.errors).append(time.monotonic())

    def stop(self):
        self.done.set()
        for thread in self.threads:
            thread.join(timeout=60)


@pytest.fixture
def own_database(servers, django_db_setup, django_db_blocker):
    """A PostgreSQL of this test's own with a copy of the migrated database, used by this process and the site."""
    server = servers("postgres")
    with django_db_blocker.unblock():
        kept = dict(connection.settings_dict)
        dump = subprocess.run(["pg_dump", "--dbname", database_url()], stdout=subprocess.PIPE, check=True).stdout
        connection.close()
        connection.settings_dict |= {"NAME": "postgres", "PORT": server.url.rpartition(":")[2].partition("/")[0]}
        restore = ["psql", "--quiet", "--set", "ON_ERROR_STOP=1", "--dbname", database_url()]
        subprocess.run(restore, input=dump, stdout=subprocess.DEVNULL, check=True)
        yield server
        connection.close()
        connection.settings_dict.update(kept)


def wait_until(condition, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


@pytest.mark.parametrize("how", ["stop", "kill"])
def test_a_restart_under_load_is_over_in_five_seconds_and_corrupts_nothing(own_database, tmp_path, how):
    factories.make_rates()
    product = factories.make_listing(stock=10_000)
    with running_site(tmp_path / "site", workers=2) as site:
        load = Load(site.url, product)
        try:
            wait_until(lambda: len(load.ordered) >= 8, 60)
            connection.close()
            own_database.do(how)
            own_database.do("resume")
            back = time.monotonic()
            wait_until(lambda: load.ordered and load.ordered[-1] > back + WITHIN_SECONDS, 30)
        finally:
            load.stop()
    late = [moment - back for moment in load.errors if moment > back + WITHIN_SECONDS]
    assert not late
    assert Order.objects.count() >= len(load.ordered)
    keep_the_promises()
