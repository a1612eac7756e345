from decimal import Decimal

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation


def rendered(source: str, language: str = "en", path: str = "/en/", **context) -> str:
    request = RequestFactory().get(path)
    with translation.override(language):
        return Template("{% load karvan %}" + source).render(Context({"request": request, **context}))


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "₼42.50"), ("az", "42,50\xa0₼"), ("tg", "42,50\xa0₼"), ("tk", "42,50\xa0₼")]
)
def test_money_is_written_as_the_reader_writes_it(language, shown):
    assert rendered("{% money amount 'AZN' %}", language, amount=Decimal("42.50")) == shown


def test_no_amount_is_no_text():
    assert rendered("{% money amount 'USD' %}", amount=None) == ""


LANGUAGES = "{% language_items %}"


def test_each_language_stands_in_its_own_name_and_keeps_the_address():
    shown = rendered(LANGUAGES, "kk", "/kk/catalogue/?q=silk&page=2")
    assert 'href="/kk/catalogue/?q=silk&amp;page=2" hreflang="kk" lang="kk" aria-current="true">Қазақша<' in shown
    assert 'href="/tg/catalogue/?q=silk&amp;page=2" hreflang="tg" lang="tg">Тоҷикӣ<' in shown
    assert shown.count("<li>") == 8


def test_an_address_without_language_leads_to_each_first_page():
    assert 'href="/uz/"' in rendered(LANGUAGES, path="/sandbox/pay/1/")


def test_query_links_replace_and_remove():
    assert rendered("{% query_with page=2 sort=None %}", path="/en/?sort=price&q=a%26b&page=7") == "?q=a%26b&amp;page=2"
    assert rendered("{% query_without 'craft' 'ikat' %}", path="/en/?craft=ikat&craft=silk&page=3") == "?craft=silk"


def test_what_a_shopper_typed_cannot_break_out_of_a_link():
    assert "<script" not in rendered(LANGUAGES, path='/en/?q="><script>')
    assert "<" not in rendered("{% query_with page=2 %}", path='/en/?q="><script>')


def test_a_page_that_editors_have_not_made_still_has_an_address():
    assert rendered("{% page_url 'terms' %}", "ru") == "/ru/terms/"
    assert rendered("{% page_url %}", "ru") == "/ru/"


def test_a_picture_is_offered_in_both_modern_formats_and_no_wider_than_shown():
    shown = rendered("{% picture_sources 7 'card' %}")
    assert "/pictures/7/320.avif 320w" in shown and "/pictures/7/640.webp 640w" in shown
    assert "1280" not in shown and 'sizes="' in shown


def test_names_of_crafts_countries_and_languages():
    assert rendered("{{ 'UZ'|country_name }} {{ 'uz'|own_language_name }}", "tg") == "Ӯзбекистон Oʻzbekcha"
    assert rendered("{{ 'uz'|language_name }}", "ru") == "узбекский"
    assert rendered("{{ 'suzani'|craft_name }}", "uz") != "suzani"
