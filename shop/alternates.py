"""The same page in each language: for the `<link>`s that tell search engines."""

from django.conf import settings


def alternates(path: str) -> dict:
    """{"canonical": the address of this path, "alternates": [(language, address)]}, all absolute.

    Every page of the shop lives under /<language>/, so another language is another first part of the path. x-default is
    for those who read none of them.
    """
    rest = path.split("/", 2)[2]
    languages = [*((code, code) for code, _name in settings.LANGUAGES), ("x-default", settings.LANGUAGE_CODE)]
    return {
        "canonical": settings.SITE_URL + path,
        "alternates": [(name, f"{settings.SITE_URL}/{code}/{rest}") for name, code in languages],
    }
