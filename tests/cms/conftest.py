import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile

from cms.aliases import fill_locales
from cms.models import CountryPage, HomePage, PageImage, StoryIndexPage, StoryPage
from marketplace.roles import EDITORS, ensure_roles
from tests import factories
from tests.pictures import picture_bytes


@pytest.fixture
def home(db) -> HomePage:
    return HomePage.objects.get(locale__language_code="en")


@pytest.fixture
def image(db) -> PageImage:
    return PageImage.objects.create(title="Steppe", file=ContentFile(picture_bytes(), name="steppe.jpg"))


def publish(parent, page):
    """Adds a page, publishes it and opens it in all languages, as the editors' admin does."""
    type(parent).objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision().publish()
    fill_locales(page)
    return page


@pytest.fixture
def country_page(home, image):
    return publish(
        home, CountryPage(title="Crafts of Uzbekistan", slug="uzbekistan", intro="Silk.", country="UZ", picture=image)
    )


@pytest.fixture
def stories(home):
    return publish(home, StoryIndexPage(title="Stories", slug="stories"))


@pytest.fixture
def story(stories):
    body = [("text", "<p>Wax goes on first.</p>"), ("quote", {"text": "Even I do not know.", "maker": None})]
    return publish(stories, StoryPage(title="Wax and silk", slug="wax", intro="Printed.", country="AZ", body=body))


@pytest.fixture
def editor(client, db):
    ensure_roles()
    user = factories.make_user("editor@example.org")
    user.groups.add(Group.objects.get(name=EDITORS))
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return user
