from decimal import Decimal

from django.http import QueryDict
from django.utils import translation

from search.engines.base import Chip, SearchResult
from search.facets import SHOWN, build_chips, build_facets, build_pages, build_understood
from search.forms import ListAddress, read_address
from shop.currency.rates import Rates

RATES = Rates({"USD": Decimal(1), "KZT": Decimal(500)}, {})


def read(query: str) -> ListAddress:
    return read_address(QueryDict(query))


def facet(name: str, counts: dict, address=None, preset=None) -> dict | None:
    result = SearchResult(total=1, hits=[], facets={name: counts})
    return next(iter(build_facets(result, address or ListAddress(), "en", preset or {})), None)


# -- Reading an address ---------------------------------------------------------------------------------------------


def test_an_address_read_and_written_again_is_the_same():
    query = "q=silk&country=UZ&craft=suzani&craft=ikat&material=silk&maker=nurata&price_min=5&price_max=9.5&ready=1"
    query += "&as_words=price_max%3A50&sort=-price&page=3"
    assert read(query).encoded(page=3) == query


def test_what_is_not_known_is_left_out_and_told():
    address = read("country=XX&craft=nothing&material=gold-dust&sort=best&page=zero&ready=maybe&price_min=cheap")
    assert not address.filtered and address.sort == "relevance" and address.page == 1
    assert len(address.problems) == 7
    assert "“XX”" in address.problems[0]


def test_problems_are_told_in_the_readers_language_with_what_was_typed():
    with translation.override("ru"):
        assert any("дорого" in problem for problem in read("price_max=дорого").problems)


def test_a_country_may_be_written_small():
    assert read("country=uz").chosen == {"country": ("UZ",)}


def test_prices_are_read_as_people_type_them():
    assert read("price_min=1 500,50").price_min == Decimal("1500.50")
    assert read("price_min=20&price_max=10").price_max == Decimal(20)
    for typed in ("-1", "NaN", "1e99", "٣٤"):
        assert read(f"price_min={typed}").price_min is None


def test_the_price_is_asked_in_dollars():
    query = read("price_max=5000").query("en", "KZT", RATES)
    assert query.price_max_usd == 10.0
    assert ("KZT", 0.002) in query.rates


def test_ready_and_made_to_order_together_are_everything():
    assert read("ready=1&ready=0").ready is None
    assert read("ready=0").ready is False


def test_a_changed_filter_starts_again_at_the_first_page():
    assert "page" not in read("country=UZ&page=4").without("country", "UZ")


# -- Facets ---------------------------------------------------------------------------------------------------------


def test_options_stand_by_how_many_pieces_they_have():
    found = facet("country", {"KZ": 2, "UZ": 5})
    assert [(o["label"], o["count"], o["chosen"]) for o in found["options"]] == [
        ("Uzbekistan", 5, False),
        ("Kazakhstan", 2, False),
    ]


def test_long_facets_fold_their_rest_but_never_what_is_chosen():
    crafts = ["suzani", "ikat", "silk", "kelaghayi", "felt", "shyrdak", "carpet", "kilim", "ceramics", "jewellery"]
    counts = {craft: 100 - number for number, craft in enumerate(crafts)}
    found = facet("craft", counts, read("craft=jewellery"))
    assert [option["value"] for option in found["options"]] == [*crafts[:SHOWN], "jewellery"]
    assert [option["value"] for option in found["more"]] == ["ceramics"]


def test_a_chosen_option_without_pieces_can_still_be_taken_away():
    found = facet("material", {"silk": 3}, read("material=wool"))
    assert ("wool", 0, True) in [(o["value"], o["count"], o["chosen"]) for o in found["options"]]


def test_the_list_of_a_country_has_no_facet_of_countries():
    assert facet("country", {"KZ": 2, "UZ": 5}, preset={"country": "UZ"}) is None


def test_a_facet_that_tells_nothing_is_left_out():
    assert facet("country", {"UZ": 5}) is None
    assert facet("ready", {"true": 5, "false": 0}) is None


def test_ready_to_ship_is_a_facet_with_counts():
    found = facet("ready", {"true": 5, "false": 2}, read("ready=0"))
    assert [(o["value"], o["count"], o["chosen"]) for o in found["options"]] == [("1", 5, False), ("0", 2, True)]


# -- Chips ----------------------------------------------------------------------------------------------------------


def test_each_filter_in_force_is_a_chip_that_takes_it_away():
    address = read("q=x&country=UZ&maker=nurata&price_max=10&ready=1")
    chips = {c["label"]: c["query"] for c in build_chips(address, "en", "USD", {"nurata": "Nurata"})}
    assert chips["Uzbekistan"] == "q=x&maker=nurata&price_max=10&ready=1"
    assert chips["Nurata"] == "q=x&country=UZ&price_max=10&ready=1"
    assert chips["up to $10"] == "q=x&country=UZ&maker=nurata&ready=1"
    assert chips["Ready to ship"] == "q=x&country=UZ&maker=nurata&price_max=10"


def test_words_understood_as_filters_can_be_read_as_words_again():
    chips = (Chip("country:UZ", "country", "UZ", "uzbek", hard=True), Chip("price", "price_max", "10", "5000 ₸", True))
    found = build_understood((*chips, Chip("c", "concept", "suzani", "suzani")), read("q=uzbek"), "en", "KZT", RATES)
    assert [chip["label"] for chip in found] == ["Uzbekistan", "up to ₸5,000", "Suzani"]
    assert [chip["kind"] for chip in found] == ["Country", "Price", "Craft"]
    assert [chip["hard"] for chip in found] == [True, True, False]
    assert found[0]["query"] == "q=uzbek&as_words=country%3AUZ"


# -- Pages ----------------------------------------------------------------------------------------------------------


def test_one_page_needs_no_links():
    assert build_pages(ListAddress(), 1) is None


def test_pages_far_away_are_left_out_with_a_gap():
    pages = build_pages(read("q=x&page=10"), 20)
    assert [(item["number"], item["gap"]) for item in pages["items"]] == [
        (1, False), (8, True), (9, False), (10, False), (11, False), (12, False), (20, True),
    ]  # fmt: skip
    assert pages["previous_url"] == "?q=x&page=9"
    assert pages["items"][0]["url"] == "?q=x"


def test_beyond_the_last_page_there_is_only_a_way_back():
    pages = build_pages(read("page=99"), 3)
    assert pages["next_url"] is None
    assert pages["previous_url"] == "?page=2"
