"""Every address of the site refuses a form without its token, signed webhooks apart. Walked over the URL table."""

from itertools import product

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import Resolver404, URLPattern, get_resolver, resolve
from django.utils import translation
from django.utils.regex_helper import normalize

pytestmark = pytest.mark.django_db
# The gateway signs these instead; there is no cookie that a stranger's page could ride on.
SIGNED = {"webhook"}
# What a parameter of an address may be, until the address leads to the view in question.
SAMPLES = ["1", "x", "x/", "00000000-0000-0000-0000-000000000001"]
# An address of Oscar's that our search page covers, and three ways to sign in that ours covers.
COVERED = {"catalogue:index", "wagtailadmin_login", "wagtailadmin_password_reset", "dashboard:login"}


def views(resolver, prefix: str = "", namespace: str = ""):
    """(name, path with %(parameters)s, its parameters, view) of every URL."""
    for entry in resolver.url_patterns:
        for path, parameters in normalize(entry.pattern.regex.pattern.replace("\\Z", "")):
            if isinstance(entry, URLPattern):
                yield namespace + (entry.name or path), prefix + path, parameters, entry.callback
        if not isinstance(entry, URLPattern):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            for path, _parameters in normalize(entry.pattern.regex.pattern):
                yield from views(entry, prefix + path, inner)


def address(path: str, view) -> str | None:
    """An address that leads to this view; None for one that another view covers whatever its parameters."""
    names = sorted({part.split(")")[0] for part in path.split("%(")[1:]})
    for values in product(SAMPLES, repeat=len(names)):
        tried = "/" + path % dict(zip(names, values, strict=True))
        try:
            if resolve(tried).func is view:
                return tried
        except Resolver404:
            continue
    return None


@pytest.fixture
def table():
    """[(name, address)] of the whole site."""
    translation.activate("en")
    return [(name, address(path, view)) for name, path, _parameters, view in views(get_resolver())]


def test_every_address_of_the_site_is_walked(table):
    assert {name for name, path in table if path is None} == COVERED
    assert len(table) > 300


def test_a_form_without_its_token_is_refused_everywhere(table):
    client = Client(enforce_csrf_checks=True)
    client.force_login(get_user_model().objects.create_superuser("admin@example.org", "caravan-of-makers"))
    taken = [
        (name, path, status)
        for name, path in table
        if path and name not in SIGNED and (status := client.post(path).status_code) != 403
    ]
    assert taken == []


def test_a_webhook_without_its_signature_is_refused():
    assert (
        Client(enforce_csrf_checks=True).post("/webhooks/sandbox/", b"{}", content_type="application/json").status_code
        == 400
    )
