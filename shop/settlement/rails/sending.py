"""Hands a batch that was booked to its rail."""

from collections.abc import Callable

from shop.settlement.models import Payout, PayoutBatch
from shop.settlement.rails import BANK_FILE, CASH, bank_file, cash

_SENDERS: dict[str, Callable[[PayoutBatch, list[Payout]], None]] = {
    BANK_FILE: bank_file.send,
    CASH: cash.send,
}


def hand_over(batch: PayoutBatch, payouts: list[Payout]) -> None:
    """In the transaction that books the batch: what the rail raises undoes all of it. Rails that call somebody do so
    after commit, through the outbox."""
    _SENDERS[batch.rail](batch, payouts)
