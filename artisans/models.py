from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from artisans.querysets import ArtisanQuerySet
from shop.addresses import address_of
from shop.kept import Kept

# Who reads these reads a Russian place name more easily than an English one.
CYRILLIC = ("kk", "ky", "tg")


class Artisan(models.Model):
    """The face of a partner: a maker, a workshop or a cooperative, with a storefront of its own."""

    APPLIED, APPROVED, SUSPENDED = "applied", "approved", "suspended"
    STATUSES = [(APPLIED, _("applied")), (APPROVED, _("approved")), (SUSPENDED, _("suspended"))]

    partner = models.OneToOneField("partner.Partner", on_delete=models.CASCADE, related_name="artisan")
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120)
    native_name = models.CharField(_("name in their own script"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=2, db_index=True)
    place = models.JSONField(_("place"), default=dict, blank=True)
    language = models.CharField(_("language"), max_length=5, default="en")
    currency = models.CharField(_("currency of prices"), max_length=3)
    crafts = models.JSONField(_("crafts"), default=list, blank=True)
    since = models.PositiveSmallIntegerField(_("working since"), null=True, blank=True)
    portrait = models.ImageField(_("portrait"), upload_to="portraits/", blank=True)
    status = models.CharField(_("status"), max_length=12, choices=STATUSES, default=APPLIED, db_index=True)
    is_demo = models.BooleanField(_("invented for the demo"), default=False)
    created = models.DateTimeField(auto_now_add=True)

    objects = ArtisanQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("maker")
        verbose_name_plural = _("makers")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("artisans:storefront", self.slug)

    def place_in(self, language: str) -> str:
        """Where they work, in `language` or the one its readers know best."""
        second = "ru" if language in CYRILLIC else "en"
        return self.place.get(language) or self.place.get(second) or next(iter(self.place.values()), "")

    def text(self, language: str) -> "ArtisanText":
        """The story in `language`, else in the maker's own; its `language` says which. Uses prefetched texts."""
        prefetched = "texts" in getattr(self, "_prefetched_objects_cache", {})
        texts = {text.language: text for text in (self.texts.all() if prefetched else _texts_of(self.pk))}
        found = texts.get(language) or texts.get(self.language) or next(iter(texts.values()), None)
        return found or ArtisanText(artisan=self, language=self.language)


class ArtisanText(models.Model):
    """A maker's story in one language."""

    artisan = models.ForeignKey(Artisan, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=5)
    story = models.TextField(_("story"), blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["artisan", "language"], name="one_story_a_language")]

    def __str__(self) -> str:
        return f"{self.artisan} ({self.language})"


_texts_of = Kept(lambda pk: ArtisanText.objects.filter(artisan=pk))


class Membership(models.Model):
    """Who may act for a maker."""

    artisan = models.ForeignKey(Artisan, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["artisan", "user"], name="one_membership")]

    def __str__(self) -> str:
        return f"{self.user} – {self.artisan}"
