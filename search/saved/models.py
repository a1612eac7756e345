from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedSearch(models.Model):
    """A list that somebody wants to come back to, and to hear of when something new is in it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    # The query string of the list, as search.forms.ListAddress writes it; the page of a craft or country is a filter.
    address = models.CharField(max_length=1000)
    # What prices in it are read in, and the language that its words are in.
    currency = models.CharField(max_length=3)
    language = models.CharField(max_length=5)
    mails = models.BooleanField(_("tell me by mail"), default=True)
    known = models.JSONField(default=list)  # ids of listings it held when last looked at, the newest first
    checked = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        constraints = [models.UniqueConstraint(fields=["user", "address"], name="one_saved_search")]

    def __str__(self) -> str:
        return self.address
