"""What sections show, and that each can be previewed by editors."""

import pytest
from django.template.loader import render_to_string

from artisans.models import Artisan
from cms import shelves
from cms.blocks import SHOP, WORDS, QuoteBlock
from cms.shelves import Reader
from tests import factories

ENGLISH = Reader("en", "USD")


@pytest.mark.parametrize("name,block", WORDS + SHOP)
def test_every_section_has_a_preview(rates, rf, name, block):
    factories.make_listing()
    value = block.get_preview_value()
    context = block.get_preview_context(value)
    html = render_to_string(
        block.get_preview_template(value), {**context, "bound_block": block.bind(value)}, request=rf.get("/en/")
    )
    assert "<main" in html
    assert block.is_previewable


def test_a_craft_counts_the_pieces_below_it(rates):
    for craft in ("suzani", "suzani", "chakan", "knife"):
        factories.make_listing(craft=craft)
    tiles = {
        tile["id"]: tile["count"] for tile in shelves.craft_tiles(["suzani", "embroidery", "knife", "dombra"], ENGLISH)
    }
    assert tiles == {"suzani": 2, "embroidery": 3, "knife": 1}


def test_without_a_choice_the_fullest_crafts_are_shown(rates):
    for craft in ("knife", "suzani", "suzani"):
        factories.make_listing(craft=craft)
    assert [tile["id"] for tile in shelves.craft_tiles([], ENGLISH)] == ["suzani", "knife"]


def test_newest_pieces_keep_to_a_country_and_a_craft(rates):
    uzbek, azeri = factories.make_artisan(country="UZ"), factories.make_artisan(country="AZ", currency="AZN")
    factories.make_listing(uzbek, title="Suzani", craft="suzani")
    factories.make_listing(uzbek, title="Knife", craft="knife")
    factories.make_listing(azeri, title="Scarf", craft="kelaghayi")
    titles = [card["title"] for card in shelves.newest_cards(ENGLISH, 8, country="UZ", craft="embroidery")]
    assert titles == ["Suzani"]


def test_a_suspended_maker_is_no_longer_quoted(rates):
    maker = factories.make_artisan()
    value = QuoteBlock().to_python({"text": "Wax first.", "maker": maker.pk})
    assert QuoteBlock().prepared(value, ENGLISH)["maker"]["name"] == maker.name
    Artisan.objects.update(status=Artisan.SUSPENDED)
    value = QuoteBlock().to_python({"text": "Wax first.", "maker": maker.pk})
    assert QuoteBlock().prepared(value, ENGLISH)["maker"] is None


def test_makers_are_named_with_their_place_in_the_readers_language(rates):
    maker = factories.make_artisan(place={"en": "Bukhara", "ru": "Бухара"}, country="UZ")
    card = shelves.maker_card(maker, Reader("ru", "USD"))
    assert (card["place"], card["country_name"]) == ("Бухара", "Узбекистан")
