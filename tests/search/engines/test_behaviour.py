"""What every engine promises. Both run the same tests."""

import time
from dataclasses import replace

import pytest

from search.engines.base import SearchQuery
from tests.search.listings import found, listing

BORDERS = [
    listing(1, "So‘zana, qo‘lda tikilgan", "uz", craft="suzani", country="UZ"),
    listing(2, "Сӯзании кӯҳна", "tg", craft="suzani", country="TJ", maker="nodira"),
    listing(3, "Handmade carpet", "en", craft="carpet", country="TM", maker="ogul", materials=("wool",)),
    listing(4, "Gümüş üzük", "az", craft="ring", country="AZ", maker="rena", materials=("silver",), price_usd=20.0),
    listing(5, "Күміс жүзік", "kk", craft="ring", country="KZ", maker="aigul", materials=("silver",), price_usd=90.0),
    listing(6, "Tar musiqa asbobi", "az", craft="tar", country="AZ", maker="rena", ready=False),
    listing(7, "Tarelka", "uz", craft="plate", country="UZ"),
]


@pytest.fixture
def shop(engine):
    engine.rebuild(BORDERS)
    return engine


@pytest.mark.parametrize(
    ("text", "language"),
    [("suzani", "en"), ("сюзане", "ru"), ("сюзане", "kk"), ("so'zana", "uz"), ("сўзана", "uz"), ("suzanis", "en")],
)
def test_a_craft_is_found_across_borders_and_scripts(shop, text, language):
    assert set(found(shop, text, language)[:2]) == {1, 2}


@pytest.mark.parametrize("text", ["gumus", "күміс", "кумис", "silver", "серебряный", "kumush"])
def test_a_material_is_found_without_the_right_keyboard(shop, text):
    assert set(found(shop, text, "ru")) >= {4, 5}


def test_the_shoppers_own_word_comes_first(shop):
    assert found(shop, "so‘zana", "uz")[0] == 1
    assert found(shop, "сӯзанӣ", "tg")[0] == 2


def test_a_slip_of_the_fingers_is_forgiven_and_named(shop):
    result = shop.search(SearchQuery(text="сзане", language="ru"))
    assert {hit.document.id for hit in result.hits[:2]} == {1, 2}
    assert result.suggestion == "сюзане"


def test_a_slip_in_a_word_that_only_listings_have_is_forgiven(engine):
    engine.rebuild([listing(1, "Bowl from Kattakurgan")])
    assert found(engine, "katakurgan") == [1]


def test_tar_is_an_instrument_and_no_beginning(shop):
    assert found(shop, "tar", "az") == [6]


def test_nonsense_finds_nothing(shop):
    result = shop.search(SearchQuery(text="qxzvw jjkpq"))
    assert (result.total, result.hits, result.suggestion) == (0, [], None)


def test_a_robe_and_a_dress_of_the_same_letters_are_told_apart(engine):
    engine.rebuild([listing(1, "Don", "az", craft="dress"), listing(2, "Don", "tk", craft="robe")])
    assert found(engine, "халат", "ru") == [2]


def test_words_narrow_each_other(shop):
    assert found(shop, "silver ring", "en", page_size=2) == [5, 4]
    assert set(found(shop, "silver ring")) == {4, 5}


def test_an_unknown_word_beside_a_known_one_does_not_hide_everything(shop):
    assert set(found(shop, "suzani grandmotherly")[:2]) == {1, 2}


def test_a_nationality_narrows_to_its_country(shop):
    assert found(shop, "казахское серебро", "ru")[0] == 5
    assert set(found(shop, "Азербайджан", "ru")) == {4, 6}


def test_a_price_in_words_limits(shop):
    result = shop.search(SearchQuery(text="кольцо до 50 $", language="ru"))
    assert [hit.document.id for hit in result.hits] == [4]
    assert [(chip.kind, chip.value) for chip in result.chips if chip.hard] == [("price_max", "50.00")]


def test_a_chip_taken_away_no_longer_limits(shop):
    query = SearchQuery(text="кольцо до 50 $", language="ru", ignored=frozenset({"price_max"}))
    assert {hit.document.id for hit in shop.search(query).hits} == {4, 5}


