import subprocess
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
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


class Server:
    """A server of this test's own, to be stopped and started as it likes."""

    def __init__(self, name: str, folder: Path):
        self.name, self.folder = name, folder
        self.do("start")
        self.url = (folder / "env").read_text().partition("=")[2].strip()

    def do(self, command: str) -> None:
        """stop, kill or resume."""
        script = str(settings.BASE_DIR / ".ci" / "servers")
        subprocess.run([script, command, str(self.folder), self.name], check=True, timeout=200)


@pytest.fixture
def servers():
    """Starts a server by its name: postgres, redis or elasticsearch. Their folder is one that other users can enter,
    which pytest's own is not: two of them refuse to run as root."""
    started = []
    with tempfile.TemporaryDirectory(prefix="karvan-servers-") as folder:

        def start(name: str) -> Server:
            started.append(Server(name, Path(folder)))
            return started[-1]

        try:
            yield start
        finally:
            for server in started:
                server.do("kill")
