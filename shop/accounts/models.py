from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.customer.abstract_models import AbstractUser


class User(AbstractUser):
    """Somebody who can sign in: a shopper, a maker, an editor, a moderator. The e-mail address is the name."""

    language = models.CharField(_("language"), max_length=5, blank=True)

    class Meta(AbstractUser.Meta):
        abstract = False

    def __str__(self) -> str:
        return self.email
