from itertools import islice

from bench.pages import CHECKOUT, LIST, LISTING, SEARCH, all_visits, texts, visits
from bench.servers import KARVAN, OSCAR


def product(number: int, **changes) -> dict:
    return {
        "id": number,
        "path": f"/en/catalogue/x_{number}/",
        "title": f"сюзане, Ургут, работа {number}",
        "craft": "suzani",
        "simple": True,
        "ready": True,
        "stock": 5,
    } | changes


CATALOGUE = {"products": [product(number) for number in range(1, 61)]}
ADDRESSES = {
    "crafts": {"suzani": "/catalogue/category/suzani_7/"},
    "products": {str(number): f"/catalogue/x_{number}/" for number in range(1, 61)},
}


def test_shoppers_type_what_titles_are_of():
    assert texts(CATALOGUE["products"]) == ["сюзане", "сюзане Ургут"]


def test_both_shops_are_asked_for_the_same_list():
    asked = all_visits(CATALOGUE, ADDRESSES)[LIST]
    pair = {KARVAN: "/en/crafts/suzani/?page=2", OSCAR: "/catalogue/category/suzani_7/?page=2"}
    assert pair in asked


def test_only_what_can_be_bought_at_once_is_bought():
    products = [product(1), product(2, stock=1), product(3, simple=False), product(4, ready=False)]
    bought = all_visits({"products": products}, ADDRESSES)[CHECKOUT]
    assert [visit[KARVAN] for visit in bought] == ["1 /en/catalogue/x_1/"]


def test_visits_differ_until_all_were_made():
    rotating = visits(CATALOGUE, ADDRESSES)
    asked = [visit[OSCAR] for visit in islice(rotating[LISTING], 60)]
    assert len(set(asked)) == 60
    assert next(rotating[LISTING])[OSCAR] == asked[0]


def test_search_text_is_quoted():
    assert all("%D1%81" in visit[KARVAN] for visit in all_visits(CATALOGUE, ADDRESSES)[SEARCH])
