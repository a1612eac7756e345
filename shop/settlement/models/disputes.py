from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shop.settlement.reasons import DISPUTED


class Dispute(models.Model):
    """A shopper asks their bank to take a payment back. `amount` is in the payment's currency."""

    # A bank only asks (no money was taken yet); the asking ended.
    INQUIRY, CLOSED = "inquiry", "closed"
    NEEDS_ANSWER, UNDER_REVIEW, WON, LOST = "needs answer", "under review", "won", "lost"
    STATUSES = [
        (INQUIRY, _("the bank asks")),
        (NEEDS_ANSWER, _("needs an answer")),
        (UNDER_REVIEW, _("the bank looks at it")),
        (WON, _("won")),
        (LOST, _("lost")),
        (CLOSED, _("closed")),
    ]
    OVER = (WON, LOST, CLOSED)

    payment = models.ForeignKey("settlement.Payment", on_delete=models.PROTECT, related_name="disputes")
    reference = models.CharField(_("the gateway's own number"), max_length=120, unique=True)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    reason = models.CharField(_("reason"), max_length=80, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=STATUSES)
    due_by = models.DateTimeField(_("answer by"), null=True, blank=True)
    opened = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.reference} {self.amount} {self.currency} ({self.status})"

    @property
    def why(self) -> str:
        """The bank's reason in words; a code that is not known as it came."""
        return str(DISPUTED.get(self.reason, self.reason))
