"""Picture files for tests."""

import io

from PIL import Image


def picture_bytes(size=(64, 48), kind="JPEG", **options) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "#98261f").save(buffer, kind, **options)
    return buffer.getvalue()


def photograph() -> bytes:
    """A picture that says where it was taken, lying on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "at home"
    exif.get_ifd(0x8825).update({1: "N", 2: (40.0, 28.0, 0.0)})
    return picture_bytes((60, 40), exif=exif)
