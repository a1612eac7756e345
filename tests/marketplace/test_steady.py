"""Tags that are worked out once for each language say what Django's say."""

import pytest
from django.template import engines
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from marketplace import steady
from shop.addresses import address_of

TAGS = [
    '{% translate "Basket" %}',
    '{% translate "Basket" as word %}[{{ word }}]',
    '{% translate "Basket"|upper %}',
    "{% translate word %}",
    '{% translate "100%% wool <b>" %}',
    "{% url 'basket:summary' %}",
    "{% url 'basket:summary' as there %}{{ there }}",
    "{% url 'not:there' as there %}[{{ there }}]",
    "{% url 'search:craft' 'suzani' %}",
    "{% url name %}",
]


@pytest.mark.parametrize("tag", TAGS)
def test_a_steady_tag_says_what_djangos_says_in_each_language(tag):
    ours = engines["django"].from_string("{% load i18n karvan %}" + tag)
    theirs = engines["django"].from_string("{% load i18n %}" + tag)
    context = {"word": "Search", "name": "search:crafts"}
    for language in ("en", "ru", "kk", "en", "ru"):
        with translation.override(language):
            assert ours.render(context) == theirs.render(context)


def test_a_steady_part_is_made_once_in_each_language():
    template = engines["django"].from_string("{% load karvan %}{% steady %}{{ seen }}{% endsteady %}")
    found = []
    for language, seen in (("en", 1), ("ru", 2), ("en", 3), ("ru", 4)):
        with translation.override(language):
            found.append(template.render({"seen": seen}))
    assert found == ["1", "2", "1", "2"]


def test_a_steady_part_is_made_once_for_each_of_its_values():
    template = engines["django"].from_string("{% load karvan %}{% steady a b.c %}{{ seen }}{% endsteady %}")
    found = []
    for seen, (a, c) in enumerate([("1", "x"), ("2", "x"), ("1", "y"), ("1", "x"), ("2", "x")], 1):
        found.append(template.render({"a": SimpleLazyObject(lambda a=a: a), "b": {"c": c}, "seen": seen}))
    assert found == ["1", "2", "3", "1", "2"]


def test_only_the_newest_are_kept(monkeypatch):
    monkeypatch.setattr(steady, "_MOST", 2)
    template = engines["django"].from_string("{% load karvan %}{% steady a %}{{ seen }}{% endsteady %}")
    assert [template.render({"a": a, "seen": seen}) for seen, a in enumerate("xyzx", 1)] == ["1", "2", "3", "4"]


def test_an_address_that_is_not_there_is_an_error_each_time():
    template = engines["django"].from_string("{% load karvan %}{% url 'not:there' %}")
    for _time in range(2):
        with pytest.raises(NoReverseMatch):
            template.render({})


@pytest.mark.parametrize("language", ["en", "kk"])
@pytest.mark.parametrize(
    ("name", "arguments"),
    [("catalogue:detail", ["a-rug_2", 7]), ("artisans:storefront", ["lola"]), ("search:country", ["ўз"])],
)
def test_an_address_is_what_django_writes(language, name, arguments):
    with translation.override(language):
        assert address_of(name, *arguments) == reverse(name, args=arguments)