def test_no_text_lists_everything(shop):
    result = shop.search(SearchQuery())
    assert result.total == len(result.hits) == len(BORDERS)


def test_filters_are_alternatives_within_and_limits_between(shop):
    both = {"crafts": frozenset({"ring", "tar"})}
    assert set(found(shop, **both)) == {4, 5, 6}
    assert set(found(shop, **both, countries=frozenset({"AZ"}))) == {4, 6}
    assert found(shop, **both, countries=frozenset({"AZ"}), ready=True) == [4]
    assert found(shop, makers=frozenset({"ogul"})) == [3]
    assert set(found(shop, price_min_usd=20.0, price_max_usd=49.0)) == {4}


def test_a_craft_holds_its_special_crafts(shop):
    assert set(found(shop, crafts=frozenset({"textile"}))) == {1, 2}


def test_facet_counts_leave_their_own_selection_aside(shop):
    facets = shop.search(SearchQuery(crafts=frozenset({"ring"}), countries=frozenset({"AZ"}))).facets
    assert facets["country"] == {"AZ": 1, "KZ": 1}
    assert facets["craft"] == {"jewellery": 1, "ring": 1, "instrument": 1, "tar": 1}
    assert facets["material"] == {"silver": 1}
    assert facets["ready"] == {"true": 1}
    assert facets["price"] == {"min": 20.0, "max": 20.0}


def test_facets_count_what_the_text_finds(shop):
    facets = shop.search(SearchQuery(text="ring")).facets
    assert facets["country"] == {"AZ": 1, "KZ": 1}
    assert facets["maker"] == {"rena": 1, "aigul": 1}


def test_orders(engine):
    days = {1: 30, 2: 10, 3: 20}
    engine.rebuild(
        listing(id, "Bowl", price_usd=price, created=1_700_000_000 + days[id] * 86_400)
        for id, price in ((1, 5.0), (2, 30.0), (3, 9.0))
    )
    assert found(engine, sort="price") == [1, 3, 2]
    assert found(engine, sort="-price") == [2, 3, 1]
    assert found(engine, sort="newest") == [1, 3, 2]
    assert found(engine, "bowl", sort="price") == [1, 3, 2]


def test_pages_hold_every_listing_once(engine):
    engine.rebuild(listing(id, f"Bowl {id}", maker=f"m{id % 3}") for id in range(1, 31))
    for values in ({}, {"text": "bowl"}, {"sort": "price"}):
        pages = [found(engine, page=page, page_size=7, **values) for page in range(1, 6)]
        assert sorted(sum(pages, [])) == list(range(1, 31))
        assert found(engine, page=6, page_size=7, **values) == []


def test_no_maker_fills_the_first_page(engine):
    many = [listing(id, "Bowl", maker="busy", quality=1.0) for id in range(1, 40)]
    engine.rebuild([*many, *(listing(100 + n, "Bowl", maker=f"new-{n}", quality=0.2) for n in range(8))])
    makers = [hit.document.maker for hit in engine.search(SearchQuery(page_size=12)).hits]
    assert makers.count("busy") < 8 and len(set(makers)) > 4


def test_what_is_in_stock_comes_before_what_is_not(engine):
    engine.rebuild([listing(1, "Bowl", in_stock=False), listing(2, "Bowl")])
    assert found(engine, "bowl") == found(engine) == [2, 1]
    assert found(engine, in_stock=True) == [2]


def test_a_change_is_found_at_once(shop):
    shop.index([listing(3, "Copper jug", price_usd=7.0), listing(8, "Teapot")])
    assert found(shop, "carpet") == []
    assert found(shop, "jug")[:1] == [3] and found(shop, "teapot")[:1] == [8]
    assert shop.count() == len(BORDERS) + 1


def test_a_deletion_is_seen_at_once(shop):
    shop.delete([1, 2, 999])
    assert found(shop, "suzani") == []
    assert shop.ids() == {3, 4, 5, 6, 7}
    assert "UZ" not in shop.search(SearchQuery(crafts=frozenset({"suzani"}))).facets["country"]


