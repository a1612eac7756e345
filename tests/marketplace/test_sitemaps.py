"""What search engines are told."""

import re

import pytest

from artisans.models import Artisan
from tests.factories import make_artisan, make_listing

pytestmark = pytest.mark.django_db


def addresses(client, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200
    return re.findall("<loc>(.*?)</loc>", answer.content.decode())


def test_robots_txt_closes_what_belongs_to_one_person_and_names_the_sitemap(client, settings):
    settings.SITE_URL = "https://karvan.example"
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /*/checkout/" in text and "Sitemap: https://karvan.example/sitemap.xml" in text


def test_the_sitemap_leads_to_every_listing_in_each_language(client, settings):
    settings.SITE_URL = "https://karvan.example"
    product = make_listing()
    files = addresses(client, "/sitemap.xml")
    assert all(file.startswith("https://karvan.example/sitemap-") for file in files)
    found = {url for file in files for url in addresses(client, "/" + file.split("/", 3)[3])}
    for language in ("en", "kk", "az"):
        assert f"https://karvan.example/{language}/catalogue/{product.slug}_{product.pk}/" in found
        assert f"https://karvan.example/{language}/crafts/suzani/" in found
        assert f"https://karvan.example/{language}/" in found


def test_a_suspended_makers_work_is_not_in_it(client):
    artisan = make_artisan(status=Artisan.SUSPENDED)
    product = make_listing(artisan)
    assert not any(f"_{product.pk}/" in url for url in addresses(client, "/sitemap-listings.xml"))
    assert not any(artisan.slug in url for url in addresses(client, "/sitemap-makers.xml"))
