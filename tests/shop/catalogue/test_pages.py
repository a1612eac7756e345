"""A listing's page is kept under what it is made of: whatever changes, the page says it at once."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from oscar.core.loading import get_model

from artisans.models import Artisan, ArtisanText
from shop.catalogue import pages
from shop.currency.rates import load_rates
from shop.listings.models import Listing, ListingText, ShippingOffer
from shop.settlement.models import CommissionRule
from tests.factories import make_artisan, make_listing, make_picture

ProductImage = get_model("catalogue", "ProductImage")
StockRecord = get_model("partner", "StockRecord")
pytestmark = [pytest.mark.usefixtures("rates"), pytest.mark.django_db]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
CHANGES = {
    "size": lambda: Listing.objects.update(size="41 × 42 cm"),
    "weight": lambda: Listing.objects.update(weight_g=777),
    "days to make": lambda: Listing.objects.update(days_to_make=23),
    "place": lambda: Listing.objects.update(place="G‘ijduvon"),
    "craft": lambda: Listing.objects.update(craft="ikat"),
    "materials": lambda: Listing.objects.update(materials=["wool"]),
    "title": lambda: ListingText.objects.update(title="Another title"),
    "price": lambda: StockRecord.objects.update(price=4321),
    "few left": lambda: StockRecord.objects.update(num_in_stock=2),
    "words to put on it": lambda: Listing.objects.update(personalisation_max=12),
    "sold out": lambda: StockRecord.objects.update(num_in_stock=0),
    "caption": lambda: ProductImage.objects.update(caption="Seen from behind"),
    "another picture": lambda: ProductImage.objects.all().delete(),
    "story": lambda: ListingText.objects.update(story="Sewn by three sisters."),
    "name": lambda: Artisan.objects.update(name="Another Name"),
    "own name": lambda: Artisan.objects.update(native_name="Бошқа ном"),
    "since": lambda: Artisan.objects.update(since=1931),
    "portrait": lambda: Artisan.objects.update(portrait="portraits/another.jpg"),
    "maker's place": lambda: Artisan.objects.update(place={"en": "Margilan"}),
    "maker's story": lambda: ArtisanText.objects.update(story="We moved."),
    "shipping": lambda: ShippingOffer.objects.update(price=987654),
    "days on the way": lambda: ShippingOffer.objects.update(days_max=77),
    "rate": lambda: load_rates(["date,currency,per_usd,source\n", "2026-11-02,UZS,6250,test\n"]),
    "commission": lambda: (CommissionRule.objects.update(percent=33), cache.clear()),
}


@pytest.fixture
def page(client):
    product = make_listing(make_artisan(), size="1 m", weight_g=500, place="Buxoro")
    make_picture(product)
    address = reverse("catalogue:detail", args=[product.slug, product.pk])

    def said() -> str:
        return TOKEN.sub("", client.get(address).text.split("<main")[1])

    return said


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_is_said_at_once(page, what, django_capture_on_commit_callbacks):
    before = page()
    assert page() == before
    with django_capture_on_commit_callbacks(execute=True):
        CHANGES[what]()
    assert page() != before


def test_what_is_made_of_the_same_is_not_made_again(page):
    page()
    before = pages._page.cache_info()
    page()
    assert (pages._page.cache_info().hits, pages._page.cache_info().misses) == (before.hits + 1, before.misses)
