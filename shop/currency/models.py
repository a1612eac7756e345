from django.db import models
from django.utils.translation import gettext_lazy as _


class Rate(models.Model):
    """How many units of `currency` one US dollar was worth on `date`, as `source` says."""

    date = models.DateField(_("date"))
    currency = models.CharField(_("currency"), max_length=3)
    per_usd = models.DecimalField(_("units per US dollar"), max_digits=18, decimal_places=8)
    source = models.CharField(_("source"), max_length=120)

    class Meta:
        ordering = ["-date", "currency"]
        constraints = [
            models.UniqueConstraint(fields=["date", "currency"], name="one_rate_a_day"),
            models.CheckConstraint(condition=models.Q(per_usd__gt=0), name="rate_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.currency} {self.per_usd}"
