import re

import pytest

from search import indexing
from tests.factories import make_artisan, make_listing

pytestmark = pytest.mark.usefixtures("rates")


@pytest.fixture
def bazaar():
    """Two makers of two countries: two suzanis and a plate in Uzbekistan, a kelaghayi made to order in Azerbaijan."""
    nurata = make_artisan("nurata", name="Nurata", country="UZ")
    basgal = make_artisan("basgal", name="Basgal", country="AZ", currency="AZN", language="az")
    make_listing(nurata, upc="S1", title="Oy so‘zana", price="125000", texts={"en": ("Moon suzani", "Silk.")})
    make_listing(nurata, upc="S2", title="Quyosh so‘zana", price="1250000")
    make_listing(nurata, upc="P1", title="Lagan", craft="plate", materials=["clay"], price="250000")
    make_listing(basgal, upc="K1", title="Kəlağayı", language="az", craft="kelaghayi", price="170", days_to_make=9)
    indexing.rebuild()
    yield
    indexing.engines.get_engine().delete(indexing.engines.get_engine().ids())


def titles(response) -> list[str]:
    return [card["title"] for card in response.context["cards"]]


def page(client, address: str, **headers):
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return response


def test_all_work_is_listed_with_counts_by_country(client, bazaar):
    response = page(client, "/en/catalogue/")
    assert len(titles(response)) == 4
    html = response.content.decode()
    assert re.search(r'name="country" value="UZ">.*?facet__count">3<', html, re.S)
    assert "4 pieces" in html


def test_the_address_alone_says_what_is_shown(client, bazaar):
    assert titles(page(client, "/en/catalogue/?country=AZ")) == ["Kəlağayı"]
    assert titles(page(client, "/en/catalogue/?material=clay")) == ["Lagan"]
    assert titles(page(client, "/en/catalogue/?ready=0")) == ["Kəlağayı"]
    assert titles(page(client, "/en/catalogue/?maker=basgal")) == ["Kəlağayı"]
    assert titles(page(client, "/en/catalogue/?price_max=15")) == ["Moon suzani"]
    assert titles(page(client, "/en/catalogue/?sort=-price"))[0] in ("Quyosh so‘zana", "Kəlağayı")


def test_a_maker_who_is_not_there_is_told_and_left_out(client, bazaar):
    response = page(client, "/en/catalogue/?maker=nobody&maker=basgal&country=AZ")
    assert titles(response) == ["Kəlağayı"] and "The filter “nobody” is not known" in response.content.decode()
    assert len(titles(page(client, "/en/catalogue/?maker=nobody"))) == 4


def test_the_price_filter_is_in_the_shoppers_currency(client, bazaar):
    client.cookies["currency"] = "KZT"
    assert titles(page(client, "/en/catalogue/?price_max=6000")) == ["Moon suzani"]


def test_prices_show_the_makers_own_beside_the_readers(client, bazaar):
    html = page(client, "/en/catalogue/?q=moon").content.decode()
    assert "$10" in html and "125,000" in html


def test_a_title_in_another_language_says_which(client, bazaar):
    assert '<h3 class="card__title" lang="az">' in page(client, "/en/catalogue/?country=AZ").content.decode()
    assert 'lang="uz"' not in page(client, "/en/catalogue/?q=moon").content.decode().split("<main")[1]


def test_a_search_finds_in_another_language(client, bazaar):
    assert "Moon suzani" in titles(page(client, "/en/catalogue/?q=сюзане"))


def test_the_list_of_a_craft_shows_it_and_what_is_below_it(client, bazaar):
    assert set(titles(page(client, "/en/crafts/embroidery/"))) == {"Moon suzani", "Quyosh so‘zana"}
    response = page(client, "/en/crafts/textile/")
    assert {"embroidery", "silk"} <= {craft["id"] for craft in response.context["narrower"]}


def test_the_list_of_a_craft_is_not_left_by_a_filter(client, bazaar):
    response = page(client, "/en/crafts/embroidery/?craft=plate")
    assert "Lagan" not in titles(response)
    assert "does not belong to this list" in response.content.decode()


