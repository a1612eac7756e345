from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from oscar.apps.customer.abstract_models import AbstractUser


class User(AbstractUser):
    """Somebody who can sign in: a shopper, a maker, an editor, a moderator. The e-mail address is the name."""

    language = models.CharField(_("language"), max_length=5, blank=True)

    class Meta(AbstractUser.Meta):
        abstract = False

    def __str__(self) -> str:
        return self.email


class AuditLine(models.Model):
    """What somebody with power did, to what, when. Written by `shop.accounts.audit.note`, never changed."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="audit_lines"
    )
    action = models.CharField(max_length=60, db_index=True)
    # "app.model:id", so that a line outlives what it is about.
    subject = models.CharField(max_length=80, db_index=True)
    detail = models.JSONField(default=dict)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.created:%Y-%m-%d %H:%M} {self.action} {self.subject}"
