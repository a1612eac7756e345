"""The audit trail: one line for each thing that people with power do. Never an account number, a code or a secret."""

from typing import Any

from django.db.models import Model

from shop.accounts.models import AuditLine


def note(person: Any, action: str, subject: Model, **detail: str | int | None) -> AuditLine:
    """Writes that `person` (None: the machine) did `action` to `subject`; in the caller's transaction."""
    label = f"{subject._meta.label_lower}:{subject.pk}"
    return AuditLine.objects.create(person=person, action=action, subject=label, detail=detail)
