"""The demo's pages: home, a page and a story for each country, terms and the rest."""

from collections.abc import Callable


def seed_pages(say: Callable[[str], None]) -> None:
    """Creates the editorial pages that are missing."""
