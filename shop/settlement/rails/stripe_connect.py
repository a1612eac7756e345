"""Transfers to a maker's own Stripe account, where Stripe lets makers have one. A refund after the payout takes back
what the balance no longer covers, by reversing the transfer."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from shop.checkout import stripe
from shop.checkout.events import listens_to
from shop.checkout.gateway import Refused
from shop.outbox.services import enqueue, handles
from shop.outbox.ticking import each_minute
from shop.settlement import booking, vault
from shop.settlement.ledger import ZERO, Cause, Leg, balances, post
from shop.settlement.models import Account, Entry, Payout, PayoutBatch, Posting, WebhookEvent
from shop.settlement.payout_states import mark_bounced, mark_paid
from shop.settlement.rails import STRIPE_CONNECT

# Where Stripe opens accounts for makers of a platform in its own region: US, UK, EEA, CA, CH (issue 5).
COUNTRIES = frozenset(
    "US GB CA CH AT BE BG HR CY CZ DK EE FI FR DE GR HU IS IE IT LV LI LT LU MT NL NO PL PT RO SK SI ES SE".split()
)


def send(batch: PayoutBatch, payouts: list[Payout]) -> None:
    for payout in payouts:
        enqueue("payout-transfer", {"payout": payout.pk}, key=payout.key)


def open_account(payee: Any, email: str) -> str:
    """A connected account for a payee, made once however often it is asked for; its number (acct_…)."""
    name = str(payee.partner.pk)
    key = salted_hmac("stripe-account", name).hexdigest()
    return stripe.create_account(country=payee.country, email=email, key=key, metadata={"payee": str(payee.pk)})


def onboarding_url(account: str, back: str) -> str:
    return stripe.create_account_link(account, refresh_url=back, return_url=back)


@handles("payout-transfer")
def transfer(payload: dict) -> None:
    """Asks Stripe for the transfer, with the payout's key: a retry after a cut line is the same transfer."""
    payout = Payout.objects.select_related("details").get(pk=payload["payout"])
    if payout.status != Payout.SENT:
        return
    try:
        reference = _find(payout) or _transfer(payout)
    except Refused as refused:
        mark_bounced(payout.pk, "NARR", str(refused))
        return
    with transaction.atomic():
        # It never passes our bank: what the bank's account will be said to have paid comes from Stripe's balance.
        if mark_paid(payout.pk, reference):
            booking.book_to_bank(payout.key, payout.amount, payout.currency)


def _find(payout: Payout) -> str:
    """The transfer that an earlier try made, where Stripe may have forgotten its key."""
    if not payout.sent_at or payout.sent_at > timezone.now() - stripe.KEYS_LAST:
        return ""
    return stripe.find_transfer(_account(payout), payout.key, payout.sent_at - timedelta(hours=1))


def _transfer(payout: Payout) -> str:
    metadata = {"payout": payout.key}
    return stripe.create_transfer(_account(payout), payout.amount, payout.currency, key=payout.key, metadata=metadata)


def _account(payout: Payout) -> str:
    return vault.unseal(payout.details.sealed)["number"]


@listens_to("transfer")
def follow(event: WebhookEvent) -> None:
    """A transfer reversed as a whole, and not by us, came back."""
    facts = (event.payload["event"].get("data") or {}).get("object") or {}
    payout = Payout.objects.filter(rail=STRIPE_CONNECT, reference=event.payload["reference"]).first()
    if payout and facts.get("reversed") and not taken_back(payout):
        with transaction.atomic():
            if mark_bounced(payout.pk, "MS03"):
                booking.book_to_bank(f"{payout.key}-back", -payout.amount, payout.currency)


# -- Reversal -------------------------------------------------------------------------------------------------------


def taken_back(payout: Payout) -> Decimal:
    """How much of a payout that arrived was taken back from the maker's Stripe account."""
    rows = Posting.objects.filter(
        entry__kind=Entry.PAYOUT_RETURNED, entry__cause_type="payout", entry__cause_id=payout.pk,
        account__kind=Account.CASH,
    )  # fmt: skip
    return sum(rows.values_list("amount", flat=True), ZERO)


@each_minute("negative balances taken back from Stripe accounts")
def take_back() -> int:
    """For makers whose balance is below zero after a refund: asks for as much of their transfers, the newest first."""
    asked = 0
    paid = Payout.objects.filter(rail=STRIPE_CONNECT, status=Payout.PAID).select_related("partner")
    missing: dict[tuple[int, str], Decimal] = {}
    for payout in paid.order_by("-pk"):
        owner = (payout.partner_id, payout.currency)
        if owner not in missing:
            balance = balances(payout.partner).get(payout.currency)
            missing[owner] = balance.negative if balance else ZERO
        amount = min(missing[owner], payout.amount - taken_back(payout)) if missing[owner] else ZERO
        if amount > 0:
            missing[owner] -= amount
            before = taken_back(payout)
            payload = {"payout": payout.pk, "amount": str(amount)}
            enqueue("payout-reversal", payload, key=f"{payout.key}-{before}")
            asked += 1
    return asked


@handles("payout-reversal")
def reverse(payload: dict) -> None:
    """Reverses a part of a transfer; the maker's balance is made up by it. Once for each amount taken back before."""
    payout = Payout.objects.select_related("partner").get(pk=payload["payout"])
    amount, before = Decimal(payload["amount"]), taken_back(payout)
    key = f"{payout.key}-back-{before}"
    try:
        reference = stripe.find_reversal(payout.reference, key) or stripe.reverse_transfer(
            payout.reference, amount, payout.currency, key=key, metadata={"payout": payout.key, "reversal": key}
        )
    except Refused:
        # The account there is empty too: it stays below zero here, and the next sales make up for it.
        return
    with transaction.atomic():
        legs = [
            Leg(Account.CASH, payout.currency, amount),
            Leg(Account.PAID_OUT, payout.currency, -amount, payout.partner),
        ]
        post(f"payout-taken-back-{reference}", Cause(Entry.PAYOUT_RETURNED, payout), legs, reason="reversal")
        legs = [
            Leg(Account.PAID_OUT, payout.currency, amount, payout.partner),
            Leg(Account.AVAILABLE, payout.currency, -amount, payout.partner),
        ]
        post(f"payout-made-up-{reference}", Cause(Entry.PAYOUT_BOUNCED, payout), legs, reason="reversal")
