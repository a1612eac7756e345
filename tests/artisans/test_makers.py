"""Makers for everyone: the list and the storefronts."""

import pytest
from django.urls import reverse
from oscar.core.loading import get_model

from artisans.models import ArtisanText
from shop.listings.services import Variant
from tests.factories import make_artisan, make_listing, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rates")]
Review = get_model("reviews", "ProductReview")


def page(client, artisan, language: str = "en", **query) -> str:
    return client.get(artisan.get_absolute_url().replace("/en/", f"/{language}/", 1), query).content.decode()


def test_makers_are_listed_by_country_and_one_country_can_be_chosen(client):
    make_artisan(name="Nodira")
    make_artisan(name="Leyla", country="AZ", currency="AZN")
    both = client.get(reverse("artisans:list")).content.decode()
    one = client.get(reverse("artisans:list"), {"country": "az"}).content.decode()
    assert "Nodira" in both and "Leyla" in both
    assert "Nodira" not in one and "Leyla" in one


@pytest.mark.parametrize(
    ("query", "told"),
    [({"country": "us"}, "“us” is not known"), ({"page": "x"}, "no such page"), ({"page": "99"}, "list ends before")],
)
def test_what_cannot_be_used_of_an_address_is_told(client, query, told):
    make_artisan(name="Nodira")
    html = client.get(reverse("artisans:list"), query).content.decode()
    assert told in html and "Nodira" in html


def test_a_country_without_makers_says_so(client):
    make_artisan()
    assert "Nobody here yet" in client.get(reverse("artisans:list"), {"country": "tm"}).content.decode()


@pytest.mark.parametrize("status", ["applied", "suspended"])
def test_only_approved_makers_are_on_show(client, status):
    artisan = make_artisan(name="Hidden", status=status)
    assert "Hidden" not in client.get(reverse("artisans:list")).content.decode()
    assert client.get(artisan.get_absolute_url()).status_code == 404
    assert client.get(f"{artisan.get_absolute_url()}portrait/160.jpg").status_code == 404


def test_a_storefront_shows_name_in_own_script_place_crafts_story_and_work(client):
    artisan = make_artisan(name="Ainura", native_name="Айнура", country="KG", currency="KGS", language="ky",
                           crafts=["shyrdak"], since=1996, place={"en": "Naryn"})  # fmt: skip
    make_listing(artisan, title="Шырдак", language="ky", texts={"en": ("Shyrdak with horns", "")})
    html = page(client, artisan)
    for words in ('lang="ky">Айнура', "Naryn, Kyrgyzstan", "Working since 1996", "Shyrdak with horns"):
        assert words in html


def test_a_story_in_another_language_is_marked_and_one_translated_is_not(client):
    artisan = make_artisan(language="uz")
    ArtisanText.objects.create(artisan=artisan, language="ru", story="Мы работаем здесь давно.")
    assert 'class="storefront__story" lang="uz"' in page(client, artisan)
    assert 'class="storefront__story">' in page(client, artisan, "ru")


def test_demo_makers_are_marked_as_invented(client):
    assert "invented for the demo" in page(client, make_artisan(is_demo=True))
    assert "invented for the demo" not in page(client, make_artisan())


def test_ratings_count_variants_reviews_once_and_only_approved_ones(client):
    artisan = make_artisan()
    product = make_listing(artisan, variants=[Variant("S", 1, 1), Variant("M", 1, 1)])
    assert "reviews" not in page(client, artisan)
    for score, status in ((5, Review.APPROVED), (4, Review.APPROVED), (1, Review.FOR_MODERATION)):
        Review.objects.create(product=product, user=make_user(), score=score, status=status, title="t", body="b")
    assert "4.5 of 5 from 2 reviews" in page(client, artisan)


def test_shipping_is_told_in_the_shoppers_currency_and_the_makers_own(client):
    artisan = make_artisan()
    artisan.partner.shipping_offers.filter(zone="world").update(price=125_000)
    html = page(client, artisan)
    assert "Worldwide" in html and "$10" in html and "125,000" in html


def test_work_comes_in_pages_that_link_to_each_other(client):
    artisan = make_artisan()
    for _number in range(25):
        make_listing(artisan)
    assert page(client, artisan).count('class="card"') == 24
    second = page(client, artisan, page="2")
    assert second.count('class="card"') == 1 and 'rel="prev"' in second
    assert page(client, artisan, page="nonsense").count('class="card"') == 24


def test_other_languages_of_a_storefront_are_named_for_search_engines(client):
    artisan = make_artisan()
    html = page(client, artisan)
    assert f'rel="canonical" href="http://testserver{artisan.get_absolute_url()}"' in html
    assert f'hreflang="kk" href="http://testserver/kk/makers/{artisan.slug}/"' in html


@pytest.mark.parametrize("count", [1, 12])
def test_a_storefront_costs_the_same_for_little_and_much_work(client, django_assert_max_num_queries, count):
    artisan = make_artisan()
    for _number in range(count):
        make_listing(artisan)
    client.get(artisan.get_absolute_url())
    with django_assert_max_num_queries(11):
        client.get(artisan.get_absolute_url())


def test_the_list_of_makers_costs_the_same_for_one_and_for_twenty(client, django_assert_max_num_queries):
    for _number in range(20):
        make_artisan()
    with django_assert_max_num_queries(4):
        client.get(reverse("artisans:list"))
