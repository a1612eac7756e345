"""A demo shop of its own for each run: seeded with its pictures, served by gunicorn, looked at by Chromium."""

import os
import shutil
from pathlib import Path

import pytest

from tests.databases import template_file
from tests.live.site import Site


def pytest_collection_modifyitems(items):
    """One process runs all of these, so that the demo is seeded once."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("e2e"))


@pytest.fixture(scope="session")
def shop(tmp_path_factory, django_db_setup, django_db_blocker):
    """KARVAN_SEEDED names a folder where the seeded demo is kept, for working on these tests."""
    kept = os.environ.get("KARVAN_SEEDED")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("shop")
    site = Site(
        folder,
        workers=2,
        DATABASE_URL=f"sqlite:///{folder}/shop.sqlite3",
        LIVE_STATIC=f"{folder}/static",
        DEMO="1",
    )
    if not (folder / "static").exists():
        with django_db_blocker.unblock():
            migrated = template_file()
        seed(site, migrated)
    try:
        yield site.start()
    finally:
        site.kill()


def seed(site: Site, migrated: Path) -> None:
    if migrated.exists():
        shutil.copyfile(migrated, site.folder / "shop.sqlite3")
    site.manage("migrate", "--verbosity", "0")
    site.manage("seed_demo", "--no-orders", "--no-index")
    # Single pieces sell out: each test shall find its own.
    more = "from oscar.core.loading import get_model as m; m('partner', 'StockRecord').objects.update(num_in_stock=100)"
    site.manage("shell", "--verbosity", "0", "-c", more)
    site.manage("rebuild_search")
    site.manage("collectstatic", "--noinput", "--verbosity", "0")


@pytest.fixture
def page(browser_page, shop):
    """A new visitor's tab; `page.goto` takes paths of the shop."""
    return at(browser_page, shop)


@pytest.fixture
def new_page(browser, shop):
    """Opens a tab with cookies of its own, in a window of these properties."""
    windows = []

    def open_(**properties):
        windows.append(browser.new_context(**properties))
        windows[-1].set_default_timeout(15_000)
        return at(windows[-1].new_page(), shop)

    yield open_
    for window in windows:
        window.close()


def at(tab, shop: Site):
    visit = tab.goto
    tab.goto = lambda path: visit(path if path.startswith("http") else shop.url + path)
    return tab
