import html
import json
import re
from decimal import Decimal

import pytest
from oscar.core.loading import get_model

from shop.listings.services import Variant
from tests.factories import make_artisan, make_listing, make_picture, make_shipping

Review = get_model("reviews", "ProductReview")
pytestmark = pytest.mark.usefixtures("rates")


@pytest.fixture
def maker():
    return make_artisan("nurata", name="Nurata", country="UZ")


def show(client, product, language: str = "en"):
    response = client.get(f"/{language}/catalogue/{product.slug}_{product.pk}/")
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def structured(text: str) -> dict:
    return json.loads(re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', text, re.S)[1])


def test_a_listing_says_what_it_costs_here_and_at_its_maker(client, maker):
    text = show(client, make_listing(maker))
    assert "$10" in text and "125,000" in text


def test_in_the_makers_currency_there_is_one_price(client, maker):
    client.cookies["currency"] = "UZS"
    assert "the maker's price" not in show(client, make_listing(maker))


def test_words_not_translated_are_the_makers_own_and_marked(client, maker):
    text = show(client, make_listing(maker, title="So‘zana"), "ru")
    assert re.search(r'<h1[^>]* lang="uz">So‘zana</h1>', text)
    assert '<div class="prose" lang="uz">' in text


def test_translated_words_stand_beside_the_makers_own(client, maker):
    product = make_listing(maker, texts={"ru": ("Сюзане", "Ручная работа.")})
    text = show(client, product, "ru")
    assert re.search(r"<h1[^>]*>Сюзане</h1>", text) and 'lang="ru"' not in text.split("<main")[1]
    assert "Made by hand." in text


def test_variants_show_their_prices_and_which_are_sold_out(client, maker):
    variants = [Variant("120 × 80 cm", Decimal(125000), 0), Variant("indigo", Decimal(250000), 2)]
    text = show(client, make_listing(maker, variants=variants))
    assert re.search(r'type="radio"[^>]*disabled><span>120 × 80 cm <small class="option__note">sold out', text)
    assert re.search(r'type="radio"[^>]*checked><span>indigo <small class="option__note">\$20', text)


def test_all_sold_out_offers_the_maker_instead_of_a_form(client, maker):
    text = show(client, make_listing(maker, stock=0))
    assert 'id="buy"' not in text and "See what else Nurata makes" in text


def test_the_makers_question_for_words_comes_with_its_limit(client, maker):
    product = make_listing(maker, personalisation_prompts={"en": "Name to embroider"}, personalisation_max=12)
    text = show(client, product)
    assert "Name to embroider" in text and 'maxlength="12"' in text and "At most 12 characters." in text


def test_the_page_says_where_it_is_sent_and_for_how_much(client, maker):
    make_shipping(maker.partner, zone="world", code="express", price=Decimal(375000))
    text = show(client, make_listing(maker))
    assert "To United States: 2–5 days on the way" in text
    assert "The rest of the world" in text and "$30" in text and "375,000" in text


def test_another_country_is_chosen_and_kept(client, maker):
    make_shipping(maker.partner, zone="region", code="express", price=Decimal(50000))
    product = make_listing(maker)
    response = client.get(f"{product.get_absolute_url()}?country=KZ")
    assert response["Location"] == f"{product.get_absolute_url()}#shipping"
    assert "To Kazakhstan: 2–5 days on the way" in show(client, product)


def test_an_unknown_country_is_told(client, maker):
    product = make_listing(maker)
    client.get(f"{product.get_absolute_url()}?country=ZZ")
    assert "We do not know the country “ZZ”." in show(client, product)


def test_approved_reviews_are_shown_with_their_stars(client, maker):
    product = make_listing(maker)
    for status, name, score in ((1, "Aida", 4), (0, "Waiting", 1), (2, "Refused", 1)):
        Review.objects.create(
            product=product, score=score, title="So‘zana", body="Even finer by daylight.", name=name,
            email=f"{name}@example.org".lower(), status=status,
        )  # fmt: skip
    text = show(client, product)
    assert "Aida" in text and "4 of 5 stars" in text and "Even finer by daylight." in text and "4.0 of 5" in text
    assert "Waiting" not in text and "Refused" not in text


def test_a_maker_who_does_not_send_there_says_so(client):
    text = show(client, make_listing(make_artisan(world=False)))
    assert "does not send to United States" in text


def test_duty_and_tax_are_told_on_the_page(client, maker):
    assert "Import duty, where your country asks for it, is not included." in show(client, make_listing(maker))


def test_search_engines_read_the_same_price(client, maker, settings):
    product = make_listing(maker, texts={"en": ("Moon suzani", "Silk.")})
    picture = make_picture(product)
    data = structured(show(client, product))
    assert (data["name"], data["brand"]["name"], data["inLanguage"]) == ("Moon suzani", "Nurata", "en")
    assert data["offers"][0]["price"] == "10.00" and data["offers"][0]["priceCurrency"] == "USD"
    assert data["image"] == [f"{settings.SITE_URL}/pictures/{picture.pk}/1280.jpg"]


def test_a_makers_words_cannot_leave_the_structured_data(client, maker):
    product = make_listing(maker, language="en", title="</script><script>alert(1)</script>")
    response = client.get(product.get_absolute_url())
    assert b"<script>alert" not in response.content


def test_the_page_names_itself_in_all_languages(client, maker, settings):
    product = make_listing(maker)
    text = show(client, product, "kk")
    path = f"catalogue/{product.slug}_{product.pk}/"
    assert f'rel="canonical" href="{settings.SITE_URL}/kk/{path}"' in text
    assert f'hreflang="az" href="{settings.SITE_URL}/az/{path}"' in text


def test_drawn_pictures_are_marked_as_illustrations(client, maker):
    product = make_listing(maker, is_illustrated=True)
    make_picture(product)
    assert "Illustration" in show(client, product)


def test_an_old_address_leads_to_the_new_one(client, maker):
    product = make_listing(maker)
    response = client.get(f"/en/catalogue/old-name_{product.pk}/")
    assert (response.status_code, response["Location"]) == (301, product.get_absolute_url())


def test_a_variant_leads_to_its_listing(client, maker):
    product = make_listing(maker, variants=[Variant("red", Decimal(1000), 1)])
    child = product.children.get()
    assert client.get(f"/en/catalogue/x_{child.pk}/")["Location"] == product.get_absolute_url()


@pytest.mark.parametrize("change", ["withdrawn", "suspended"])
def test_a_listing_that_is_gone_offers_its_craft(client, maker, change):
    product = make_listing(maker, title="Secret name")
    if change == "withdrawn":
        type(product).objects.filter(pk=product.pk).update(is_public=False)
    else:
        type(maker).objects.filter(pk=maker.pk).update(status="suspended")
    response = client.get(product.get_absolute_url())
    assert response.status_code == 404
    assert b"/en/crafts/suzani/" in response.content and b"Secret name" not in response.content.split(b"<main")[1]


def test_a_listing_that_never_was_is_not_found(client, db):
    assert client.get("/en/catalogue/x_999999/").status_code == 404


@pytest.mark.parametrize("variants", [0, 1, 12])
def test_a_listing_takes_the_same_queries_with_any_number_of_variants(
    client, maker, variants, django_assert_num_queries
):
    sizes = [Variant(f"{number} cm", Decimal(1000 + number), 3) for number in range(variants)]
    product = make_listing(maker, variants=sizes)
    for number in range(variants + 1):
        make_picture(product, f"images/products/test-{number}.jpg")
    show(client, product)
    with django_assert_num_queries(2 if variants else 1):
        show(client, product)


def test_a_signed_in_shopper_with_a_basket_adds_three_queries(client, maker, django_assert_num_queries):
    from tests.factories import make_user

    client.force_login(make_user())
    product = make_listing(maker, variants=[Variant("red", Decimal(1000), 3), Variant("blue", Decimal(1000), 3)])
    show(client, product)
    client.post(f"/en/basket/add/{product.pk}/", {"variant": product.children.first().pk, "quantity": 1})
    client.get("/en/basket/")
    with django_assert_num_queries(5):
        show(client, product)


def test_an_impossible_number_is_not_found(client, db):
    assert client.get(f"/en/catalogue/x_{'9' * 30}/").status_code == 404


def test_any_country_can_be_chosen_on_a_page_of_its_own(client, maker):
    product = make_listing(maker)
    address = product.get_absolute_url()
    assert 'value="FI"' not in client.get(address).text
    listed = client.get(address, {"country": "another"}).text
    assert 'value="FI"' in listed and f'action="{address}"' in listed
    client.get(address, {"country": "FI"})
    assert 'value="FI" selected' in client.get(address).text
