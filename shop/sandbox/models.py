import secrets

from django.db import models
from django.utils import timezone


def new_reference() -> str:
    return "test_" + secrets.token_urlsafe(16)


class SandboxSession(models.Model):
    """A payment page of the pretend provider: what a real provider would keep on its own servers."""

    OPEN, PAID, FAILED, EXPIRED = "open", "paid", "failed", "expired"

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
    created = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.reference} {self.status}"
