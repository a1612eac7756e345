"""The demo shop that browsers look at: as in production (gunicorn, DEBUG off), static files collected."""

import shutil
from pathlib import Path

from tests.live.site import Site


def demo_site(folder: Path) -> Site:
    return Site(
        folder,
        workers=2,
        DATABASE_URL=f"sqlite:///{folder}/shop.sqlite3",
        LIVE_STATIC=f"{folder}/static",
        DEMO="1",
    )


def seed(site: Site, migrated: Path | None = None) -> None:
    """Fills the shop, unless that was done before; `migrated`: an empty database to start from."""
    site.manage("collectstatic", "--noinput", "--verbosity", "0")
    done = site.folder / "seeded"
    if migrated and migrated.exists() and not done.exists():
        shutil.copyfile(migrated, site.folder / "shop.sqlite3")
    site.manage("migrate", "--verbosity", "0")
    if done.exists():
        return
    site.manage("seed_demo", "--no-orders", "--no-index")
    # Single pieces sell out: each test shall find its own.
    more = "from oscar.core.loading import get_model as m; m('partner', 'StockRecord').objects.update(num_in_stock=100)"
    site.manage("shell", "--verbosity", "0", "-c", more)
    site.manage("rebuild_search")
    done.touch()
