"""A demo shop of its own for each run: seeded, served by gunicorn, looked at by Chromium."""

import pytest

from tests.live.fixtures import browser, browser_page  # noqa: F401 - fixtures
from tests.live.site import Site


@pytest.fixture(scope="session")
def shop(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shop")
    site = Site(folder, DATABASE_URL=f"sqlite:///{folder}/shop.sqlite3", DEMO="1")
    site.manage("migrate", "--verbosity", "0")
    site.manage("seed_demo", "--no-pictures", "--no-index")
    # Single pieces sell out: each test shall find its own.
    more = "from oscar.core.loading import get_model as m; m('partner', 'StockRecord').objects.update(num_in_stock=100)"
    site.manage("shell", "--verbosity", "0", "-c", more)
    site.manage("rebuild_search")
    try:
        yield site.start()
    finally:
        site.kill()


@pytest.fixture
def page(browser_page, shop):  # noqa: F811
    """A new visitor's tab; `page.goto` takes paths of the shop."""
    visit = browser_page.goto
    browser_page.goto = lambda path: visit(path if path.startswith("http") else shop.url + path)
    return browser_page
