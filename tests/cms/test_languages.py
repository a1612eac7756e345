"""Pages exist in every language from the start, follow their original, and become translations when editors say so."""

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation

from cms.models import HomePage, StoryPage
from tests.cms.conftest import publish

LANGUAGES = {"en", "ru", "kk", "ky", "uz", "tg", "tk", "az"}


def by_language(page) -> dict:
    pages = type(page).objects.filter(translation_key=page.translation_key).select_related("locale")
    return {found.locale.language_code: found for found in pages}


def test_a_new_database_has_eight_languages_with_a_home_each(home):
    assert set(Locale.objects.values_list("language_code", flat=True)) == LANGUAGES
    assert set(by_language(home)) == LANGUAGES


def test_a_page_made_in_the_admin_opens_in_all_languages(client, editor, stories):
    form = {
        "title": "Felt", "slug": "felt", "intro": "", "country": "KG", "picture": "", "picture_alt": "",
        "body-count": 0, "seo_title": "", "search_description": "", "action-publish": "1",
        "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0, "go_live_at": "", "expire_at": "",
    }  # fmt: skip
    client.post(reverse("wagtailadmin_pages:add", args=["cms", "storypage", stories.pk]), form)
    pages = by_language(StoryPage.objects.get(slug="felt", locale__language_code="en"))
    assert set(pages) == LANGUAGES
    assert client.get("/tg/stories/felt/").status_code == 200


def test_aliases_follow_what_is_published(client, story):
    story.intro = "Printed in wax."
    story.save_revision().publish()
    assert "Printed in wax." in client.get("/uz/stories/wax/").content.decode()


def test_a_page_written_in_another_language_first_is_marked_with_it(client, home, stories):
    russian = Locale.objects.get(language_code="ru")
    publish(stories.get_translation(russian), StoryPage(title="Войлок", slug="felt", locale=russian))
    assert 'lang="ru">Войлок</h1>' in client.get("/en/stories/felt/").content.decode()
    assert ">Войлок</h1>" in client.get("/ru/stories/felt/").content.decode()


@pytest.fixture
def in_russian(client, editor, story):
    """The story after an editor pressed "Translate this page" and chose Russian."""
    russian = Locale.objects.get(language_code="ru")
    url = reverse("wagtail_localize:submit_page_translation", args=[story.pk])
    assert client.post(url, {"locales": [russian.pk]}).status_code == 302
    return by_language(story)["ru"]


def test_translating_turns_an_alias_into_a_page_of_its_own(story, in_russian):
    assert in_russian.alias_of_id is None
    assert in_russian.slug == "wax"
    assert by_language(story)["tg"].alias_of_id == story.pk


def test_what_translators_write_is_shown(client, story, in_russian):
    translation = Translation.objects.get(target_locale=in_russian.locale)
    for segment in translation.source.stringsegment_set.select_related("string", "context"):
        StringTranslation.objects.create(
            translation_of=segment.string, locale=in_russian.locale, context=segment.context, data="Сначала воск."
        )
    translation.save_target()
    html = client.get("/ru/stories/wax/").content.decode()
    assert ">Сначала воск.</h1>" in html
    assert "Even I do not know." not in html
    assert "Wax goes on first." in client.get("/az/stories/wax/").content.decode()


def test_homes_keep_their_addresses_when_translated(client, home):
    page = HomePage.objects.get(locale__language_code="kk")
    page.alias_of = None
    page.hero_title = "Керуен"
    page.save_revision().publish()
    html = client.get("/kk/").content.decode()
    assert 'id="hero-title">Керуен</h1>' in html
