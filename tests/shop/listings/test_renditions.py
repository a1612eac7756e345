import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from tests.factories import make_listing, make_picture

pytestmark = [pytest.mark.usefixtures("rates"), pytest.mark.django_db]


@pytest.fixture
def picture():
    return make_picture(make_listing())


@pytest.mark.parametrize(("kind", "format"), [("avif", "AVIF"), ("webp", "WEBP"), ("jpg", "JPEG")])
def test_a_picture_comes_in_each_format(client, picture, kind, format):
    response = client.get(f"/pictures/{picture.pk}/160.{kind}")
    with Image.open(io.BytesIO(b"".join(response.streaming_content))) as image:
        assert image.format == format


def test_a_picture_is_never_made_wider_than_it_is(client, picture):
    body = b"".join(client.get(f"/pictures/{picture.pk}/1280.jpg").streaming_content)
    assert Image.open(io.BytesIO(body)).width == 96


@pytest.mark.parametrize("path", ["161.jpg", "160.gif", "160.svg"])
def test_other_widths_and_formats_do_not_exist(client, picture, path):
    assert client.get(f"/pictures/{picture.pk}/{path}").status_code == 404


def test_where_a_picture_was_taken_is_not_told(client):
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (41.0, 0.0, 0.0)}
    buffer = io.BytesIO()
    Image.new("RGB", (200, 250)).save(buffer, "JPEG", exif=exif)
    name = default_storage.save("images/products/exif.jpg", ContentFile(buffer.getvalue()))
    hung = make_picture(make_listing(), name)
    body = b"".join(client.get(f"/pictures/{hung.pk}/160.jpg").streaming_content)
    assert not Image.open(io.BytesIO(body)).getexif()


def test_a_withdrawn_listings_picture_is_gone(client, picture):
    picture.product.is_public = False
    picture.product.save()
    assert client.get(f"/pictures/{picture.pk}/160.jpg").status_code == 404
