"""What the demo promises: enough of everything, and nothing in it that could not be true."""

from collections import Counter

from marketplace.demo import data
from shop.currency.money import NATIONAL
from shop.listings.crafts import crafts, materials
from shop.shipping.parcels import zone_between

LISTINGS = {listing["upc"]: listing for country in data.countries() for listing in country["listings"]}
MAKERS = {maker["slug"]: (country["country"], maker) for country in data.countries() for maker in country["makers"]}


def test_six_countries_have_eight_makers_each_or_more():
    assert {country["country"] for country in data.countries()} == set(NATIONAL)
    assert all(len(country["makers"]) >= 8 for country in data.countries())


def test_there_are_240_listings_or_more_over_thirty_crafts_or_more():
    assert len(LISTINGS) >= 240
    assert len({listing["craft"] for listing in LISTINGS.values()}) >= 30


def test_about_half_or_more_can_be_read_in_english_and_russian():
    both = [listing for listing in LISTINGS.values() if {"en", "ru"} <= set(listing["title"])]
    assert len(both) >= len(LISTINGS) / 2 and len(both) < len(LISTINGS)


def test_each_listing_is_of_a_known_maker_craft_and_materials():
    for listing in LISTINGS.values():
        assert listing["maker"] in MAKERS and listing["craft"] in crafts()
        assert set(listing["materials"]) <= set(materials())
    unnamed = [listing["upc"] for listing in LISTINGS.values() if not listing["materials"]]
    assert len(unnamed) <= 3  # of birch, or of ash and tallow: their stories say so


def test_some_pieces_have_variants_words_to_put_on_them_or_are_made_to_order_or_sold_out():
    for name in ("variants", "personalisation", "days_to_make"):
        assert sum(bool(listing.get(name)) for listing in LISTINGS.values()) >= 6, name
    assert any(listing["num_in_stock"] == 0 for listing in LISTINGS.values())


def test_planned_orders_leave_something_on_the_shelf_and_go_where_their_makers_send():
    wanted = Counter(upc for order in data.orders() for upc in order["lines"])
    assert all(LISTINGS[upc]["num_in_stock"] > pieces for upc, pieces in wanted.items())
    for order in data.orders():
        for upc in order["lines"]:
            country, maker = MAKERS[LISTINGS[upc]["maker"]]
            assert maker["shipping"].get(zone_between(country, order["country"])), (order["key"], upc)


def test_planned_orders_are_in_every_state_and_reviews_are_of_what_arrived():
    states = Counter(order["state"] for order in data.orders())
    assert set(states) == {"pending", "paid", "accepted", "shipped", "delivered", "cancelled", "expired"}
    for order in data.orders():
        said = order.get("reviews", [])
        assert not said or order["state"] == "delivered"
        assert {review["upc"] for review in said} <= set(order["lines"])
