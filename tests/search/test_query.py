import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.base import SearchQuery
from search.plans import Filters
from search.prices import find_limits
from search.query import plan

RATES = (("KZT", 0.002), ("AZN", 0.6), ("UZS", 0.00008), ("EUR", 1.1))


def first(text, language="en", **values):
    made = plan(SearchQuery(text=text, language=language, rates=RATES, **values))
    return next(iter(made.steps)), made


def labels(text, language="en"):
    return [group.label for group in first(text, language)[0].groups]


@pytest.mark.parametrize(
    ("text", "language", "least", "most", "currency"),
    [
        ("suzani under $50", "en", None, 50, "USD"), ("до 5000 тенге", "ru", None, 5000, "KZT"),
        ("5 000 теңгеге дейін", "kk", None, 5000, "KZT"), ("от 10 до 50 $", "ru", 10, 50, "USD"),
        ("$10-$50 bowl", "en", 10, 50, "USD"), ("100 manatdan ucuz", "az", None, 100, "AZN"),
        ("100 manat", "tk", None, 100, "TMT"), ("50000 so‘mgacha", "uz", None, 50000, "UZS"), 
        ("300 сом", "ky", None, 300, "KGS"),
        ("over 20 euro", "en", 20, None, "EUR"), ("до 200 сомонӣ", "tg", None, 200, "TJS"), 
        ("up to 12.50 usd", "en", None, 12.5, "USD"),
    ],
)  # fmt: skip
def test_a_price_is_understood(text, language, least, most, currency):
    limits = find_limits(text, language)
    assert (limits.least, limits.most, limits.currency) == (least, most, currency)


@pytest.mark.parametrize("text", ["12 plates", "carpet 200 x 300", "1920s ring", "suzani", ""])
def test_a_bare_number_is_no_price(text):
    assert find_limits(text, "en") is None


def test_a_price_filters_in_dollars_and_leaves_the_words():
    step, made = first("кілем 5000 теңгеге дейін", "kk")
    assert made.filters == Filters(None, 10.0)
    assert [group.label for group in step.groups] == ["carpet"]
    assert [(chip.kind, chip.text) for chip in made.chips if chip.hard] == [("price_max", "5000 теңгеге дейін")]


def test_a_price_alone_lists_what_it_buys():
    made = plan(SearchQuery(text="under $20"))
    assert list(made.steps) == [] and not made.nothing and made.filters.most_usd == 20


def test_a_currency_without_a_rate_is_not_guessed():
    assert plan(SearchQuery(text="bowl up to 100 TMT")).filters == Filters()


def test_a_price_without_a_currency_is_in_the_shoppers():
    query = SearchQuery(text="до 5000", language="ru", currency="KZT", rates=RATES)
    assert plan(query).filters.most_usd == 10.0


def test_words_of_all_kinds_are_read():
    assert labels("казахские украшения", "ru") == ["kazakh", "jewellery"]
    assert labels("azərbaycan xalçası", "az") in (
        ["azerbaijani-carpet"],
        ["azerbaijani", "carpet"],
        ["azerbaijan", "carpet"],
    )


def test_what_says_how_only_ranks_beside_what_says_what():
    groups = {group.label: group.required for group in first("handmade suzani")[0].groups}
    assert groups["suzani"] and not all(groups.values())
    assert all(group.required for group in first("handmade")[0].groups)


def test_a_chip_for_each_thing_understood():
    chips = {chip.kind: chip.value for chip in first("uzbek suzani under $50")[1].chips}
    assert chips == {"country": "UZ", "concept": "suzani", "price_max": "50.00"}


def test_a_concept_taken_away_is_read_as_plain_words():
    step, made = first("suzani", ignored=frozenset({"concept:suzani"}))
    assert made.chips == () and step.groups[0].label == "suzani"
    assert not any(token.startswith("c:") for option in step.groups[0].options for token in option.tokens)


def test_only_the_last_resort_corrects():
    steps = list(plan(SearchQuery(text="carppet")).steps)
    assert [step.otherwise for step in steps] == [False, False, True]
    assert steps[-1].suggestion == "carpet"


def test_stopwords_count_only_when_alone():
    assert labels("a ring for my mother")[0] == "ring"
    assert len(first("the")[0].groups) == 1


def test_signs_alone_find_nothing():
    assert plan(SearchQuery(text="?!")).nothing


def test_a_text_too_long_is_refused_with_a_reason():
    with pytest.raises(ValueError, match="500"):
        SearchQuery(text="a" * 501)


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=120), st.sampled_from(["en", "ru", "kk", "uz", "az", "xx"]))
def test_any_text_gives_a_plan(text, language):
    made = plan(SearchQuery(text=text, language=language, rates=RATES))
    for step in made.steps:
        assert all(0 < option.weight <= 1.1 for group in step.groups for option in group.options)
        assert len(step.groups) <= 24
