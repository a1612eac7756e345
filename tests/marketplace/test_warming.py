"""A process is made ready before it is asked."""

import gc

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from marketplace import warming
from tests import factories

pytestmark = pytest.mark.usefixtures("rates")


@pytest.fixture
def asked(monkeypatch, settings):
    """Paths and what they answered."""
    settings.SITE_URL, settings.ALLOWED_HOSTS, found = "https://testserver", ["testserver"], {}
    ask = warming._ask
    monkeypatch.setattr(warming.connections, "close_all", lambda: None)
    monkeypatch.setattr(warming, "_ask", lambda application, path: found.setdefault(path, ask(application, path)))
    # As Django's own test client does: a test's connection is not closed between requests.
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield found
    gc.unfreeze()
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


def test_a_new_process_has_shown_a_page_of_each_kind_and_language(db, asked):
    piece = factories.make_listing()
    warming.warm(get_wsgi_application())
    assert set(asked.values()) == {"200 OK"}
    assert {"/en/", "/kk/catalogue/", "/en/basket/", f"/en/catalogue/{piece.slug}_{piece.pk}/"} <= asked.keys()


def test_what_cannot_be_reached_yet_does_not_keep_it_from_starting(db, asked, monkeypatch):
    monkeypatch.setattr(warming.engines, "warm", lambda: 1 / 0)
    warming.warm(get_wsgi_application())
    assert not asked


def test_a_shop_without_listings_starts_too(db, asked):
    warming.warm(get_wsgi_application())
    assert "/en/" in asked


def test_what_is_at_hand_is_left_alone_by_the_collector(db, asked):
    gc.unfreeze()
    warming.warm(get_wsgi_application())
    assert gc.get_freeze_count() > 100_000
