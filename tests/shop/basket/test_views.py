import html
from decimal import Decimal

import pytest
from oscar.core.loading import get_model

from shop.listings.services import Variant
from tests.factories import make_artisan, make_listing, make_picture, make_shipping, make_user

Line = get_model("basket", "Line")
Product = get_model("catalogue", "Product")
StockRecord = get_model("partner", "StockRecord")
pytestmark = pytest.mark.usefixtures("rates")


def add(client, product, language: str = "en", **fields):
    return client.post(f"/{language}/basket/add/{product.pk}/", {"quantity": 1, **fields})


def show(client, language: str = "en") -> str:
    response = client.get(f"/{language}/basket/")
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def change(client, **fields) -> str:
    response = client.post(f"/en/basket/line/{Line.objects.get().pk}/", fields, follow=True)
    return html.unescape(response.content.decode())


# -- Putting in -----------------------------------------------------------------------------------------------------


def test_a_piece_is_put_in_and_stays_for_the_next_visit(client):
    response = add(client, make_listing(title="Oy"))
    assert response["Location"] == "/en/basket/"
    assert "Oy" in show(client)


def test_the_chosen_variant_and_the_words_on_it_are_shown(client):
    product = make_listing(variants=[Variant("red", Decimal(1000), 3)], personalisation_max=20)
    add(client, product, variant=product.children.get().pk, personalisation="For Aygul")
    text = show(client)
    assert "red" in text and "<q>For Aygul</q>" in text


@pytest.mark.parametrize("quantity", ["-1", "0", "x", "", "9" * 20])
def test_a_wrong_quantity_keeps_what_was_typed(client, quantity):
    product = make_listing(personalisation_max=20)
    response = add(client, product, quantity=quantity, personalisation="For Aygul")
    text = response.content.decode()
    assert response.status_code == 422 and not Line.objects.exists()
    assert 'value="For Aygul"' in text and f'value="{quantity}"' in text and "error-summary" in text


def test_more_than_there_are_is_refused_with_how_many_there_are(client):
    response = add(client, make_listing(stock=3), quantity=4)
    assert response.status_code == 422 and "Only 3 left" in response.content.decode()


def test_what_lies_in_the_basket_counts_as_well(client):
    product = make_listing(stock=3)
    add(client, product, quantity=2)
    response = add(client, product, quantity=2)
    assert "Only 3 left, and 2 of it are in your basket." in response.content.decode()


def test_too_many_words_are_refused(client):
    response = add(client, make_listing(personalisation_max=5), personalisation="123456")
    assert response.status_code == 422 and not Line.objects.exists()


def test_a_variant_must_be_chosen_and_must_be_one_of_the_listings(client):
    product = make_listing(variants=[Variant("red", Decimal(1000), 3), Variant("blue", Decimal(1000), 3)])
    assert "Please choose one." in add(client, product).content.decode()
    assert add(client, product, variant=make_listing().pk).status_code == 422


def test_a_piece_that_is_gone_is_told_and_nothing_breaks(client):
    product = make_listing()
    Product.objects.update(is_public=False)
    response = client.post(f"/en/basket/add/{product.pk}/", {"quantity": 1}, follow=True)
    assert response.status_code == 200 and "no longer on sale" in response.content.decode()
    assert client.post("/en/basket/add/999999/", {"quantity": 1}).status_code == 302


# -- Looking and changing -------------------------------------------------------------------------------------------


def test_an_empty_basket_shows_where_to_go(client, db):
    assert "/en/crafts/" in show(client).split("<main")[1]


def test_each_maker_has_a_parcel_with_its_own_shipping(client):
    uz, az = make_artisan(country="UZ"), make_artisan(country="AZ", currency="AZN")
    make_shipping(az.partner, code="express", zone="world", currency="AZN", price=Decimal(1))
    for maker in (uz, az, uz):
        add(client, make_listing(maker))
    parcels = client.get("/en/basket/").context["parcels"]
    assert [len(parcel.lines) for parcel in parcels] == [2, 1]
    assert [parcel.chosen.own_currency for parcel in parcels] == ["UZS", "AZN"]


def test_prices_follow_the_shoppers_currency_and_the_makers_stays_beside(client):
    add(client, make_listing(price="125000"), quantity=2)
    client.cookies["currency"] = "KZT"
    text = show(client)
    assert "₸10,000" in text and "250,000" in text


