from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PayoutBatch(models.Model):
    """Payouts that leave together: of one rail, one currency and, for a bank's file, one paying account."""

    OPEN, SENT, SETTLED, CANCELLED = "open", "sent", "settled", "cancelled"
    STATUSES = [
        (OPEN, _("waits for approval")),
        (SENT, _("sent")),
        (SETTLED, _("settled")),
        (CANCELLED, _("cancelled")),
    ]

    # What the bank calls it (MsgId): never used twice.
    reference = models.CharField(max_length=35, unique=True)
    rail = models.CharField(max_length=20)
    currency = models.CharField(max_length=3)
    paying_account = models.ForeignKey("settlement.PayingAccount", null=True, blank=True, on_delete=models.PROTECT)
    status = models.CharField(_("status"), max_length=12, choices=STATUSES, default=OPEN)
    total = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    approvals_needed = models.PositiveSmallIntegerField(default=1)
    created = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    # The bank's file as it was first made, so that fetching it again never makes another.
    sealed_file = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.reference


class BatchApproval(models.Model):
    """One person's word that a batch may leave."""

    batch = models.ForeignKey(PayoutBatch, on_delete=models.CASCADE, related_name="approvals")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "person"], name="one_word_each")]

    def __str__(self) -> str:
        return f"{self.batch} {self.person}"


class Payout(models.Model):
    """What one maker is paid at once, in their own currency, on one rail."""

    SCHEDULED, BATCHED, SENT, PAID, BOUNCED, CANCELLED = "scheduled", "batched", "sent", "paid", "bounced", "cancelled"
    STATUSES = [
        (SCHEDULED, _("scheduled")),
        (BATCHED, _("being checked")),
        (SENT, _("on its way")),
        (PAID, _("paid")),
        (BOUNCED, _("came back")),
        (CANCELLED, _("cancelled")),
    ]

    partner = models.ForeignKey("partner.Partner", on_delete=models.PROTECT, related_name="payouts")
    payee = models.ForeignKey("settlement.Payee", on_delete=models.PROTECT, related_name="payouts")
    details = models.ForeignKey("settlement.PayoutDetails", on_delete=models.PROTECT, related_name="payouts")
    # The end-to-end number: on the bank's file, on its answer, at Stripe.
    key = models.CharField(max_length=35, unique=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    rail = models.CharField(max_length=20)
    status = models.CharField(_("status"), max_length=12, choices=STATUSES, default=SCHEDULED)
    batch = models.ForeignKey(PayoutBatch, null=True, blank=True, on_delete=models.PROTECT, related_name="payouts")
    reference = models.CharField(_("the rail's own number"), max_length=120, blank=True)
    # ISO 20022 reason code of a bounce, and the words of whoever refused it.
    reason_code = models.CharField(max_length=10, blank=True)
    reason_text = models.CharField(max_length=300, blank=True)
    # The payout that bounced before this one.
    after = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="next_ones")
    created = models.DateTimeField(default=timezone.now)
    batched_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payout_of_something"),
            # Two jobs at once schedule one.
            models.UniqueConstraint(
                fields=["partner", "currency"],
                condition=Q(status__in=["scheduled", "batched"]),
                name="one_payout_under_way",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class CashReceipt(models.Model):
    """A hand-over of cash, signed by both sides: each has a one-time code, mailed to them alone. The codes are kept as
    hashes; six wrong ones of a side and it can sign no more."""

    payout = models.OneToOneField(Payout, on_delete=models.CASCADE, related_name="receipt")
    office = models.ForeignKey("settlement.CashOffice", on_delete=models.PROTECT, related_name="receipts")
    maker_code = models.CharField(max_length=64)
    agent_code = models.CharField(max_length=64)
    maker_tries_left = models.PositiveSmallIntegerField(default=6)
    agent_tries_left = models.PositiveSmallIntegerField(default=6)
    expires = models.DateTimeField()
    maker_signed_at = models.DateTimeField(null=True, blank=True)
    maker_signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    agent_signed_at = models.DateTimeField(null=True, blank=True)
    agent_signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.payout} {self.office}"