def test_the_list_of_a_country_keeps_to_it(client, bazaar):
    assert titles(page(client, "/en/from/az/")) == ["Kəlağayı"]
    assert "Lagan" not in titles(page(client, "/en/from/az/?country=UZ"))


def test_an_unknown_craft_or_country_is_not_found(client, db):
    assert client.get("/en/crafts/nothing/").status_code == 404
    assert client.get("/en/from/xx/").status_code == 404


def test_an_unknown_filter_is_told_and_the_rest_is_kept(client, bazaar):
    response = page(client, "/en/catalogue/?country=XX&material=clay&price_min=abc")
    assert titles(response) == ["Lagan"]
    html = response.content.decode()
    assert "The filter “XX” is not known" in html and "“abc” is not a price" in html


def test_what_is_typed_cannot_break_the_page(client, bazaar):
    html = page(client, '/en/catalogue/?q=<script>"%27&country=<b>').content.decode()
    assert "<script>&quot;" not in html and "<b>" not in html


def test_a_page_beyond_the_end_leads_back(client, bazaar):
    html = page(client, "/en/catalogue/?page=7").content.decode()
    assert "The list ends before this page" in html


def test_nothing_found_helps_on(client, bazaar):
    response = page(client, "/en/catalogue/?q=helicopter&country=AZ")
    html = response.content.decode()
    assert "Nothing found for “helicopter”" in html
    assert "Take all filters away" in html
    assert 'href="?q=helicopter"' in html
    assert {craft["id"] for craft in response.context["popular"]} >= {"suzani", "kelaghayi"}


def test_search_away_is_said_and_the_page_stands(client, db, monkeypatch):
    from search import engines
    from search.engines.base import EngineError

    def away(query):
        raise EngineError("gone")

    monkeypatch.setattr(engines.get_engine(), "search", away, raising=False)
    assert "Search is not at its best" in page(client, "/en/catalogue/").content.decode()


def test_the_results_alone_are_sent_to_a_script(client, bazaar):
    response = page(client, "/en/catalogue/?country=AZ&price_min=", **{"HX-Request": "true"})
    assert b"<html" not in response.content and b'id="results"' in response.content
    assert response["HX-Push-Url"] == "/en/catalogue/?country=AZ"
    assert "HX-Request" in response["Vary"]


