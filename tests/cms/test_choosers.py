"""Editors find makers and listings by the words people know them by; nobody else gets that far."""

import pytest
from django.urls import reverse

from artisans.models import Artisan
from tests import factories


def found(client, chooser: str, **query) -> str:
    response = client.get(reverse(f"{chooser}:choose_results"), query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("words", ["So‘zana", "garden suzani", "UZ-77", "Zulfiya"])
def test_listings_are_found_by_title_in_any_language_number_and_maker(client, editor, words):
    maker = factories.make_artisan(name="Zulfiya Rahmonova")
    factories.make_listing(maker, upc="UZ-77", title="So‘zana", texts={"en": ("Garden suzani", "")})
    factories.make_listing(title="Pichoq", upc="UZ-78")
    html = found(client, "listing_chooser", q=words)
    assert "UZ-77" in html
    assert "UZ-78" not in html


def test_makers_are_found_by_name_in_either_script_and_by_country(client, editor):
    factories.make_artisan(name="Rustam Usmanov", native_name="Рустам Усманов", country="UZ")
    factories.make_artisan(name="Leyla Aliyeva", country="AZ")
    assert "Rustam" in found(client, "maker_chooser", q="усманов")
    assert "Leyla" not in found(client, "maker_chooser", q="усманов")
    assert "Leyla" in found(client, "maker_chooser", country="AZ")
    assert "Rustam" not in found(client, "maker_chooser", country="AZ")


def test_only_makers_on_show_can_be_chosen(client, editor):
    factories.make_artisan(name="Waiting Maker", status=Artisan.APPLIED)
    assert "Waiting Maker" not in found(client, "maker_chooser")


def test_a_chosen_listing_comes_back_with_its_title(client, editor):
    product = factories.make_listing(title="So‘zana")
    answer = client.get(reverse("listing_chooser:chosen", args=[product.pk])).json()
    assert answer["result"]["title"] == "So‘zana"


@pytest.mark.parametrize("chooser", ["listing_chooser", "maker_chooser"])
def test_shoppers_do_not_reach_the_choosers(client, db, chooser):
    client.force_login(factories.make_user(), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(reverse(f"{chooser}:choose")).status_code == 302
