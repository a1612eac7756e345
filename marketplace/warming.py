"""Making a new process ready, so that its start waits for what its first visitors would.

A process that has answered nothing has no routes, templates, words, exchange rates, vocabulary or index at hand: its
first page takes a second or more. `warm()` has it show its own front page, a list, a listing and a basket, in each
language's words, before the server says that it is ready.

What is at hand then stays, so the garbage collector is told to leave it alone: to look through half a million objects
of vocabulary, index and templates took 0.3 s in the middle of somebody's page. It also keeps them shared by the
processes that a server forks.
"""

import gc
import logging
from collections.abc import Callable, Iterator
from io import BytesIO
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connections
from oscar.core.loading import get_model

from search import engines

log = logging.getLogger(__name__)
# Every page reads the words of its language; one page of each is enough to have them at hand.
_FULL = "en"


def warm(application: Callable) -> None:
    """Asks `application` (WSGI) for a few pages. Never raises: one not warmed serves too."""
    try:
        engines.warm()
        for path in _paths():
            status = _ask(application, path)
            if not status.startswith(("200", "30")):
                log.warning("Warming: %s answered %s", path, status)
    except Exception:
        log.warning("This process could not be warmed.", exc_info=True)
    finally:
        # What a server forks from here must not share a connection.
        connections.close_all()
        gc.collect()
        gc.freeze()


def _paths() -> Iterator[str]:
    yield from (f"/{code}/catalogue/" for code, _name in settings.LANGUAGES)
    yield from (f"/{_FULL}/", f"/{_FULL}/catalogue/?q=suzani", f"/{_FULL}/basket/")
    yield from filter(None, [_some_listing()])


def _some_listing() -> str:
    listings = get_model("catalogue", "Product").objects.filter(is_public=True, listing__isnull=False)
    found = listings.values_list("slug", "pk").first()
    return f"/{_FULL}/catalogue/{found[0]}_{found[1]}/" if found else ""


def _ask(application: Callable, path: str) -> str:
    """The status of a page, asked as a visitor without cookies would."""
    site, (address, _, query) = urlsplit(settings.SITE_URL), path.partition("?")
    statuses: list[str] = []
    response = application(
        {
            "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": address, "QUERY_STRING": query,
            "SERVER_NAME": site.hostname, "SERVER_PORT": str(site.port or 80), "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": site.netloc, "REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": site.scheme,
            "wsgi.input": BytesIO(), "wsgi.errors": None, "HTTP_ACCEPT_ENCODING": "gzip",
        },
        lambda status, headers, *error: statuses.append(status),
    )  # fmt: skip
    response.close()
    return statuses[0]