def test_a_rebuild_replaces_everything_and_tells_its_progress(shop):
    told = []
    assert shop.rebuild([listing(50, "Spoon")], told.append) == 1
    assert shop.ids() == {50} and told[-1] == 1
    assert found(shop) == [50]


def test_the_old_index_answers_while_the_new_one_is_built(shop):
    def slowly():
        yield listing(50, "Spoon")
        assert len(found(shop)) == len(BORDERS)

    shop.rebuild(slowly())
    assert found(shop) == [50]


def test_a_change_during_a_rebuild_is_not_lost(shop):
    def meanwhile():
        yield listing(1, "Old spoon")
        shop.index([listing(1, "New ladle")])
        shop.delete([2])
        yield listing(2, "Sold spoon")
        yield listing(3, "Spoon")

    shop.rebuild(meanwhile())
    assert shop.ids() == {1, 3}
    assert shop.get([1])[0].titles == {"en": "New ladle"}


def test_the_generation_changes_with_the_content(shop):
    before = shop.generation()
    assert shop.generation() == before
    shop.index([listing(1, "Bowl")])
    after = shop.generation()
    shop.delete([1])
    assert len({before, after, shop.generation()}) == 3


def test_documents_come_back_as_they_went_in(shop):
    assert shop.get([5, 999, 1]) == [BORDERS[4], BORDERS[0]]


def test_kin_of_a_listing(shop):
    kin = found(shop, similar_to=1)
    assert kin[0] == 2 and 1 not in kin
    assert found(shop, similar_to=999) == []


def test_a_listing_can_be_left_out(shop):
    assert 4 not in found(shop, "ring", exclude=4)


def test_suggestions_name_crafts_countries_makers_and_listings(shop):
    kinds = {(one.kind, one.value) for text in ("suz", "Uzb", "nod", "gum") for one in shop.suggest(text, "en")}
    assert {("craft", "suzani"), ("country", "UZ"), ("maker", "nodira"), ("listing", "4")} <= kinds
    assert shop.suggest("", "en") == shop.suggest("?!", "en") == []


def test_a_craft_is_suggested_in_the_readers_language(shop):
    assert [one.text for one in shop.suggest("suza", "ru") if one.kind == "craft"] == ["Сюзане"]


@pytest.mark.parametrize(
    "text",
    [
        "\x00\x01", "🧶🧵", '"unbalanced', "title:(a OR b", "*", "?", "a AND", "'; DROP TABLE document_1; --", "\\",
        "\u202eabc",
        "NEAR(a b)", "e:en:suzani", "-suzani", "a" * 500, "ab " * 166, "١٢٣", "漢字",
        "%_", "\ud800", "[1 TO *]", "$", "до",
    ],
)  # fmt: skip
def test_any_text_gets_an_answer(shop, text):
    result = shop.search(SearchQuery(text=text))
    assert result.total == len(result.hits) or result.total > 24
    assert isinstance(shop.suggest(text, "en"), list)


def test_an_empty_index_answers(engine):
    assert found(engine) == found(engine, "suzani") == []
    assert engine.count() == 0 and engine.ping()


def test_an_older_state_that_comes_late_changes_nothing(engine):
    engine.index([listing(1, "New bowl", read_at=2_000), listing(2, "Plate", read_at=2_000)])
    engine.index([listing(1, "Old bowl", read_at=1_000)])
    engine.update([listing(2, "Plate", price_usd=1.0, read_at=1_000)])
    engine.delete([2], read_at=1_500)
    assert [one.titles["en"] for one in engine.get([1, 2])] == ["New bowl", "Plate"]
    assert engine.get([2])[0].price_usd == 50.0
    engine.delete([1], read_at=3_000)
    engine.index([listing(1, "Old bowl", read_at=2_500)])
    assert engine.ids() == {2}


def test_a_new_price_outlives_words_that_were_read_before_it(engine):
    engine.index([listing(1, "Bowl", read_at=1_000)])
    engine.update([listing(1, "Bowl", price_usd=990000.0, read_at=3_000)])
    engine.index([listing(1, "Bowl", read_at=2_000)])
    assert engine.get([1])[0].price == "990000.00"
    engine.index([listing(1, "Plate", price_usd=5.0, read_at=4_000)])
    assert (engine.get([1])[0].price, engine.search(SearchQuery(text="plate")).total) == ("5.00", 1)


