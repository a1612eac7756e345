"""Stripe's Global Payouts: outbound payments to a maker's bank account, given to Stripe on Stripe's own page.

The platform's Stripe account must be in the US or the UK (issue 5), with a financial account that it pays out of
(STRIPE_FINANCIAL_ACCOUNT, in STRIPE_FINANCIAL_CURRENCY). Stripe's second API: not verified against Stripe.
"""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from shop.checkout import stripe
from shop.checkout.events import listens_to
from shop.checkout.gateway import Refused
from shop.checkout.stripe_reading import OutboundPayment
from shop.outbox.services import enqueue, handles
from shop.settlement import booking, vault
from shop.settlement.models import Payout, PayoutBatch, WebhookEvent
from shop.settlement.payout_states import mark_bounced, mark_paid
from shop.settlement.rails import STRIPE_GLOBAL

# Stripe's reasons (OutboundPayment.status_details) as ISO 20022 has them; source: docs.stripe.com/api/v2, outbound
# payments. One that is not here is told as it came, under NARR.
REASONS = {
    "payout_method_declined": "AC14",
    "payout_method_does_not_exist": "AC01",
    "payout_method_expired": "AC04",
    "payout_method_unsupported": "AC14",
    "payout_method_usage_frequency_limit_exceeded": "AM14",
    "payout_method_amount_limit_exceeded": "AM14",
    "recipient_name_mismatch": "BE01",
    "recalled_by_stripe": "CUST",
    "unknown_failure": "MS03",
    "outbound_payment_return": "MS03",
}


def send(batch: PayoutBatch, payouts: list[Payout]) -> None:
    for payout in payouts:
        enqueue("payout-outbound", {"payout": payout.pk}, key=payout.key)


def open_account(payee: Any, email: str) -> str:
    """A recipient at Stripe for a payee, made once however often it is asked for; its number (acct_…)."""
    key = salted_hmac("stripe-recipient", str(payee.partner.pk)).hexdigest()
    return stripe.create_recipient(
        name=payee.partner.name,
        email=email,
        country=payee.country,
        entity="company" if payee.is_cooperative else "individual",
        key=key,
        metadata={"payee": str(payee.pk)},
    )


def onboarding_url(account: str, back: str) -> str:
    return stripe.create_recipient_link(account, refresh_url=back, return_url=back)


@handles("payout-outbound")
def pay_out(payload: dict) -> None:
    """Asks Stripe for the payment, with the payout's key: a retry after a cut line is the same payment."""
    payout = Payout.objects.select_related("details", "partner").get(pk=payload["payout"])
    if payout.status != Payout.SENT:
        return
    try:
        payment = stripe.create_outbound_payment(
            vault.unseal(payout.details.sealed)["number"],
            payout.amount,
            payout.currency,
            from_account=settings.STRIPE_FINANCIAL_ACCOUNT,
            from_currency=settings.STRIPE_FINANCIAL_CURRENCY,
            key=payout.key,
            metadata={"payout": payout.key},
            description=f"Karvan {payout.key}",
        )
    except Refused as refused:
        mark_bounced(payout.pk, "NARR", str(refused))
        return
    Payout.objects.filter(pk=payout.pk).update(reference=payment.reference)
    settle(payout, payment)


@listens_to("v2.money_management.outbound_payment")
def follow(event: WebhookEvent) -> None:
    """A message only says that something happened; how it stands is asked."""
    payout = Payout.objects.filter(rail=STRIPE_GLOBAL, reference=event.payload["reference"]).first()
    if payout:
        settle(payout, stripe.look_up_outbound_payment(payout.reference))


@transaction.atomic
def settle(payout: Payout, payment: OutboundPayment) -> None:
    """posted: paid, booked out of Stripe's balance at the rate that Stripe took; failed, returned, canceled: back."""
    if payment.status == "posted":
        if mark_paid(payout.pk, payment.reference):
            _book_debit(payout, payment, back=False)
    elif payment.status in ("failed", "returned", "canceled"):
        was_paid = Payout.objects.filter(pk=payout.pk, status=Payout.PAID).exists()
        if mark_bounced(payout.pk, REASONS.get(payment.reason, "NARR"), payment.reason, payment.reference) and was_paid:
            _book_debit(payout, payment, back=True)


def _book_debit(payout: Payout, payment: OutboundPayment, *, back: bool) -> None:
    """What left Stripe's balance (or came back to it), and its exchange into the maker's currency."""
    amount, currency = payment.debited
    key = f"{payout.key}-back" if back else payout.key
    if currency == payout.currency:
        booking.book_to_bank(key, -amount if back else amount, currency)
        return
    booking.book_to_bank(key, -amount if back else amount, currency)
    if back:
        booking.book_exchanged(key, payout.amount, payout.currency, amount, currency)
    else:
        booking.book_exchanged(key, amount, currency, payout.amount, payout.currency)
