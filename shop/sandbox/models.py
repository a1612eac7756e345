import secrets

from django.db import models
from django.utils import timezone


def new_reference() -> str:
    return "test_" + secrets.token_urlsafe(16)


class SandboxSession(models.Model):
    """A payment page of the pretend provider: what a real provider would keep on its own servers."""

    OPEN, PAID, FAILED, EXPIRED = "open", "paid", "failed", "expired"
    REFUNDED = "refunded"
    # What becomes of refunds of this payment: they arrive, are refused at once, or fail after they were taken on.
    ARRIVE, REFUSE, FAIL = "arrive", "refuse", "fail"

    reference = models.CharField(max_length=60, unique=True, default=new_reference)
    key = models.CharField(max_length=64, unique=True)
    order_number = models.CharField(max_length=40)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3)
    language = models.CharField(max_length=5)
    return_url = models.URLField(max_length=500)
    cancel_url = models.URLField(max_length=500)
    status = models.CharField(max_length=10, default=OPEN)
    reason = models.CharField(max_length=60, blank=True)
    refunds_do = models.CharField(max_length=10, default=ARRIVE)
    created = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.reference} {self.status}"


class SandboxRefund(models.Model):
    """Money that the pretend provider gave back; the same key is the same refund."""

    PENDING, SUCCEEDED, FAILED = "pending", "succeeded", "failed"

    reference = models.CharField(max_length=60, unique=True, default=new_reference)
    key = models.CharField(max_length=100, unique=True)
    session = models.ForeignKey(SandboxSession, on_delete=models.CASCADE, related_name="refunds")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    status = models.CharField(max_length=10, default=PENDING)
    reason = models.CharField(max_length=60, blank=True)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.reference} {self.status}"


class SandboxDispute(models.Model):
    """A pretend shopper who asks their pretend bank to take the payment back."""

    NEEDS_ANSWER, UNDER_REVIEW, WON, LOST = "needs answer", "under review", "won", "lost"
    OPEN = (NEEDS_ANSWER, UNDER_REVIEW)

    reference = models.CharField(max_length=60, unique=True, default=new_reference)
    session = models.ForeignKey(SandboxSession, on_delete=models.CASCADE, related_name="disputes")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    reason = models.CharField(max_length=60)
    status = models.CharField(max_length=12, default=NEEDS_ANSWER)
    evidence = models.JSONField(default=dict)
    due_by = models.DateTimeField()
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.reference} {self.status}"


class SandboxFile(models.Model):
    """A picture that was handed in as evidence."""

    reference = models.CharField(max_length=60, unique=True, default=new_reference)
    key = models.CharField(max_length=160, unique=True)
    name = models.CharField(max_length=60)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name
