"""What comes along in a column of JSON is what the ORM gives."""

from decimal import Decimal

import pytest
from oscar.core.loading import get_model

from shop.along import along, came_along
from shop.listings.models import ListingText, ShippingOffer
from tests.factories import make_artisan, make_listing, make_picture

Partner = get_model("partner", "Partner")
Product = get_model("catalogue", "Product")
TEXTS, OFFERS = "listing__texts", "shipping_offers"
pytestmark = pytest.mark.django_db


def values(one, fields) -> list:
    return [getattr(one, field.attname) for field in fields]


@pytest.mark.parametrize("price", ["0.00", "0.10", "12345678.05", "9999999999.99"])
def test_money_comes_to_the_last_digit(price):
    artisan = make_artisan()
    ShippingOffer.objects.filter(partner=artisan.partner).update(price=Decimal(price), extra=Decimal("1.10"))
    partner = Partner.objects.annotate(found=along(Partner, OFFERS)).get(pk=artisan.partner_id)
    theirs = ShippingOffer.objects.filter(partner=artisan.partner).order_by("pk")
    fields = ShippingOffer._meta.concrete_fields
    assert theirs and [values(one, fields) for one in came_along(Partner, OFFERS, partner.found)] == [
        values(one, fields) for one in theirs
    ]


@pytest.mark.parametrize("story", ["", 'A "quoted" \\ line\n\tand </script>', "Сүзәни, каштадӯзӣ \u2028 🧵"])
def test_words_come_as_they_are(story, django_assert_num_queries):
    piece = make_listing()
    ListingText.objects.update(story=story)
    product = Product.objects.annotate(found=along(Product, TEXTS)).get(pk=piece.pk)
    with django_assert_num_queries(0):
        (text,) = came_along(Product, TEXTS, product.found)
        assert (text.story, text.title, text.listing_id) == (story, piece.title, piece.listing.pk)
    assert text == piece.listing.texts.get()


def test_nothing_comes_where_nothing_is():
    piece = make_listing()
    ListingText.objects.all().delete()
    product = Product.objects.annotate(found=along(Product, TEXTS)).get(pk=piece.pk)
    assert came_along(Product, TEXTS, product.found) == []


def test_a_column_that_json_does_not_carry_is_asked_for_when_it_is_read(django_assert_num_queries):
    piece = make_listing()
    picture = make_picture(piece)
    product = Product.objects.annotate(found=along(Product, "images")).get(pk=piece.pk)
    (found,) = came_along(Product, "images", product.found)
    with django_assert_num_queries(1):
        assert found.date_created == picture.date_created
