"""What Karvan asks of whoever takes the money. `sandbox.py` is the demo's; a real one answers the same questions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from django.conf import settings

from shop.settlement.models import Payment

OPEN, PAID, FAILED, EXPIRED = "open", "paid", "failed", "expired"


class GatewayDown(Exception):
    """The gateway did not answer, or not in time. What it did is unknown; asking again is safe."""


class BadSignature(Exception):
    """A webhook that is forged, too old, or not readable."""


@dataclass(frozen=True)
class PaymentPage:
    """Where the shopper pays, and the gateway's own number for it."""

    reference: str
    url: str


@dataclass(frozen=True)
class Outcome:
    """How a payment stands: `status` is one of OPEN, PAID, FAILED, EXPIRED; `reason` is the gateway's code."""

    status: str
    reason: str = ""


@dataclass(frozen=True)
class Event:
    """A webhook whose signature holds. `reference` is the payment page it is about."""

    id: str
    kind: str
    reference: str
    outcome: Outcome | None
    payload: dict = field(default_factory=dict)


class Gateway(Protocol):
    """Calls may raise GatewayDown. `payment.key` is the idempotency key: the same key is the same page."""

    code: str

    def open_page(
        self, payment: Payment, *, email: str, language: str, return_url: str, cancel_url: str, expires: datetime
    ) -> PaymentPage: ...

    def look_up(self, payment: Payment) -> Outcome: ...

    def expire(self, payment: Payment) -> Outcome:
        """Closes the page so that nobody can pay any more; the outcome says whether someone did before."""
        ...

    def refund(self, payment: Payment) -> None:
        """Gives the whole payment back; asking twice gives back once."""
        ...

    def read_event(self, body: bytes, headers: Mapping[str, str]) -> Event:
        """The webhook's event; BadSignature when it must not be believed."""
        ...


class NotSetUp(Exception):
    """There is no gateway: checkout takes no orders and says so."""


def gateways() -> dict[str, Gateway]:
    """Those that are switched on, by code, the preferred first."""
    from shop.checkout.sandbox import SandboxGateway

    found: dict[str, Gateway] = {}
    if settings.PAYMENT_SANDBOX:
        found[SandboxGateway.code] = SandboxGateway()
    return found


def get_gateway(code: str | None = None) -> Gateway:
    """The gateway of this code, or the preferred one; NotSetUp when there is none."""
    found = gateways()
    try:
        return found[code] if code else next(iter(found.values()))
    except (KeyError, StopIteration):
        raise NotSetUp from None