def test_price_and_stock_are_changed_without_the_words(shop):
    sold = replace(BORDERS[3], price="19.00", price_usd=19.0, in_stock=False)
    assert shop.update([sold]) == 1
    assert shop.get([4]) == [sold]
    assert found(shop, "gumus", "az")[0] == 5
    assert found(shop, price_min_usd=10.0, price_max_usd=19.5) == [4]


def test_what_is_not_there_yet_is_added_whole_by_an_update(shop):
    shop.update([listing(9, "Teapot")])
    assert found(shop, "teapot") == [9]


def test_an_update_during_a_rebuild_is_not_lost(shop):
    def meanwhile():
        yield listing(1, "Spoon")
        shop.update([listing(1, "Spoon", price_usd=7.0), listing(2, "Ladle", price_usd=8.0)])
        yield listing(2, "Ladle")

    shop.rebuild(meanwhile())
    assert {one.id: one.price_usd for one in shop.get([1, 2])} == {1: 7.0, 2: 8.0}


def test_what_cannot_be_sent_to_the_shopper_comes_after_its_equals(engine):
    engine.rebuild(
        [
            listing(1, "Bowl", country="UZ", ships=("domestic",)),
            listing(2, "Bowl", country="KZ", ships=("region",), quality=0.0),
            listing(3, "Bowl", country="UZ", ships=("region", "world"), quality=0.1),
            listing(4, "Copper bowl", country="UZ", ships=("domestic",)),
        ]
    )
    assert found(engine, "bowl", ship_to="KZ")[0] == 3 and found(engine, "bowl", ship_to="UZ")[0] in (4, 1)
    assert found(engine, ship_to="DE")[0] == 3
    assert found(engine, "bowl", ship_to="KZ", ships_only=True) == found(engine, ship_to="KZ", ships_only=True) == [3]
    assert set(found(engine, ship_to="UZ", ships_only=True)) == {1, 2, 4}
    assert found(engine, "copper bowl", ship_to="KZ")[0] == 4


def test_a_new_maker_is_seen_on_the_first_page(engine):
    now = int(time.time())
    old = [
        listing(id, "Bowl", maker=f"old-{id % 10}", rating=5.0, quality=1.0, created=now - 400 * 86_400)
        for id in range(1, 301)
    ]
    engine.rebuild([*old, listing(999, "Bowl", maker="new", quality=0.5, created=now - 86_400)])
    assert 999 in found(engine) and 999 in found(engine, "bowl")
    assert len({hit.document.maker for hit in engine.search(SearchQuery(text="bowl")).hits}) == 11


def test_a_maker_is_understood_by_name_in_any_alphabet(engine):
    named = listing(1, "Bowl", maker="zarina", maker_name="Zarina Usmonova")
    engine.rebuild([named, listing(2, "Bowl", maker="other", maker_name="Zarina Other")])
    result = engine.search(SearchQuery(text="чаша Зарина Усмонова", language="ru"))
    assert result.hits[0].document.id == 1
    assert [(chip.kind, chip.value) for chip in result.chips if chip.hard] == [("maker", "zarina")]


def test_pages_as_deep_as_the_list_are_reached(engine, monkeypatch):
    monkeypatch.setattr("search.engines.elastic_queries.HOP", 260)
    engine.rebuild(listing(id, "Bowl", price_usd=float(id % 7), maker=f"m{id}") for id in range(1, 701))
    for values in ({"sort": "price"}, {"text": "bowl"}, {}):
        pages = [found(engine, page=page, page_size=100, **values) for page in range(1, 9)]
        assert sorted(sum(pages, [])) == list(range(1, 701)) and pages[7] == []


@pytest.mark.parametrize("engine", [pytest.param("elasticsearch", marks=pytest.mark.server)], indirect=True)
def test_what_hurries_a_rebuild_ends_with_it(engine):
    engine.rebuild([listing(1, "Bowl")])
    ((_name, found),) = engine._client.indices.get_settings(index=engine._alias).items()
    assert not {"refresh_interval", "translog"} & found["settings"]["index"].keys()
