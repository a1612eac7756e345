"""Pictures of editors: what is refused, and what is left behind."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from cms.models import PageImage
from shop.pictures import redrawn
from tests.pictures import photograph, picture_bytes

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("run.class", "x")
    return buffer.getvalue()


def upload(client, name: str, content: bytes):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("wagtailimages:add"), {"title": "Steppe", "file": file, "collection": 1})


@pytest.mark.parametrize(
    "name,content",
    [
        ("drawing.svg", SVG),
        ("drawing.png", SVG),
        ("photo.jpg", picture_bytes() + b"<script>alert(1)</script>"),
        ("photo.jpg", picture_bytes() + b"<?php system($_GET[0]); ?>"),
        ("photo.jpg", picture_bytes() + archive()),
        ("photo.jpg", picture_bytes(kind="PNG")),
        ("photo.jpg", picture_bytes()[:200]),
        ("photo.gif", b"GIF89a/*<script>*/"),
    ],
)
def test_what_is_no_plain_picture_is_refused(client, editor, name, content):
    response = upload(client, name, content)
    assert response.status_code == 200
    assert not PageImage.objects.exists()


def test_giant_pictures_are_refused_before_they_are_unpacked(client, editor, settings):
    giant = io.BytesIO()
    Image.new("1", (9000, 6000)).save(giant, "PNG")
    assert len(giant.getvalue()) < 100_000
    upload(client, "giant.png", giant.getvalue())
    assert not PageImage.objects.exists()


def test_where_a_photograph_was_taken_is_forgotten(client, editor):
    assert upload(client, "home.jpg", photograph()).status_code == 302
    image = PageImage.objects.get()
    with image.file.open() as file, Image.open(file) as stored:
        assert not stored.getexif()
        assert stored.size == (40, 60)
    assert (image.width, image.height) == (40, 60)
    with image.get_rendition("width-30").file.open() as file, Image.open(file) as stored:
        assert not stored.getexif()


@pytest.mark.parametrize("kind,name", [("PNG", "a.png"), ("WEBP", "a.webp"), ("AVIF", "a.avif"), ("GIF", "a.gif")])
def test_pictures_stay_what_they_are(client, editor, kind, name):
    assert upload(client, name, picture_bytes(kind=kind)).status_code == 302
    with PageImage.objects.get().file.open() as file, Image.open(file) as stored:
        assert stored.format == kind


def test_a_picture_that_breaks_off_is_not_taken_for_whole():
    whole = picture_bytes((900, 900))
    with pytest.raises(ValidationError):
        redrawn(SimpleUploadedFile("x.jpg", whole[: len(whole) // 2]), "x.jpg")


def test_pictures_are_served_in_fixed_widths_and_formats_only(client, image):
    for kind in ("avif", "webp", "jpg"):
        assert client.get(f"/pictures/{image.reference}/320.{kind}").status_code == 200
    for wrong in ("321.jpg", "320.svg", "320.png"):
        assert client.get(f"/pictures/{image.reference}/{wrong}").status_code == 404
    for wrong in ("0-x", "x", "99999999999999999999-x", "²-x"):
        assert client.get(f"/pictures/pages/{wrong}/320.jpg").status_code == 404


def test_an_exchanged_picture_has_another_address(image):
    before = image.reference
    image.file = SimpleUploadedFile("other.jpg", picture_bytes((80, 80)))
    image.save()
    assert image.reference != before
