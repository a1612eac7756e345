"""A demo shop of its own for each run: seeded with its pictures, served by gunicorn, looked at by Chromium."""

import os
from pathlib import Path

import pytest

from tests.databases import template_file
from tests.e2e.seeding import demo_site, seed
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
    site = demo_site(Path(kept) if kept else tmp_path_factory.mktemp("shop"))
    with django_db_blocker.unblock():
        seed(site, template_file())
    try:
        yield site.start()
    finally:
        site.kill()


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
