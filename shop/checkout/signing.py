"""Webhook signatures: `t=<unix time>,v1=<hex HMAC-SHA256 of "t.body">`, the scheme Stripe documents."""

import hashlib
import hmac
import time

from shop.checkout.gateway import BadSignature

MAX_AGE_SECONDS = 300


def sign(body: bytes, secret: str, at: int | None = None) -> str:
    at = int(time.time()) if at is None else at
    return f"t={at},v1={_digest(body, secret, at)}"


def verify(body: bytes, header: str, secret: str, now: float | None = None) -> None:
    """BadSignature unless the header signs this body with this secret and is at most five minutes old."""
    parts = dict(part.split("=", 1) for part in header.split(",") if "=" in part)
    try:
        at = int(parts["t"])
        given = parts["v1"]
    except (KeyError, ValueError):
        raise BadSignature("no signature") from None
    if not secret or not hmac.compare_digest(given.encode(), _digest(body, secret, at).encode()):
        raise BadSignature("wrong signature")
    if abs((time.time() if now is None else now) - at) > MAX_AGE_SECONDS:
        raise BadSignature("too old")


def _digest(body: bytes, secret: str, at: int) -> str:
    return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
