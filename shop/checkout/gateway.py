"""What Karvan asks of whoever takes the money. `sandbox.py` is the demo's, `stripe.py` charges real cards; both answer
the same questions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from django.conf import settings

from shop.settlement.models import Payment, Refund

# How a payment stands.
OPEN, PAID, FAILED, EXPIRED = "open", "paid", "failed", "expired"
# What an event is about.
PAYMENT, CHARGE, REFUND, DISPUTE = "payment", "charge", "refund", "dispute"


class GatewayDown(Exception):
    """The gateway did not answer, or not in time. What it did is unknown; asking again is safe."""


class Refused(Exception):
    """The gateway said no and did nothing. The text is its reason."""


class BadSignature(Exception):
    """A webhook that is forged, too old, or not readable."""


class NotSetUp(Exception):
    """There is no gateway: checkout takes no orders and says so."""


@dataclass(frozen=True)
class PaymentPage:
    """Where the shopper pays, and the gateway's own number for it."""

    reference: str
    url: str


@dataclass(frozen=True)
class Outcome:
    """How a payment stands: `status` is one of OPEN, PAID, FAILED, EXPIRED; `reason` is the gateway's code; `amount`
    and `currency` what was paid, where the gateway says so."""

    status: str
    reason: str = ""
    amount: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True)
class ChargeFacts:
    """What the gateway's own books say of a paid payment. `amount`, `fee` and `net` are in `currency`, the one that the
    platform's balance is kept in; `rate`: units of it for one unit of what was charged (None: the same currency)."""

    reference: str
    balance_reference: str
    amount: Decimal
    fee: Decimal
    net: Decimal
    currency: str
    rate: Decimal | None = None


@dataclass(frozen=True)
class GatewayLine:
    """A line of the gateway's own books: `amount` before its `fee`, both in `currency`, negative when money leaves."""

    reference: str
    amount: Decimal
    fee: Decimal
    currency: str


@dataclass(frozen=True)
class RefundFacts:
    """How a refund stands. `status`: one of Refund.PENDING, SUCCEEDED, FAILED, CANCELLED; `key` is ours, "" for a
    refund that was made at the gateway by hand; `payment_key` names the payment; `amount` in the payment's currency;
    `lines`: that it left the gateway's balance, and that it came back, as far as its books say."""

    reference: str
    status: str
    reason: str = ""
    key: str = ""
    payment_key: str = ""
    amount: Decimal = Decimal(0)
    currency: str = ""
    lines: tuple[GatewayLine, ...] = ()


@dataclass(frozen=True)
class DisputeFacts:
    """How a dispute stands. `status` is one of Dispute's; `amount` is what was taken back, in `currency`, the
    payment's; `lines`: that it left the gateway's balance, and that it came back."""

    reference: str
    payment_key: str
    amount: Decimal
    currency: str
    reason: str
    status: str
    due_by: datetime | None = None
    lines: tuple[GatewayLine, ...] = ()


@dataclass(frozen=True)
class Event:
    """A webhook whose signature holds. `about` is one of PAYMENT, CHARGE, REFUND, DISPUTE or the gateway's own word for
    something else; `reference` is that thing's number, `key` our payment's own key where the event carries it; not
    `ours`: of another shop on the same account."""

    id: str
    kind: str
    reference: str
    outcome: Outcome | None
    payload: dict = field(default_factory=dict)
    about: str = PAYMENT
    key: str = ""
    ours: bool = True


class Gateway(Protocol):
    """Calls may raise GatewayDown (ask again) or Refused (never will). `payment.key` and `refund.key` are idempotency
    keys: the same key is the same page and the same refund."""

    code: str

    def open_page(
        self, payment: Payment, *, email: str, language: str, return_url: str, cancel_url: str, expires: datetime
    ) -> PaymentPage: ...

    def look_up(self, payment: Payment) -> Outcome: ...

    def expire(self, payment: Payment) -> Outcome:
        """Closes the page so that nobody can pay any more; the outcome says whether someone did before."""
        ...

    def look_up_charge(self, payment: Payment) -> ChargeFacts | None:
        """What a paid payment brought; None while the gateway's books do not say yet."""
        ...

    def refund(self, refund: Refund) -> RefundFacts:
        """Gives part of a payment back; asking twice gives back once."""
        ...

    def look_up_refund(self, reference: str) -> RefundFacts: ...

    def list_refunds(self, payment: Payment) -> list[RefundFacts]:
        """Every refund of the payment, those made by hand at the gateway too."""
        ...

    def look_up_dispute(self, reference: str) -> DisputeFacts: ...

    def upload_evidence(self, name: str, picture: bytes, key: str) -> str:
        """Hands in a picture (JPEG) that an answer will name; the gateway's number for it."""
        ...

    def submit_evidence(self, reference: str, evidence: Mapping[str, str], key: str) -> DisputeFacts:
        """Answers a dispute, once and for all. `evidence`: the gateway's field → text, or a picture's number."""
        ...

    def read_event(self, body: bytes, headers: Mapping[str, str]) -> Event:
        """The webhook's event; BadSignature when it must not be believed."""
        ...


def gateways() -> dict[str, Gateway]:
    """Those that are switched on, by code, the preferred first: with a Stripe key, real cards."""
    from shop.checkout.sandbox import SandboxGateway
    from shop.checkout.stripe import StripeGateway

    found: dict[str, Gateway] = {}
    if settings.STRIPE_SECRET_KEY:
        found[StripeGateway.code] = StripeGateway()
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
