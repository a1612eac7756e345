"""Real cards: Stripe's hosted Checkout, so that no card field is ours. The sole `import stripe`.

What the rails of the settlement ask of Stripe (transfers, accounts, outbound payments) is in the second half.
Amounts are Decimal with an ISO code; they travel as Stripe's whole numbers (`charging.to_minor`).
"""

import io
import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

import stripe
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from shop.checkout import stripe_reading as reading
from shop.checkout.charging import to_minor
from shop.checkout.gateway import (
    EXPIRED,
    BadSignature,
    ChargeFacts,
    DisputeFacts,
    Event,
    GatewayDown,
    Outcome,
    PaymentPage,
    RefundFacts,
    Refused,
)

logger = logging.getLogger(__name__)
# The version that requests are written for and answers are read as; the webhook endpoint must be made with the same.
API_VERSION = "2026-10-28.endive"
TIMEOUT_SECONDS = 15
# Stripe's Checkout speaks none of our other languages; there it takes the browser's.
LOCALES = {"en": "en", "ru": "ru"}
# A session lives at least 30 minutes (Stripe's rule) and longer than what is reserved for it.
LONGER_THAN_RESERVED = timedelta(minutes=35)
LONGEST = timedelta(hours=23, minutes=50)
# What is read of a refund, besides itself.
REFUND_WITH = ["payment_intent", "balance_transaction", "failure_balance_transaction"]
# Stripe forgets an idempotency key after 24 hours: a later request with it is done a second time.
KEYS_LAST = timedelta(hours=23)
stripe.enable_telemetry = False


@lru_cache(maxsize=4)
def _client(key: str, base: str) -> stripe.StripeClient:
    # No retries of the library's own: ours carry the same key and do not keep a shopper waiting.
    return stripe.StripeClient(
        key,
        stripe_version=API_VERSION,
        base_addresses={"api": base, "files": base} if base else None,
        http_client=stripe.RequestsClient(timeout=TIMEOUT_SECONDS),
        max_network_retries=0,
    )


def client() -> stripe.StripeClient:
    return _client(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE)


def ask(call: Callable[..., Any], *arguments: Any, key: str = "") -> dict:
    """Calls the API; its answer as a plain dictionary. `key`: the idempotency key where something is made. GatewayDown
    when it did not answer, is busy or does not let us in; Refused when it said no."""
    options: Any = {"idempotency_key": key} if key else {}
    try:
        return call(*arguments, options=options).to_dict()
    except (stripe.AuthenticationError, stripe.PermissionError) as error:
        logger.error("Stripe does not accept our key: %s", error)
        raise GatewayDown(str(error)) from error
    except (stripe.APIConnectionError, stripe.RateLimitError) as error:
        raise GatewayDown(str(error)) from error
    except stripe.StripeError as error:
        if error.http_status is None or error.http_status >= 500 or error.http_status == 409:
            raise GatewayDown(str(error)) from error
        raise Refused(error.code or str(error)) from error


