"""How often one address may ask the search: a fixed window in the cache; loopback is free in the demo."""

from django.conf import settings
from django.core.cache import cache

from shop.clients import address_of

PER_MINUTE = 240
LOOPBACK = ("127.0.0.1", "::1")


def too_many(request) -> bool:
    address = address_of(request)
    if (settings.DEMO or settings.DEBUG) and address in LOOPBACK:
        return False
    key = f"search-rate:{address}"
    if cache.add(key, 1, 60):
        return False
    try:
        return cache.incr(key) > PER_MINUTE
    except ValueError:
        return False
