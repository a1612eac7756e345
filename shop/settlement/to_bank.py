"""What Stripe pays out to the platform's own bank: booked when it leaves Stripe's balance, and when it comes back."""

from django.db import transaction

from shop.checkout import stripe
from shop.checkout.events import listens_to
from shop.checkout.stripe_reading import PayoutFacts
from shop.settlement import booking
from shop.settlement.models import WebhookEvent


@listens_to("payout")
def follow(event: WebhookEvent) -> None:
    """A message only says that something happened; how the payout stands is asked. Those of a maker's own Stripe
    account are none of ours."""
    if not event.payload["event"].get("account"):
        book(stripe.look_up_payout(event.payload["reference"]))


@transaction.atomic
def book(payout: PayoutFacts) -> None:
    """Any number of times: each line of Stripe's is booked once. A bank account in another currency than the balance's
    gets what Stripe exchanged it into."""
    for line in payout.lines:
        back = line.amount > 0
        key = f"{payout.reference}-back" if back else payout.reference
        booking.book_to_bank(key, -line.amount, line.currency, line.fee)
        if line.currency == payout.currency:
            continue
        if back:
            booking.book_exchanged(key, payout.amount, payout.currency, line.amount, line.currency)
        else:
            booking.book_exchanged(key, -line.amount, line.currency, payout.amount, payout.currency)
