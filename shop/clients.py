"""Whose request this is, for limits: the caller's address, also behind a proxy of ours."""

from django.conf import settings


def address_of(request) -> str:
    """The caller's IP address. Behind a proxy (BEHIND_PROXY) it is the last one that the proxy wrote down."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.BEHIND_PROXY and forwarded:
        return forwarded.rsplit(",", 1)[-1].strip()
    return request.META.get("REMOTE_ADDR", "")