def test_the_country_of_the_parcels_can_be_chosen(client):
    add(client, make_listing(make_artisan(country="UZ")))
    response = client.get("/en/basket/?country=UZ", follow=True)
    assert response.context["country"] == "UZ"
    assert "We do not know the country “XX”" in html.unescape(
        client.get("/en/basket/?country=XX", follow=True).content.decode()
    )


def test_a_maker_who_does_not_send_there_stops_the_checkout(client):
    add(client, make_listing(make_artisan(world=False)))
    text = show(client)
    assert "does not send to United States" in text and "/en/checkout/" not in text


def test_the_number_of_pieces_is_changed(client):
    add(client, make_listing(stock=5))
    change(client, quantity="3")
    assert Line.objects.get().quantity == 3


def test_more_than_are_left_becomes_what_is_left(client):
    add(client, make_listing(stock=2))
    assert "Only 2 left" in change(client, quantity="9")
    assert Line.objects.get().quantity == 2


def test_the_same_piece_with_other_words_shares_its_stock(client):
    product = make_listing(stock=3, personalisation_max=9)
    add(client, product, personalisation="one", quantity=2)
    add(client, product, personalisation="two")
    line = Line.objects.order_by("pk").last()
    client.post(f"/en/basket/line/{line.pk}/", {"quantity": 3})
    line.refresh_from_db()
    assert line.quantity == 1


@pytest.mark.parametrize("typed", ["-1", "two", "1.5", ""])
def test_what_is_no_number_changes_nothing(client, typed):
    add(client, make_listing(), quantity=2)
    assert "is not a number of pieces" in change(client, quantity=typed)
    assert Line.objects.get().quantity == 2


@pytest.mark.parametrize("fields", [{"quantity": "0"}, {"remove": "1", "quantity": "2"}])
def test_a_piece_is_taken_out(client, fields):
    add(client, make_listing())
    assert "taken out" in change(client, **fields)
    assert not Line.objects.exists()


def test_another_shoppers_line_is_out_of_reach(client, django_user_model):
    other = type(client)()
    add(other, make_listing())
    add(client, make_listing())
    line = Line.objects.order_by("pk").first()
    client.post(f"/en/basket/line/{line.pk}/", {"remove": "1"})
    assert Line.objects.filter(pk=line.pk).exists()


# -- A stale basket -------------------------------------------------------------------------------------------------


def test_a_changed_price_is_told_with_what_it_was(client):
    add(client, make_listing(price="125000"))
    StockRecord.objects.update(price=250000)
    text = show(client)
    assert "$20" in text and "It was $10 when you put it in." in text


def test_a_piece_sold_meanwhile_is_marked_and_stops_the_checkout(client):
    add(client, make_listing())
    StockRecord.objects.update(num_in_stock=0)
    text = show(client)
    assert "Sold out since you put it in." in text and "/en/checkout/" not in text


def test_fewer_left_than_wanted_is_told(client):
    add(client, make_listing(stock=5), quantity=4)
    StockRecord.objects.update(num_in_stock=2)
    assert "Only 2 left. Please take fewer." in show(client)


def test_a_withdrawn_piece_is_told(client):
    add(client, make_listing())
    Product.objects.update(is_public=False)
    assert "no longer on sale" in show(client)


# -- What it costs --------------------------------------------------------------------------------------------------


def fill(client, makers: int, pieces: int) -> None:
    for _maker in range(makers):
        maker = make_artisan()
        for number in range(pieces):
            product = make_listing(maker, personalisation_max=9)
            make_picture(product)
            add(client, product, personalisation=f"n{number}")
        sized = make_listing(maker, variants=[Variant("red", Decimal(1000), 3)])
        add(client, sized, variant=sized.children.get().pk)


@pytest.mark.parametrize(("makers", "pieces"), [(1, 1), (5, 4)])
def test_a_basket_takes_the_same_queries_however_full_it_is(client, makers, pieces, django_assert_num_queries):
    fill(client, makers, pieces)
    show(client)
    with django_assert_num_queries(6):
        show(client)


def test_a_signed_in_shopper_adds_two_queries(client, django_assert_num_queries):
    client.force_login(make_user())
    fill(client, 2, 2)
    show(client)
    with django_assert_num_queries(8):
        show(client)
