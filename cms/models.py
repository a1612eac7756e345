"""The pages editors write. Every one exists in all languages: translated, or as an alias that follows the original."""

from babel.dates import format_date
from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.fields import SynchronizedField

from cms import blocks
from cms.choosers import ListingChooserBlock
from cms.sections import HERO_PIECES, content_of
from cms.shelves import Reader, story_card
from shop.alternates import alternates
from shop.currency.money import babel_locale
from shop.pictures import Redrawn, redrawn, refuse_disguised


class PageImage(AbstractImage):
    """A picture of the editors. What is stored is drawn anew from the upload: no places, cameras or stowaways."""

    admin_form_fields = Image.admin_form_fields

    @property
    def reference(self) -> str:
        """What `includes/picture.html` takes as `picture`; it changes with the file, so browsers may keep it."""
        return f"pages/{self.pk}-{self.file_hash[:8] or 0}"

    def clean(self):
        super().clean()
        if self._is_new_file():
            refuse_disguised(self.file)
            self._draw_anew()

    def save(self, *args, **kwargs):
        if self._is_new_file():
            self._draw_anew()
            self._set_image_file_metadata()
        super().save(*args, **kwargs)

    def _draw_anew(self) -> None:
        if not isinstance(self.file.file, Redrawn):
            self.file = redrawn(self.file, self.file.name)

    def _is_new_file(self) -> bool:
        return bool(self.file) and not self.file._committed


class PageRendition(AbstractRendition):
    image = models.ForeignKey(PageImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_a_filter")
        ]

    def __str__(self) -> str:
        return f"{self.image} {self.filter_spec}"


class OwnWords(models.Model):
    """What all our pages share: an introduction, a body of sections, and the language that their words are in."""

    intro = models.TextField(
        _("introduction"), blank=True, help_text=_("One or two sentences; search engines show them.")
    )
    # An alias takes it over from its original with everything else, and so knows whose language it speaks.
    language = models.CharField(_("language of the words"), max_length=5, default="en", editable=False)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self.locale_id:
            self.locale = self.get_default_locale()
        if not self.alias_of_id:
            self.language = self.locale.language_code
        return super().save(*args, **kwargs)

    @property
    def address(self) -> str:
        """Where this page is found in its locale, without asking the database: /tg/uzbekistan/."""
        below_home = self.url_path.split("/", 2)[2]
        return f"/{get_language()}/{below_home}"

    def get_context(self, request, *args, **kwargs):
        language = get_language() or settings.LANGUAGE_CODE
        reader = Reader(language, getattr(request, "currency", settings.OSCAR_DEFAULT_CURRENCY))
        return {
            **super().get_context(request, *args, **kwargs),
            **self.links(request),
            "reader": reader,
            "site_url": settings.SITE_URL,
            **content_of(self, reader),
            "words_lang": self.language if self.language != language else "",
        }

    def links(self, request) -> dict:
        """Canonical address and those in other languages. A preview has no address of its own to start from."""
        if getattr(request, "is_preview", False):
            return {}
        return alternates(request.path)

    def get_view_restrictions(self):
        """Almost no page has any, here or above: one question instead of Wagtail's three."""
        none = PageViewRestriction.objects.none()
        return super().get_view_restrictions() if PageViewRestriction.objects.exists() else none

    # The address of a page is the same in all languages, so that switching languages only changes its first part.
    override_translatable_fields = [SynchronizedField("slug", overridable=False)]


WORDS_PANELS = [*Page.content_panels, FieldPanel("intro")]
PICTURE = {"null": True, "blank": True, "on_delete": models.SET_NULL, "related_name": "+", "verbose_name": _("picture")}


class HomePage(OwnWords, Page):  # noqa: DJ008 - Page has it
    """The front of the shop, one for each language."""

    hero_title = models.CharField(_("title"), max_length=120, blank=True)
    hero = StreamField(
        [("piece", ListingChooserBlock())],
        blank=True,
        max_num=HERO_PIECES,
        verbose_name=_("pieces"),
        help_text=_("Their pictures stand beside the title; with none chosen, the newest."),
    )
    body = StreamField(blocks.SHOP + blocks.WORDS, blank=True, verbose_name=_("sections"))

    template = "cms/home.html"
    parent_page_types = ["wagtailcore.Page"]
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("hero_title"), FieldPanel("intro"), FieldPanel("hero")], heading=_("Above all")),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("home page")


class CountryPage(OwnWords, Page):  # noqa: DJ008 - Page has it
    """What a country makes, and who makes it."""

    country = models.CharField(_("country"), max_length=2, choices=blocks.country_choices())
    picture = models.ForeignKey("cms.PageImage", **PICTURE)
    body = StreamField(blocks.WORDS + blocks.SHOP, blank=True, verbose_name=_("sections"))

    template = "cms/country.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    content_panels = [*WORDS_PANELS, FieldPanel("country"), FieldPanel("picture"), FieldPanel("body")]

    class Meta:
        verbose_name = _("country page")


class StoryIndexPage(OwnWords, Page):  # noqa: DJ008 - Page has it
    """All stories, the newest first."""

    body = StreamField(blocks.WORDS, blank=True, verbose_name=_("sections"))

    template = "cms/stories.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.StoryPage"]
    content_panels = [*WORDS_PANELS, FieldPanel("body")]

    class Meta:
        verbose_name = _("list of stories")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        stories = (
            StoryPage.objects.child_of(self).live().select_related("picture").order_by("-first_published_at", "-pk")
        )
        return {**context, "stories": [story_card(story, context["reader"]) for story in stories]}


class StoryPage(OwnWords, Page):  # noqa: DJ008 - Page has it
    """A long read about how something is made and by whom."""

    country = models.CharField(_("country"), max_length=2, choices=blocks.country_choices(), blank=True)
    picture = models.ForeignKey("cms.PageImage", **PICTURE)
    picture_alt = models.CharField(_("what the picture shows"), max_length=200, blank=True)
    body = StreamField(blocks.WORDS + blocks.SHOP, blank=True, verbose_name=_("story"))

    template = "cms/story.html"
    parent_page_types = ["cms.StoryIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *WORDS_PANELS,
        FieldPanel("country"),
        FieldPanel("picture"),
        FieldPanel("picture_alt"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("story")

    @cached_property
    def country_address(self) -> str:
        """The editors' page of this story's country, or "" where there is none."""
        page = CountryPage.objects.live().filter(country=self.country, locale_id=self.locale_id).first()
        return page.address if page else ""


class TextPage(OwnWords, Page):  # noqa: DJ008 - Page has it
    """Terms, privacy, returns, contact, about: plain words."""

    version = models.DateField(
        _("in force since"), null=True, blank=True, help_text=_("For terms: the date of this version.")
    )
    body = StreamField(blocks.WORDS, blank=True, verbose_name=_("text"))

    template = "cms/text.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    content_panels = [*WORDS_PANELS, FieldPanel("version"), FieldPanel("body")]

    class Meta:
        verbose_name = _("page of text")

    @property
    def version_text(self) -> str:
        """The date of this version as the reader's language writes it."""
        return format_date(self.version, "long", babel_locale(get_language())) if self.version else ""