class StripeGateway:
    code = "stripe"

    def open_page(
        self, payment, *, email: str, language: str, return_url: str, cancel_url: str, expires: datetime
    ) -> PaymentPage:
        """Everything here depends only on the order and the payment, so that a retry is the same request."""
        with translation.override(language):
            name = _("Order %(number)s") % {"number": payment.order.number}
        metadata = {"order": payment.order.number, "payment": payment.key}
        price = {
            "currency": payment.currency.lower(),
            "unit_amount": to_minor(payment.amount, payment.currency),
            "product_data": {"name": name},
        }
        session = ask(
            client().v1.checkout.sessions.create,
            {
                "mode": "payment",
                "line_items": [{"quantity": 1, "price_data": price}],
                "customer_email": email,
                "locale": LOCALES.get(language, "auto"),
                "client_reference_id": payment.key,
                "metadata": metadata,
                "payment_intent_data": {"metadata": metadata, "description": name},
                # The card is charged what the checkout said, in that currency.
                "adaptive_pricing": {"enabled": False},
                "success_url": return_url,
                "cancel_url": cancel_url,
                "expires_at": int(_page_ends(payment).timestamp()),
            },
            key=payment.key,
        )
        return PaymentPage(session["id"], session["url"])

    def look_up(self, payment) -> Outcome:
        return reading.session_outcome(self._session(payment))

    def expire(self, payment) -> Outcome:
        if not payment.reference:
            # Stripe refused to open it, or never heard of it: there is nothing that could be paid.
            return Outcome(EXPIRED)
        try:
            session = ask(client().v1.checkout.sessions.expire, payment.reference, {})
        except Refused:
            # It is paid, or has expired already.
            session = self._session(payment)
        return reading.session_outcome(session)

    def look_up_charge(self, payment) -> ChargeFacts | None:
        session = self._session(payment, expand=["payment_intent.latest_charge.balance_transaction"])
        return reading.charge_facts(session)

    def refund(self, refund) -> RefundFacts:
        """Stripe knows three reasons; ours goes into the metadata. One that was first asked for long ago is looked for
        before it is asked for again."""
        if refund.created < timezone.now() - KEYS_LAST:
            known = next((facts for facts in self.list_refunds(refund.payment) if facts.key == refund.key), None)
            if known:
                return known
        session = self._session(refund.payment)
        made = ask(
            client().v1.refunds.create,
            {
                "payment_intent": reading.id_of(session["payment_intent"]),
                "amount": to_minor(refund.amount, refund.currency),
                "reason": "requested_by_customer",
                "metadata": {"refund": refund.key, "payment": refund.payment.key, "order": refund.order.number},
                "expand": REFUND_WITH,
            },
            key=refund.key,
        )
        return reading.refund_facts(made)

    def look_up_refund(self, reference: str) -> RefundFacts:
        found = ask(client().v1.refunds.retrieve, reference, {"expand": REFUND_WITH})
        return reading.refund_facts(found)

    def list_refunds(self, payment) -> list[RefundFacts]:
        intent = reading.id_of(self._session(payment)["payment_intent"])
        params = {"payment_intent": intent, "limit": 100, "expand": [f"data.{name}" for name in REFUND_WITH]}
        found = ask(client().v1.refunds.list, params)
        return [reading.refund_facts(refund) for refund in found["data"]]

    def look_up_dispute(self, reference: str) -> DisputeFacts:
        found = ask(client().v1.disputes.retrieve, reference, {"expand": ["payment_intent"]})
        return reading.dispute_facts(found)

    def upload_evidence(self, name: str, picture: bytes, key: str) -> str:
        file = io.BytesIO(picture)
        file.name = name
        return ask(client().v1.files.create, {"purpose": "dispute_evidence", "file": file}, key=key)["id"]

    def submit_evidence(self, reference: str, evidence: Mapping[str, str], key: str) -> DisputeFacts:
        params = {"evidence": dict(evidence), "submit": True, "expand": ["payment_intent"]}
        return reading.dispute_facts(ask(client().v1.disputes.update, reference, params, key=key))

    def read_event(self, body: bytes, headers) -> Event:
        """Signature and age are checked by the library (at most five minutes old), against each secret that is set: a
        new one beside the old while it is changed, or one for each of two endpoints."""
        signature = headers.get("Stripe-Signature", "")
        secrets = [secret.strip() for secret in settings.STRIPE_WEBHOOK_SECRET.split(",") if secret.strip()]
        if not any(_is_signed(body, signature, secret) for secret in secrets):
            raise BadSignature("no signature of ours")
        try:
            return reading.event_of(body)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadSignature(f"not readable: {error}") from None

    def _session(self, payment, expand: list[str] | None = None) -> dict:
        return ask(client().v1.checkout.sessions.retrieve, payment.reference, {"expand": expand} if expand else {})


def _is_signed(body: bytes, signature: str, secret: str) -> bool:
    try:
        return stripe.WebhookSignature.verify_header(body, signature, secret, stripe.Webhook.DEFAULT_TOLERANCE)
    except (stripe.SignatureVerificationError, ValueError):
        return False


def _page_ends(payment) -> datetime:
    """Counted from the payment itself, not from what the order's reservation may have become meanwhile."""
    reserved = timedelta(minutes=settings.RESERVATION_MINUTES)
    return payment.created + min(reserved + LONGER_THAN_RESERVED, LONGEST)


# -- What the rails of the settlement ask for -------------------------------------------------------------------------


def create_account_link(account: str, *, refresh_url: str, return_url: str) -> str:
    """Where the holder of a connected account (acct_…) tells Stripe who they are; the address works once."""
    params = {"account": account, "refresh_url": refresh_url, "return_url": return_url, "type": "account_onboarding"}
    return ask(client().v1.account_links.create, params)["url"]


def create_account(*, country: str, email: str, key: str, metadata: Mapping[str, str]) -> str:
    """A connected account that only receives transfers, its identity asked for by Stripe; its number (acct_…)."""
    params = {
        "country": country,
        "email": email,
        "controller": {
            "fees": {"payer": "application"},
            "losses": {"payments": "application"},
            "stripe_dashboard": {"type": "express"},
        },
        "capabilities": {"transfers": {"requested": True}},
        "metadata": dict(metadata),
    }
    return ask(client().v1.accounts.create, params, key=key)["id"]


