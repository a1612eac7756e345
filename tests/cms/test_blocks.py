"""What sections show, and that each can be previewed by editors."""

from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from artisans.models import Artisan
from cms import shelves
from cms.blocks import SHOP, WORDS, QuoteBlock
from cms.gathering import Gathered, Makers, Pieces
from cms.shelves import Reader
from shop.currency.rates import current_rates
from shop.listings.cards import cards_of, on_show
from shop.listings.services import Variant
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
    wanted = Pieces(country="UZ", craft="embroidery")
    titles = [card["title"] for card in Gathered(ENGLISH, [wanted]).pieces(wanted)]
    assert titles == ["Suzani"]


def test_a_suspended_maker_is_no_longer_quoted(rates):
    maker = factories.make_artisan()
    value = QuoteBlock().to_python({"text": "Wax first.", "maker": maker.pk})
    assert QuoteBlock().prepared(value, Gathered(ENGLISH))["maker"]["name"] == maker.name
    Artisan.objects.update(status=Artisan.SUSPENDED)
    value = QuoteBlock().to_python({"text": "Wax first.", "maker": maker.pk})
    assert QuoteBlock().prepared(value, Gathered(ENGLISH))["maker"] is None


def test_makers_are_named_with_their_place_in_the_readers_language(rates):
    maker = factories.make_artisan(place={"en": "Bukhara", "ru": "Бухара"}, country="UZ")
    card = shelves.maker_card(maker, Reader("ru", "USD"))
    assert (card["place"], card["country_name"]) == ("Бухара", "Узбекистан")


def test_each_section_gets_its_own_of_what_was_gathered_at_once(rates, django_assert_num_queries):
    uzbek, azeri = factories.make_artisan(country="UZ"), factories.make_artisan(country="AZ", currency="AZN")
    old, *_between, new = [factories.make_listing(uzbek, title=f"Bowl {n}", craft="ceramics") for n in range(4)]
    scarf = factories.make_listing(azeri, title="Scarf", craft="kelaghayi")
    chosen, newest, azeris = Pieces((old.pk, 987654, new.pk)), Pieces(how_many=2), Pieces(country="AZ")
    makers, gone = Makers((azeri.pk, uzbek.pk)), Pieces((987654,), how_many=1)
    current_rates()
    with django_assert_num_queries(2):
        found = Gathered(ENGLISH, [chosen, newest, azeris, gone, makers])
    ids = [[card["id"] for card in found.pieces(want)] for want in (chosen, newest, azeris, gone)]
    assert ids == [[old.pk, new.pk], [scarf.pk, new.pk], [scarf.pk], [scarf.pk]]
    assert [card["name"] for card in found.makers(makers)] == [azeri.name, uzbek.name]


def test_a_gathered_card_is_that_of_a_storefront(rates):
    maker = factories.make_artisan(country="UZ")
    sized = [Variant("S", Decimal(125000), 0), Variant("M", Decimal(250000), 2)]
    pieces = [
        factories.make_listing(maker, title="So‘zana", texts={"ru": ("Сюзане", "Ручная работа.")}),
        factories.make_listing(maker, title="Chopon", variants=sized),
        factories.make_listing(maker, title="Piyola", days_to_make=9, stock=0),
    ]
    for number, piece in enumerate(pieces * 2):
        factories.make_picture(piece, f"images/products/{number}.jpg")
    for language, currency in (("en", "USD"), ("ru", "UZS")):
        wanted = Pieces(tuple(piece.pk for piece in pieces))
        expected = cards_of(on_show().order_by("pk"), language, currency, current_rates())
        assert Gathered(Reader(language, currency), [wanted]).pieces(wanted) == expected


def test_a_suspended_makers_pieces_are_not_shown(rates):
    piece = factories.make_listing()
    Artisan.objects.update(status=Artisan.SUSPENDED)
    wanted = Pieces((piece.pk,))
    assert Gathered(ENGLISH, [wanted]).pieces(wanted) == []
