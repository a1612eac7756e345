import io
import json
from decimal import Decimal

import pytest
from django.conf import settings
from pypdf import PdfReader

from shop.listings.services import Variant
from shop.order.links import order_for, order_token, track_path
from shop.order.receipts import receipt_data, receipt_pdf
from tests.factories import make_artisan, make_listing, pay, place

pytestmark = pytest.mark.usefixtures("rates")
# The letters that only one or two of our alphabets have.
LETTERS = "ӘҒҚҢӨҰҮҺІ әғқңөұүһі ӢӮҲҶ ӣӯҳҷ ʻʼ‘’ ƏĞİŞÇÖÜ əğışçöü ÄŇŽÝ äňžý № ₸ ₼ €"


def sold(title: str = "So‘zana", **extra):
    product = make_listing(make_artisan(name="Nurata"), title=title, **extra)
    order = place(product.children.first() or product)
    pay(order)
    return order_for(order.number, order_token(order.number))


def words(pdf: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_a_receipt_has_every_letter_of_every_language(language):
    text = words(receipt_pdf(sold(LETTERS), language))
    assert " ".join(LETTERS.split()) in text
    assert "10" in text and "Nurata" in text


def test_names_in_other_scripts_are_printed_or_written_in_latin_letters():
    """Georgian, Armenian, Greek and Hebrew have their glyphs; Chinese, Korean and Thai letters have none here."""
    text = words(receipt_pdf(sold("თბილისი Երևան Ελλάδα 東京 서울 ไทย"), "en"))
    assert "თბილისი Երևան Ελλάδα DongJing SeoUl aithy" in text
    assert "Letters that cannot be printed here are written in Latin ones." in text


def test_a_receipt_says_what_was_bought_for_how_much_and_of_whom():
    order = sold(variants=[Variant("indigo", Decimal(125000), 3)])
    data = receipt_data(order, "en")
    [parcel] = data["parcels"]
    assert (parcel["maker"], parcel["country"]) == ("Nurata", "Uzbekistan")
    title, notes, *amounts = parcel["rows"][0]
    assert title == "So‘zana" and "indigo" in notes and "125,000" in notes
    assert amounts == ["1", "$10", "$10"]
    assert [row[1] for row in data["totals"]][-1] == f"${order.total_incl_tax:.2f}".removesuffix(".00")
    assert data["to"] == ["Aigerim Test", "050000", "Almaty", "Abai 1", "Kazakhstan"]
    assert any("2026-11" in note for note in data["notes"])


def test_a_receipt_is_plain_data_whatever_is_typed():
    title = '#eval("1+1") \\ $x$ *bold* "quoted" <label> @ref'
    order = sold(title)
    assert json.loads(json.dumps(receipt_data(order, "en")))["parcels"][0]["rows"][0][0] == title
    assert '#eval("1+1")' in words(receipt_pdf(order, "en"))


def test_the_receipt_comes_in_the_language_of_the_page(client):
    order = sold()
    response = client.get(track_path(order).replace("/en/", "/ru/") + "receipt.pdf")
    assert response["Content-Type"] == "application/pdf" and response["Cache-Control"] == "private, no-store"
    assert "Казахстан" in words(response.content)


def test_what_is_not_paid_has_no_receipt(client):
    order = place(make_listing())
    assert client.get(f"{track_path(order)}receipt.pdf").status_code == 404
