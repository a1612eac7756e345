"""The demo's pages: all there, in every language, once."""

import pytest
from PIL import Image
from wagtail.models import Page

from cms.models import CountryPage, HomePage, StoryPage
from marketplace.demo import data, pages
from marketplace.demo.data import stories
from tests import factories

TEXTS = ("about", "contact", "privacy", "returns", "terms")
COUNTRIES = ("kazakhstan", "kyrgyzstan", "tajikistan", "turkmenistan", "uzbekistan", "azerbaijan")


@pytest.fixture
def drawn(rates, monkeypatch):
    """Small pictures, so that the tests do not wait for drawings."""
    monkeypatch.setattr(pages, "draw_scene", lambda *args: Image.new("RGB", (160, 90), "#2a3d72"))
    monkeypatch.setattr(pages, "_close_up", lambda *args: Image.new("RGB", (160, 100), "#98261f"))
    factories.make_listing(upc="UZ-0018", title="Chopon")


@pytest.fixture
def seeded(drawn, monkeypatch):
    """The demo's pages, with two countries."""
    monkeypatch.setattr(data, "stories", lambda: [story for story in stories() if story["country"] in ("UZ", "AZ")])
    pages.seed_pages(lambda text: None)


def test_every_page_of_header_and_footer_opens_in_every_language(client, drawn):
    said = []
    pages.seed_pages(said.append)
    for language in ("en", "ru", "kk", "ky", "uz", "tg", "tk", "az"):
        for path in ("", "stories/", *(f"{slug}/" for slug in TEXTS + COUNTRIES)):
            assert client.get(f"/{language}/{path}").status_code == 200, f"/{language}/{path}"
    assert said == ["77 pages"]


def test_pages_speak_the_languages_they_were_written_in(client, seeded):
    assert "Who sells" in client.get("/en/terms/").content.decode()
    assert "Кто продаёт" in client.get("/ru/terms/").content.decode()
    assert "Кім сатады" in client.get("/kk/terms/").content.decode()
    assert '<h1 lang="en">Terms of sale</h1>' in client.get("/tg/terms/").content.decode()
    assert (
        '<a href="mailto:privacy@karvan.example">privacy@karvan.example</a>'
        in client.get("/en/privacy/").content.decode()
    )
    uzbek = CountryPage.objects.get(slug="uzbekistan", locale__language_code="uz")
    assert (uzbek.alias_of_id, uzbek.language) == (None, "uz")
    assert StoryPage.objects.filter(alias_of=None, country="UZ").count() == 4


def test_seeding_again_leaves_what_editors_wrote(seeded):
    home = HomePage.objects.get(locale__language_code="en")
    HomePage.objects.filter(pk=home.pk).update(hero_title="Ours now")
    before = Page.objects.count()
    pages.seed_pages(lambda text: None)
    assert Page.objects.count() == before
    assert HomePage.objects.get(pk=home.pk).hero_title == "Ours now"
