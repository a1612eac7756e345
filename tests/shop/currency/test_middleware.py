import pytest

from shop.currency.middleware import COOKIE

pytestmark = pytest.mark.django_db


@pytest.fixture
def currency_of(client, rates):
    def ask(path: str) -> str:
        return client.get(path).wsgi_request.currency

    return ask


def test_a_reader_of_kazakh_starts_with_tenge(currency_of):
    assert currency_of("/kk/makers/") == "KZT"


def test_russian_and_english_start_with_the_shops_currency(currency_of):
    assert (currency_of("/ru/makers/"), currency_of("/en/makers/")) == ("USD", "USD")


def test_what_the_shopper_chose_wins(client, currency_of):
    client.post("/kk/currency/", {"currency": "EUR", "next": "/kk/makers/"})
    assert currency_of("/kk/makers/") == "EUR"


def test_an_invalid_currency_is_not_kept(client, currency_of):
    client.cookies[COOKIE] = "XXX"
    assert currency_of("/en/makers/") == "USD"
    response = client.post("/en/currency/", {"currency": "GBP", "next": "/en/makers/"}, follow=True)
    assert "We do not know the currency “GBP”; prices are still in USD." in response.content.decode()
    assert currency_of("/en/makers/") == "USD"


def test_choosing_never_leads_away_from_the_shop(client, db):
    response = client.post("/en/currency/", {"currency": "EUR", "next": "https://elsewhere.example/"})
    assert response.url == "/"
