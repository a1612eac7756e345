"""Every editors' page is found in every language, says whose words it speaks, and leads to its translations."""

import datetime

import pytest
from django.conf import settings

from cms.models import TextPage
from tests.cms.conftest import publish

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_opens_in_every_language(client, home, language):
    response = client.get(f"/{language}/")
    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_nobody_translated_speaks_english_and_says_so(client, country_page, language):
    html = client.get(f"/{language}/uzbekistan/").content.decode()
    marked = '<h1 lang="en">Crafts of Uzbekistan</h1>' in html
    assert marked == (language != "en")
    assert '<p class="lead" lang="en">' in html or language == "en"


def test_pages_lead_to_their_other_languages(client, story):
    html = client.get("/ru/stories/wax/").content.decode()
    assert f'<link rel="canonical" href="{settings.SITE_URL}/ru/stories/wax/">' in html
    for language in LANGUAGES:
        assert f'hreflang="{language}" href="{settings.SITE_URL}/{language}/stories/wax/"' in html


def test_a_shared_link_shows_title_words_and_picture(client, country_page, image):
    html = client.get("/en/uzbekistan/").content.decode()
    assert '<meta property="og:title" content="Crafts of Uzbekistan">' in html
    assert '<meta name="description" content="Silk.">' in html
    assert f'content="{settings.SITE_URL}/pictures/{image.reference}/1280.jpg"' in html


def test_story_index_lists_stories_in_the_readers_language(client, story):
    html = client.get("/kk/stories/").content.decode()
    assert 'href="/kk/stories/wax/"' in html


def test_terms_say_since_when_they_are_in_force(client, home):
    terms = TextPage(
        title="Terms", slug="terms", version=datetime.date(2026, 11, 1), body=[("text", "<h2>Who sells</h2>")]
    )
    publish(home, terms)
    html = client.get("/ru/terms/").content.decode()
    assert "1 ноября 2026" in html
    assert '<div class="prose section-words" lang="en"><h2' in html


def test_readers_are_told_when_a_text_is_not_in_their_language(client, home):
    publish(home, TextPage(title="Terms", slug="terms"))
    assert "long-read__note" in client.get("/tk/terms/").content.decode()
    assert "long-read__note" not in client.get("/en/terms/").content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_page_helps_on_in_the_readers_language(client, home, language):
    response = client.get(f"/{language}/nothing-is-here/")
    assert response.status_code == 404
    html = response.content.decode()
    assert f'<html lang="{language}">' in html
    assert f'href="/{language}/catalogue/"' in html


def test_an_unpublished_page_is_not_found(client, country_page):
    country_page.unpublish()
    assert client.get("/en/uzbekistan/").status_code == 404
