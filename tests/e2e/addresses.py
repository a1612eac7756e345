"""Every page that a person can open, made from the URL table, so that a new page cannot be forgotten."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

# Not pages: what programs ask for, and the two admins, which are Wagtail's and Oscar's own.
NO_PAGES = ("admin/", "dashboard/", "api/", "documents/", "webhooks/", "pictures/", "media/", "static/", "i18n/",
            "sandbox/")  # fmt: skip
# Answers to forms, files, and pages that need a moment: an order's and the payment's are looked at by their own tests.
POSTED = {"basket:add", "basket:line", "checkout:pay", "checkout:cancel", "checkout:return", "currency:choose",
          "orders:claim", "orders:receipt", "account_logout"}  # fmt: skip


def patterns(resolver=None, prefix: str = "", names: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """(name with its namespace, address with <parameters>) of every pattern under a language."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = "" if isinstance(pattern.pattern, LocalePrefixPattern) else str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            space = (pattern.namespace,) if pattern.namespace else ()
            yield from patterns(pattern, prefix + route, names + space)
        elif isinstance(pattern, URLPattern):
            yield ":".join([*names, pattern.name or ""]), prefix + route
