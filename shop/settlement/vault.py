"""Sealing what must not be read from a stolen database: bank details, files for banks. Fernet (AES-128-CBC with
HMAC-SHA256), keys from PAYOUT_KEYS, the newest first."""

import base64
import hashlib
import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class Unreadable(Exception):
    """Sealed with a key that PAYOUT_KEYS does not have (any more), or not by us."""


def require_keys() -> None:
    """ImproperlyConfigured unless there is a key that can seal: called when the server starts."""
    _fernet(_keys())


def seal(value: Any) -> str:
    """`value` (plain JSON) as a token that only we can read."""
    return _fernet(_keys()).encrypt(json.dumps(value, ensure_ascii=False).encode()).decode()


def unseal(token: str) -> Any:
    """What was sealed; Unreadable when no key fits."""
    try:
        return json.loads(_fernet(_keys()).decrypt(token.encode()))
    except InvalidToken:
        raise Unreadable("no key of PAYOUT_KEYS opens this") from None


def reseal(token: str) -> str:
    """The same content under the newest key."""
    try:
        return _fernet(_keys()).rotate(token.encode()).decode()
    except InvalidToken:
        raise Unreadable("no key of PAYOUT_KEYS opens this") from None


def new_key() -> str:
    return Fernet.generate_key().decode()


def _keys() -> tuple[str, ...]:
    keys = tuple(settings.PAYOUT_KEYS)
    if keys:
        return keys
    if not settings.DEBUG:
        raise ImproperlyConfigured(
            "PAYOUT_KEYS is not set. Makers' bank details are sealed with it: `manage.py payout_keys new` makes a key."
        )
    # A developer's machine: sealed all the same, with a key that is as good as its SECRET_KEY.
    return (base64.urlsafe_b64encode(hashlib.sha256(settings.SECRET_KEY.encode()).digest()).decode(),)


@lru_cache(maxsize=4)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError:
        raise ImproperlyConfigured("PAYOUT_KEYS has a key that is not 32 bytes in URL-safe base64.") from None