def create_transfer(account: str, amount: Decimal, currency: str, *, key: str, metadata: Mapping[str, str]) -> str:
    """Moves `amount` of the platform's balance to a connected account; the transfer's number (tr_…)."""
    params = {
        "destination": account,
        "amount": to_minor(amount, currency),
        "currency": currency.lower(),
        "metadata": dict(metadata),
    }
    return ask(client().v1.transfers.create, params, key=key)["id"]


def find_transfer(account: str, payout: str, since: datetime) -> str:
    """The number of the transfer to this account whose metadata name this payout, made since then; "" without one."""
    params = {"destination": account, "created": {"gte": int(since.timestamp())}, "limit": 100}
    made = ask(client().v1.transfers.list, params)["data"]
    return next((one["id"] for one in made if (one.get("metadata") or {}).get("payout") == payout), "")


def find_reversal(transfer: str, key: str) -> str:
    """The number of the reversal of this transfer whose metadata carry this key; "" without one."""
    made = ask(client().v1.transfers.reversals.list, transfer, {"limit": 100})["data"]
    return next((one["id"] for one in made if (one.get("metadata") or {}).get("reversal") == key), "")


def reverse_transfer(transfer: str, amount: Decimal, currency: str, *, key: str, metadata: Mapping[str, str]) -> str:
    """Takes part of a transfer back into the platform's balance; the reversal's number (trr_…)."""
    params = {"amount": to_minor(amount, currency), "metadata": dict(metadata)}
    return ask(client().v1.transfers.reversals.create, transfer, params, key=key)["id"]


def look_up_payout(reference: str) -> reading.PayoutFacts:
    """How a payout to the platform's own bank stands, and what the balance says of it."""
    params = {"expand": ["balance_transaction", "failure_balance_transaction"]}
    return reading.payout_facts(ask(client().v1.payouts.retrieve, reference, params))


def list_balance_transactions(since: datetime) -> Iterator[reading.BalanceTransaction]:
    """Every booking of the platform's Stripe balance made since then, newest first."""
    params = {"created": {"gte": int(since.timestamp())}, "limit": 100, "expand": ["data.source"]}
    page = ask(client().v1.balance_transactions.list, params)
    while True:
        yield from (reading.balance_transaction(booking) for booking in page["data"])
        if not page["has_more"]:
            return
        page = ask(client().v1.balance_transactions.list, {**params, "starting_after": page["data"][-1]["id"]})


# v2: stripe-mock has none of these, so the shapes are checked against the documented ones in
# tests/shop/checkout/stripe_v2.


def create_recipient(*, name: str, email: str, country: str, entity: str, key: str, metadata: Mapping[str, str]) -> str:
    """Somebody who can be sent outbound payments to a bank account; their number (acct_…). `entity`: individual or
    company. Not verified against Stripe."""
    params = {
        "contact_email": email,
        "display_name": name,
        "identity": {"country": country.lower(), "entity_type": entity},
        "configuration": {"recipient": {"capabilities": {"bank_accounts": {"local": {"requested": True}}}}},
        "metadata": dict(metadata),
    }
    return ask(client().v2.core.accounts.create, params, key=key)["id"]


def create_recipient_link(recipient: str, *, refresh_url: str, return_url: str) -> str:
    """Where a recipient gives Stripe their bank account and identity. Not verified against Stripe."""
    onboarding = {"refresh_url": refresh_url, "return_url": return_url}
    params = {"account": recipient, "use_case": {"type": "account_onboarding", "account_onboarding": onboarding}}
    return ask(client().v2.core.account_links.create, params)["url"]


def create_outbound_payment(
    recipient: str,
    amount: Decimal,
    currency: str,
    *,
    from_account: str,
    from_currency: str,
    payout_method: str = "",
    key: str,
    metadata: Mapping[str, str],
    description: str = "",
) -> reading.OutboundPayment:
    """Sends `amount` of `currency` from the platform's financial account (fa_…) to a recipient, who gets their usual
    payout method unless another is named. Not verified against Stripe."""
    to = {"recipient": recipient, "currency": currency.lower()}
    params: dict[str, Any] = {
        "amount": {"value": to_minor(amount, currency), "currency": currency.lower()},
        "from": {"financial_account": from_account, "currency": from_currency.lower()},
        "to": {**to, "payout_method": payout_method} if payout_method else to,
        "metadata": dict(metadata),
    }
    if description:
        params["description"] = description
    return reading.outbound_payment(ask(client().v2.money_management.outbound_payments.create, params, key=key))


def look_up_outbound_payment(reference: str) -> reading.OutboundPayment:
    """How an outbound payment stands: processing, posted, failed, returned or canceled. Not verified against Stripe."""
    return reading.outbound_payment(ask(client().v2.money_management.outbound_payments.retrieve, reference, {}))
