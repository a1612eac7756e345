"""What editors add to the vocabulary and take out of it; the rest is data in search/thesaurus (decision 15)."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from search.thesaurus import Concept
from search.thesaurus.overlay import Change

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
DOMAINS = (
    "crafts", "garments", "jewellery", "household", "instruments", "materials", "techniques", "motifs", "places",
    "occasions", "colours", "everyday",
)  # fmt: skip


class ThesaurusVersion(models.Model):
    """One row: a number that grows with every change, so that each process sees that it has an older vocabulary."""

    number = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def current(cls) -> int:
        return cls.objects.filter(pk=1).values_list("number", flat=True).first() or 0

    @classmethod
    def raise_(cls) -> None:
        cls.objects.get_or_create(pk=1)
        cls.objects.filter(pk=1).update(number=F("number") + 1)


class _Edit(models.Model):
    """An edit of the vocabulary: saved or deleted together with the word of it to every process and to the index."""

    changed = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        with transaction.atomic():
            before = type(self).objects.filter(pk=self.pk).first() if self.pk else None
            super().save(*args, **kwargs)
            self._tell([*(before.words() if before else []), *self.words()])

    def delete(self, *args, **kwargs):
        with transaction.atomic():
            words = self.words()
            deleted = super().delete(*args, **kwargs)
            self._tell(words)
        return deleted

    def words(self) -> list[str]:
        """The terms whose meaning this edit changes."""
        raise NotImplementedError

    def _tell(self, words: list[str]) -> None:
        from search.vocabulary import vocabulary_changed  # which reads these models

        ThesaurusVersion.raise_()
        vocabulary_changed(words)


class ThesaurusTerm(_Edit):
    """A term that a concept gains or loses in one language."""

    ADD, REMOVE = "add", "remove"

    concept = models.CharField(_("concept"), max_length=60)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    term = models.CharField(_("term"), max_length=80)
    action = models.CharField(
        _("action"),
        max_length=6,
        default=ADD,
        choices=[(ADD, _("names this concept")), (REMOVE, _("does not name this concept"))],
    )
    source = models.CharField(
        _("source"),
        max_length=200,
        help_text=_("Who says so: a book, a museum, a maker, a native speaker. Shown in the export."),
    )

    class Meta:
        verbose_name = _("vocabulary term")
        verbose_name_plural = _("vocabulary terms")
        ordering = ["concept", "language", "term"]
        constraints = [
            models.UniqueConstraint(fields=["concept", "language", "term"], name="thesaurus_term_once"),
        ]

    def __str__(self) -> str:
        sign = "−" if self.action == self.REMOVE else "+"
        return f"{sign} {self.term} ({self.language}): {self.concept}"

    def words(self) -> list[str]:
        return [self.term]

    def change(self) -> Change:
        return Change(self.concept, self.language, self.term, self.action == self.REMOVE, self.source)


def _names(language: str, blank: bool = True) -> models.CharField:
    label = dict(settings.LANGUAGES)[language]
    return models.CharField(label, max_length=500, blank=blank)


class ThesaurusConcept(_Edit):
    """A thing that the data files do not know. Its names, by language: the preferred one first, commas between."""

    slug = models.SlugField(
        _("id"), max_length=60, unique=True, help_text=_("English, small letters and hyphens; it is never changed.")
    )
    domain = models.CharField(_("domain"), max_length=12, choices=[(domain, domain) for domain in DOMAINS])
    broader = models.CharField(
        _("broader concepts"),
        max_length=200,
        blank=True,
        help_text=_("Ids with commas between: what this is a kind or part of. Who asks for those finds this too."),
    )
    en = _names("en", blank=False)
    ru = _names("ru")
    kk = _names("kk")
    ky = _names("ky")
    uz = _names("uz")
    tg = _names("tg")
    tk = _names("tk")
    az = _names("az")
    source = models.CharField(
        _("source"), max_length=200, help_text=_("Who says so: a book, a museum, a maker, a native speaker.")
    )

    class Meta:
        verbose_name = _("vocabulary concept")
        verbose_name_plural = _("vocabulary concepts")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug

    def words(self) -> list[str]:
        return [term for terms in self.terms().values() for term in terms]

    def terms(self) -> dict[str, tuple[str, ...]]:
        said = {language: getattr(self, language) for language in LANGUAGES}
        return {language: tuple(_parts(names)) for language, names in said.items() if _parts(names)}

    def concept(self) -> Concept:
        return Concept(self.slug, self.domain, self.terms(), tuple(_parts(self.broader)))

    def clean(self):
        if self.pk and type(self).objects.filter(pk=self.pk).exclude(slug=self.slug).exists():
            raise ValidationError({"slug": _("An id is never changed. Please add another concept.")})


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
