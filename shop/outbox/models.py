from django.db import models
from django.utils import timezone


class Message(models.Model):
    """Something that must leave the process (mail, index, gateway): written with the change that causes it,
    delivered after commit, tried again until it succeeds. Delivering twice must do no harm."""

    kind = models.CharField(max_length=40)
    # What must leave only once ever (a confirmation) has a key; what may go again (an index update) has none.
    key = models.CharField(max_length=120, blank=True)
    payload = models.JSONField(default=dict)
    created = models.DateTimeField(default=timezone.now)
    due = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    done = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["due"], name="outbox_open", condition=models.Q(done__isnull=True)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="outbox_once", condition=~models.Q(key="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key or self.pk}"
