"""What is let in when somebody uploads a picture, and what of it is kept: the pixels and their colour profile.

Everything else in a file (where it was taken, by which camera, what was hidden behind the last pixel) is left behind,
because the picture is drawn anew from its pixels before it is stored.
"""

import io
import zipfile
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

# What a browser or a server might take for a program when it is handed the file under another name.
_MARKUP = (b"<script", b"<html", b"<!doctype", b"<iframe", b"<?php", b"javascript:")
_SAVING: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 90, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 90},
    "AVIF": {"quality": 80},
    "GIF": {},
}
MOST_PIXELS = 50_000_000
_MOVING = {"GIF", "WEBP", "PNG"}


class Redrawn(ContentFile):
    """A picture that has been through `redrawn` already."""


def refuse_disguised(file) -> None:
    """ValidationError for a picture that is something else as well: a page, a program, an archive, a document."""
    content = _content(file)
    lowered = content.lower()
    has_markup = any(mark in lowered for mark in _MARKUP)
    if has_markup or b"%PDF-" in content[:1024] or zipfile.is_zipfile(io.BytesIO(content)):
        raise ValidationError(
            _("This file hides something behind a picture. Save it anew in a picture editor and try again.")
        )


def redrawn(file, name: str) -> Redrawn:
    """The picture saved anew, upright, without metadata. ValidationError when it cannot be read to its last row."""
    try:
        with Image.open(io.BytesIO(_content(file))) as opened:
            opened.load()
            return Redrawn(_encoded(opened), name=name)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as broken:
        raise ValidationError(_("This picture is damaged and cannot be read.")) from broken


def as_jpeg(file, longest: int) -> bytes:
    """The picture as a JPEG without anything else in it, upright, at most `longest` pixels wide and high.
    ValidationError when it is no plain picture, or a giant one (which is not unpacked)."""
    refuse_disguised(file)
    try:
        with Image.open(io.BytesIO(_content(file))) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise ValidationError(_("This picture is too large. Please make it smaller and try again."))
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as broken:
        raise ValidationError(_("This picture is damaged and cannot be read.")) from broken
    picture.thumbnail((longest, longest))
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=85, optimize=True)
    return buffer.getvalue()


def _encoded(opened: Image.Image) -> bytes:
    kind = opened.format or "JPEG"
    options = dict(_SAVING.get(kind, {}))
    if profile := opened.info.get("icc_profile"):
        options["icc_profile"] = profile
    moving = kind in _MOVING and getattr(opened, "n_frames", 1) > 1
    if moving:
        options.update(save_all=True, loop=opened.info.get("loop", 0))
    picture = opened if moving else ImageOps.exif_transpose(opened)
    for field in ("exif", "xmp", "comment", "XML:com.adobe.xmp"):
        picture.info.pop(field, None)
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def _content(file) -> bytes:
    file.open("rb")
    file.seek(0)
    content = file.read()
    file.seek(0)
    return content
