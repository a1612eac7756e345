from django.db import models
from django.utils.translation import gettext_lazy as _


class QueryDay(models.Model):
    """How often something was searched for on one day in one language, by the whole shop: never who, when or from
    where. Rare searches are dropped after a week, all after a season (search.insight.counting)."""

    day = models.DateField(_("day"))
    language = models.CharField(_("language"), max_length=5)
    # The same for every spelling; `text` is one of them, for people to read.
    folded = models.CharField(max_length=80)
    text = models.CharField(_("words"), max_length=80)
    asked = models.PositiveIntegerField(_("times asked"), default=0)
    empty = models.PositiveIntegerField(_("times nothing was found"), default=0)
    clicked = models.PositiveIntegerField(_("times a result was opened"), default=0)

    class Meta:
        verbose_name = _("search of a day")
        verbose_name_plural = _("searches")
        constraints = [models.UniqueConstraint(fields=["day", "language", "folded"], name="one_count_a_day")]

    def __str__(self) -> str:
        return f"{self.text} ({self.language}, {self.day})"
