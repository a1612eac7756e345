"""The same page in each language: for the `<link>`s that tell search engines."""

from django.conf import settings


def alternates(path: str) -> dict:
    """{"canonical": the address of this path, "alternates": [(language, address)]}, all absolute.

    Every page of the shop lives under /<language>/, so another language is another first part of the path.
    """
    rest = path.split("/", 2)[2]
    return {
        "canonical": settings.SITE_URL + path,
        "alternates": [(code, f"{settings.SITE_URL}/{code}/{rest}") for code, _name in settings.LANGUAGES],
    }
