"""Disputes, as the gateway tells of them."""

from django.db import transaction
from django.utils import timezone

from shop.checkout.gateway import DisputeFacts
from shop.settlement import booking
from shop.settlement.ledger import find
from shop.settlement.models import Dispute, Payment


@transaction.atomic
def settle_dispute(facts: DisputeFacts) -> Dispute | None:
    """Writes down how a dispute stands now; any number of times, in any order: what is over stays over. None when its
    payment is not ours."""
    payment = Payment.objects.select_for_update().filter(key=facts.payment_key).first()
    if payment is None:
        return None
    dispute, _created = Dispute.objects.select_for_update().get_or_create(
        reference=facts.reference,
        defaults={
            "payment": payment,
            "amount": facts.amount,
            "currency": facts.currency,
            "reason": facts.reason,
            "status": facts.status,
            "due_by": facts.due_by,
        },
    )
    if dispute.status not in Dispute.OVER:
        dispute.status, dispute.amount, dispute.due_by = facts.status, facts.amount, facts.due_by
    if dispute.status in Dispute.OVER and dispute.closed_at is None:
        dispute.closed_at = timezone.now()
    dispute.save()
    if payment.status == Payment.PAID:
        _book(dispute, facts)
    return dispute


def _book(dispute: Dispute, facts: DisputeFacts) -> None:
    """The sum is frozen once the bank has taken it; an inquiry takes nothing, and one that is only closed gives back
    what was taken, if it was."""
    if dispute.status in (Dispute.NEEDS_ANSWER, Dispute.UNDER_REVIEW):
        booking.book_dispute_opened(dispute)
    elif dispute.status == Dispute.LOST:
        booking.book_dispute_lost(dispute)
    elif dispute.status == Dispute.WON or (dispute.status == Dispute.CLOSED and find(f"dispute-{dispute.pk}")):
        booking.book_dispute_won(dispute)
    for line in facts.lines:
        booking.book_gateway_line(line, dispute, -dispute.amount if line.amount < 0 else dispute.amount)
