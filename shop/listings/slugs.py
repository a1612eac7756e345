from anyascii import anyascii
from django.utils.text import slugify


def readable_slug(value: str, allow_unicode: bool = False) -> str:
    """A title in any of our scripts as Latin letters for addresses: «Сӯзании Хуҷанд» → "suzanii-hujand"."""
    return slugify(anyascii(value))[:80].strip("-") or "piece"
