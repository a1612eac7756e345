"""Pictures of listings in the widths and formats that browsers ask for, made when first asked, kept from then on.

Addresses are few and fixed (eight widths, three formats), so that nobody can fill the disk by asking for others.
"""

from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageOps

WIDTHS = (160, 320, 360, 480, 640, 800, 960, 1280)
FORMATS = {
    "avif": ("AVIF", {"quality": 45, "speed": 8}),
    "webp": ("WEBP", {"quality": 74, "method": 3}),
    "jpg": ("JPEG", {"quality": 78, "optimize": True, "progressive": True}),
}
CONTENT_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}


def rendition_name(original: str, width: int, kind: str) -> str:
    return f"renditions/{original}.{width}.{kind}"


def rendition(original: str, width: int, kind: str) -> str:
    """The stored name of this rendition, made now if it is missing. `original`: the picture's name in the storage.

    Never wider than the original; metadata (places, cameras) are left behind.
    """
    name = rendition_name(original, width, kind)
    if default_storage.exists(name):
        return name
    with default_storage.open(original) as file, Image.open(file) as opened:
        picture = ImageOps.exif_transpose(opened).convert("RGB")
    if picture.width > width:
        picture = picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)
    buffer = BytesIO()
    format, options = FORMATS[kind]
    picture.save(buffer, format, **options)
    # Two requests may make the same rendition: the storage gives the second another name, which is then removed.
    saved = default_storage.save(name, ContentFile(buffer.getvalue()))
    if saved != name:
        default_storage.delete(saved)
    return name
