"""The front of the shop: what it shows, and what it costs."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories

pytestmark = pytest.mark.usefixtures("rates")


def queries_of(client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def make_listings(how_many: int, maker=None) -> None:
    maker = maker or factories.make_artisan()
    for number in range(how_many):
        factories.make_listing(maker, title=f"Piece {number}", craft=("suzani", "ikat", "knife")[number % 3])


@pytest.mark.parametrize("language", ["en", "tg"])
def test_home_asks_at_most_eight_questions_whatever_the_catalogue(client, home, language):
    client.get(f"/{language}/")
    cold, warm = [], []
    for more in (10, 40):
        make_listings(more)
        cache.clear()
        cold.append(queries_of(client, f"/{language}/"))
        warm.append(queries_of(client, f"/{language}/"))
    assert cold[0] == cold[1] <= 8
    assert warm[0] == warm[1] <= 2


def test_a_new_shop_shows_its_newest_pieces_makers_and_crafts(client, home):
    maker = factories.make_artisan("dilshod", country="UZ", name="Dilshod")
    make_listings(4, maker)
    html = client.get("/en/").content.decode()
    assert html.count("Piece 3") >= 1
    assert 'href="/en/makers/dilshod/"' in html
    assert 'href="/en/crafts/suzani/"' in html


def test_home_shows_the_pieces_editors_chose_in_their_order(client, home):
    first, second, third = (factories.make_listing(title=title) for title in ("Ewer", "Rug", "Bowl"))
    home.body = [("listings", {"listings": [third, first], "how_many": 8})]
    home.hero = [("piece", second)]
    home.save_revision().publish()
    html = client.get("/en/").content.decode()
    assert html.index("Rug") < html.index("Bowl") < html.index("Ewer")


def test_a_chosen_piece_that_is_gone_is_left_out(client, home):
    kept, gone = factories.make_listing(title="Ewer"), factories.make_listing(title="Rug")
    home.body = [("listings", {"listings": [gone, kept], "how_many": 8})]
    home.hero = [("piece", kept)]
    home.save_revision().publish()
    gone.is_public = False
    gone.save()
    html = client.get("/en/").content.decode()
    assert "Ewer" in html
    assert "Rug" not in html


def test_prices_are_in_the_currency_the_shopper_chose(client, home):
    factories.make_listing(price="125000")
    assert "$10" in client.get("/en/").content.decode()
    client.cookies["currency"] = "EUR"
    assert "€9" in client.get("/en/").content.decode()


def test_home_searches(client, home):
    html = client.get("/kk/").content.decode()
    assert 'action="/kk/catalogue/"' in html.split("<main", 1)[1]


def test_home_with_all_that_editors_may_choose_asks_no_more(client, home, story, country_page):
    pieces, maker = [factories.make_listing() for _number in range(4)], factories.make_artisan()
    home.hero = [("piece", piece) for piece in pieces[:3]]
    home.body = [
        ("countries", {"title": ""}),
        ("listings", {"listings": pieces, "how_many": 8}),
        ("listings", {"country": "UZ", "how_many": 4}),
        ("crafts", {"crafts": ["suzani"]}),
        ("story", {"story": story}),
        ("makers", {"makers": [maker], "how_many": 6}),
        ("call_to_action", {"title": "A present?", "label": "Look", "path": "catalogue/?ready=1"}),
    ]
    home.save_revision().publish()
    client.get("/en/")
    cache.clear()
    assert queries_of(client, "/en/") <= 8


@pytest.mark.parametrize("path", ["/en/uzbekistan/", "/en/stories/wax/", "/en/stories/"])
def test_an_editors_page_asks_the_same_whatever_the_catalogue(client, story, country_page, path):
    client.get(path)
    found = []
    for more in (3, 20):
        make_listings(more)
        cache.clear()
        found.append(queries_of(client, path))
    assert found[0] == found[1] <= 16
