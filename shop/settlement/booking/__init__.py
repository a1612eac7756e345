"""What happens to money, as entries of the ledger. Each function takes what caused it, posts inside the caller's
transaction, and may be called any number of times: the same cause is booked once.

docs/decisions/0010-double-entry-ledger.md has a worked example of each.
"""

from shop.settlement.booking.disputes import book_dispute_lost, book_dispute_opened, book_dispute_won
from shop.settlement.booking.gateway import book_gateway_line, book_to_bank
from shop.settlement.booking.payouts import (
    book_adjustment,
    book_correction,
    book_exchanged,
    book_payout,
    book_payout_bounced,
    book_payout_paid,
)
from shop.settlement.booking.refunds import book_refund, book_refund_assigned, book_refund_failed
from shop.settlement.booking.sales import book_gateway_fee, book_release, book_sale, book_stray

__all__ = [
    "book_adjustment",
    "book_correction",
    "book_dispute_lost",
    "book_dispute_opened",
    "book_dispute_won",
    "book_exchanged",
    "book_gateway_fee",
    "book_gateway_line",
    "book_payout",
    "book_payout_bounced",
    "book_payout_paid",
    "book_refund",
    "book_refund_assigned",
    "book_refund_failed",
    "book_release",
    "book_sale",
    "book_stray",
    "book_to_bank",
]
