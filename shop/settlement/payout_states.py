"""How a payout ends: paid, or come back. Each transition is a guarded update, so that two messages, two clicks or two
processes make one of it; the ledger moves in the same transaction."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from shop.settlement import booking
from shop.settlement.models import Payout, PayoutBatch
from shop.settlement.payout_mails import tell_of_payout


@transaction.atomic
def mark_paid(payout_id: int, reference: str = "") -> bool:
    """The money has arrived. False, and nothing happens, unless it was on its way."""
    return _settle(payout_id, (Payout.SENT,), Payout.PAID, "payout_paid", reference=reference)


@transaction.atomic
def mark_bounced(payout_id: int, code: str, text: str = "", reference: str = "") -> bool:
    """The money came back, also after it was said to have arrived: it is in the maker's balance again. `code`: reason
    of ISO 20022, `text`: the bank's own words. False, and nothing happens, unless it was sent."""
    facts = {"reason_code": code[:10], "reason_text": text[:300], "reference": reference}
    return _settle(payout_id, (Payout.SENT, Payout.PAID), Payout.BOUNCED, "payout_bounced", **facts)


def _settle(payout_id: int, before: tuple[str, ...], after: str, template: str, **facts: str) -> bool:
    changes: dict[str, Any] = {name: value for name, value in facts.items() if value}
    taken = Payout.objects.filter(pk=payout_id, status__in=before).update(
        status=after, settled_at=timezone.now(), **changes
    )
    if not taken:
        return False
    payout = Payout.objects.select_related("partner", "details").get(pk=payout_id)
    if after == Payout.PAID:
        booking.book_payout_paid(payout)
    else:
        booking.book_payout_bounced(payout, reason=payout.reason_code)
    tell_of_payout(payout, template)
    _close(payout.batch_id)
    return True


def _close(batch_id: int | None) -> None:
    """A batch of which nothing is on its way any more is settled."""
    if batch_id and not Payout.objects.filter(batch=batch_id, status=Payout.SENT).exists():
        PayoutBatch.objects.filter(pk=batch_id, status=PayoutBatch.SENT).update(status=PayoutBatch.SETTLED)