def test_going_back_in_the_browser_gets_the_whole_page(client, bazaar):
    response = page(client, "/en/catalogue/", **{"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert b"<html" in response.content


def test_each_page_names_itself_in_all_languages(client, bazaar, settings):
    html = page(client, "/ru/catalogue/?sort=price").content.decode()
    assert f'<link rel="canonical" href="{settings.SITE_URL}/ru/catalogue/">' in html
    assert html.count('<link rel="alternate" hreflang=') == 8 + 1, "each language, and the default"


def test_crafts_are_listed_with_their_counts(client, bazaar):
    groups = {group["id"]: group for group in page(client, "/en/crafts/").context["groups"]}
    assert groups["textile"]["count"] == 3
    assert {"id": "suzani", "name": "Suzani", "count": 2} in groups["textile"]["below"]


def test_related_work_is_a_fragment_and_a_page(client, bazaar):
    from oscar.core.loading import get_model

    moon = get_model("catalogue", "Product").objects.get(upc="S1")
    whole = page(client, f"/en/catalogue/similar/{moon.pk}/")
    assert "Quyosh so‘zana" in titles(whole) and "Moon suzani" not in titles(whole)
    fragment = page(client, f"/en/catalogue/similar/{moon.pk}/", **{"HX-Request": "true"})
    assert b"<html" not in fragment.content
    assert client.get("/en/catalogue/similar/999999/").status_code == 404


@pytest.mark.parametrize("pieces", [3, 30])
def test_a_list_asks_the_database_for_nothing(client, pieces, django_assert_num_queries):
    maker = make_artisan()
    for number in range(pieces):
        make_listing(maker, title=f"Piece {number}")
    indexing.rebuild()
    page(client, "/en/catalogue/")
    with django_assert_num_queries(0):
        page(client, "/en/catalogue/?material=silk&sort=newest")


def test_what_was_found_is_marked_whatever_the_alphabet(client, bazaar):
    html = page(client, "/en/catalogue/?q=сюзане").content.decode()
    assert "Quyosh <mark>so‘zana</mark>" in html and "Moon <mark>suzani</mark>" in html
    assert "<mark>" not in page(client, "/en/catalogue/").content.decode()


def test_a_card_says_where_it_ships_from_and_in_which_language_it_is(client, bazaar):
    text = re.sub(r"<[^>]+>|\s+", " ", page(client, "/en/catalogue/?country=AZ").content.decode())
    assert re.search(r"Ships from: +Azerbaijan · +Text in: +Azerbaijani", text)


def test_what_cannot_be_sent_to_the_shopper_is_said_and_comes_last(client, bazaar):
    from artisans.models import Artisan

    Artisan.objects.get(slug="basgal").partner.shipping_offers.exclude(zone="domestic").delete()
    indexing.rebuild()
    client.cookies["currency"] = "KZT"
    response = page(client, "/en/catalogue/")
    assert titles(response)[-1] == "Kəlağayı" and "Not sent to:" in response.content.decode()
    assert "Kəlağayı" not in titles(page(client, "/en/catalogue/?ships=1"))
    client.cookies["currency"] = "USD"
    assert "Sent to:" not in page(client, "/en/catalogue/?ships=1").content.decode()


def test_makers_and_stories_stand_beside_what_was_found(client, bazaar):
    response = page(client, "/en/catalogue/?q=suzani")
    assert [(maker["name"], maker["count"]) for maker in response.context["makers"]] == [("Nurata", 2)]
    assert response.context["stories"] == []
    assert page(client, "/en/catalogue/?q=basgal").context["makers"][0]["name"] == "Basgal"


def test_stories_are_found_by_what_they_speak_of(db):
    from wagtail.models import Locale, Page

    from cms.models import HomePage, StoryIndexPage, StoryPage
    from search.beside import stories_beside

    Locale.objects.get_or_create(language_code="en")
    home = Page.get_first_root_node().add_child(instance=HomePage(title="Home", slug="home-of-stories"))
    index = home.add_child(instance=StoryIndexPage(title="Stories", slug="stories"))
    for title in ("The needle and the moon: a suzani of Nurata", "Felt that keeps the wind out"):
        index.add_child(instance=StoryPage(title=title, slug=title.split()[1]))
    assert [story["title"] for story in stories_beside("suzani", "en")] == [
        "The needle and the moon: a suzani of Nurata"
    ]
    assert [story["title"] for story in stories_beside("kiyiz keçe", "en")] == ["Felt that keeps the wind out"]
    assert stories_beside("helicopter", "en") == []


def test_nothing_found_shows_what_less_would_find(client, bazaar):
    response = page(client, "/en/catalogue/?q=suzani under $1")
    ways = {way["label"]: way["count"] for way in response.context["ways_on"]}
    assert ways["Without: up to $1"] == 2 and ways["Embroidery"] == 2
    ways = page(client, "/en/catalogue/?q=suzani&country=AZ").context["ways_on"]
    assert ("Without: all filters", 2) in {(way["label"], way["count"]) for way in ways}


def test_staff_see_why_and_others_do_not(client, bazaar):
    from tests.factories import make_user

    assert "Why these results" not in page(client, "/en/catalogue/?q=suzani&explain=1").content.decode()
    staff = make_user()
    staff.is_staff = True
    staff.save()
    client.force_login(staff)
    html = page(client, "/en/catalogue/?q=silver uzbek suzani&explain=1").content.decode()
    assert "Why these results" in html and "subject of a title: suzani" in html and "in stock" in html
    row = client.get("/api/v1/search/", {"q": "suzani", "explain": "1"}).json()["results"][0]
    assert row["why"]["score"] > 1 and row["why"]["reasons"] and row["why"]["parts"]
    client.logout()
    assert "why" not in client.get("/api/v1/search/", {"q": "suzani", "explain": "1"}).json()["results"][0]


def test_the_api_marks_and_knows_where_to_send_to(client, bazaar):
    row = client.get("/api/v1/search/", {"q": "сюзане", "highlight": "1", "ship_to": "kz"}).json()["results"][0]
    assert "<mark>" in row["title_html"]
    assert client.get("/api/v1/search/", {"ship_to": "nowhere"}).status_code == 400
