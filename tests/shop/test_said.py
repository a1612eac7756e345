"""HTML kept under what it says."""

from decimal import Decimal

import pytest
from django.utils import translation

from shop.said import Said
from tests.factories import make_artisan


@pytest.fixture
def said():
    return Said({"price": "includes/price.html"}, most=2)


def test_other_values_say_something_else(said):
    shown = [said({"amount": Decimal(amount), "currency": "USD"})["price"] for amount in (1, 2, 1)]
    assert ["$2" in amount for amount in shown] == [False, True, False]


def test_another_language_says_it_otherwise(said):
    values = {"amount": Decimal("1000.50"), "currency": "USD"}
    english = said(values)["price"]
    with translation.override("ru"):
        assert said(values)["price"] != english


def test_what_is_kept_is_not_made_again_and_the_oldest_goes(said):
    first = said({"text": "1"})
    assert said({"text": "1"}) is first
    said({"text": "2"}), said({"text": "3"})
    assert said({"text": "1"}) is not first and len(said.kept) == 2


def test_values_are_escaped_once(said):
    assert "&lt;b&gt;" in said({"text": "<b>"})["price"]


@pytest.mark.django_db
def test_what_could_change_unseen_is_refused(said):
    with pytest.raises(TypeError):
        said({"artisan": make_artisan()})
