"""Oscar's dashboard is whole for an administrator: every page that it links to opens."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from shop.listings.services import Variant
from tests.factories import make_artisan, make_listing, make_picture, make_user, pay, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rates")]


@pytest.fixture
def administrator(client):
    user = get_user_model().objects.create_superuser("admin@example.org", "caravan-of-makers")
    client.force_login(user)
    return user


@pytest.fixture
def busy_shop():
    artisan = make_artisan(user=make_user())
    product = make_listing(artisan)
    make_picture(product)
    make_listing(artisan, variants=[Variant("S", 10, 1), Variant("M", 12, 1)])
    pay(place(product, user=make_user("shopper@example.org")))
    place(product)


def dashboard_pages(resolver=None, namespace: str = ""):
    """Names of the dashboard's pages; signing in is none for who is in, signing out is a POST."""
    for entry in (resolver or get_resolver()).url_patterns:
        if not isinstance(entry, URLPattern):
            yield from dashboard_pages(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        elif namespace.startswith("dashboard:") and entry.name and entry.name not in ("login", "logout"):
            yield namespace + entry.name


def test_every_page_without_an_object_opens(client, administrator, busy_shop):
    answers = {}
    for name in sorted(set(dashboard_pages())):
        try:
            answers[name] = client.get(reverse(name)).status_code
        except NoReverseMatch as missing:
            # Only a page about one object, which has no address without it; a link that is missing is a fault.
            assert "with no arguments" in str(missing) and f"'{name.split(':')[-1]}'" in str(missing), (name, missing)
    assert len(answers) > 30
    # A redirect leads on: later steps of a wizard go back to its first.
    assert {name: status for name, status in answers.items() if status not in (200, 302)} == {}


def test_every_page_that_is_linked_opens(client, administrator, busy_shop):
    seen, waiting, broken = set(), [reverse("dashboard:index")], []
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        response = client.get(path)
        if response.status_code not in (200, 302):
            broken.append((path, response.status_code))
        if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
            waiting += [link for link in re.findall(r'href="(/dashboard/[^"?#]*)', response.content.decode())]
    assert broken == []
    assert len(seen) > 40
