from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from shop.listings.crafts import craft_name, material_name

OWN_LANGUAGES = [(code, code) for code in ("en", "ru", "kk", "ky", "uz", "tg", "tk", "az")]


class Listing(models.Model):
    """What Karvan knows of a product beyond Oscar: its craft, materials, measure, and how it comes to be.

    Belongs to a standalone or parent product; child products are its variants.
    """

    product = models.OneToOneField("catalogue.Product", on_delete=models.CASCADE, related_name="listing")
    craft = models.CharField(_("craft"), max_length=40, blank=True, db_index=True)
    materials = models.JSONField(_("materials"), default=list, blank=True)
    language = models.CharField(_("maker's language"), max_length=5, default="en")
    place = models.CharField(_("place"), max_length=120, blank=True)
    size = models.CharField(_("size"), max_length=120, blank=True)
    weight_g = models.PositiveIntegerField(_("weight in grams"), null=True, blank=True)
    days_to_make = models.PositiveSmallIntegerField(
        _("days to make"), default=0, help_text=_("0 when the piece is ready to ship.")
    )
    personalisation_prompts = models.JSONField(default=dict, blank=True)
    personalisation_max = models.PositiveSmallIntegerField(default=0)
    is_illustrated = models.BooleanField(_("pictures are illustrations"), default=False)

    class Meta:
        verbose_name = _("listing")
        verbose_name_plural = _("listings")

    def __str__(self) -> str:
        return self.product.title

    @property
    def ready(self) -> bool:
        return self.days_to_make == 0

    def text(self, language: str) -> "ListingText":
        """The text in `language`, else the maker's own; its `language` says which. Uses prefetched texts."""
        texts = {text.language: text for text in self.texts.all()}
        found = texts.get(language) or texts.get(self.language) or next(iter(texts.values()), None)
        return found or ListingText(listing=self, language=self.language, title=self.product.title)

    def personalisation_prompt(self, language: str) -> str:
        prompts = self.personalisation_prompts
        return prompts.get(language) or prompts.get(self.language) or prompts.get("en", "")

    def craft_label(self, language: str) -> str:
        return craft_name(self.craft, language)

    def material_labels(self, language: str) -> list[str]:
        return [material_name(material, language) for material in self.materials]


class ListingText(models.Model):
    """A listing's title and story in one language."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=5)
    title = models.CharField(_("title"), max_length=255)
    story = models.TextField(_("story"), blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["listing", "language"], name="one_text_a_language")]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"


class ShippingOffer(models.Model):
    """How a maker sends, to which zone, for how much (in the maker's currency), and how long it takes."""

    DOMESTIC, REGION, WORLD = "domestic", "region", "world"
    ZONES = [(DOMESTIC, _("within the country")), (REGION, _("within the region")), (WORLD, _("worldwide"))]
    STANDARD, EXPRESS = "standard", "express"
    CODES = [(STANDARD, _("Standard post")), (EXPRESS, _("Courier"))]

    partner = models.ForeignKey("partner.Partner", on_delete=models.CASCADE, related_name="shipping_offers")
    code = models.CharField(_("method"), max_length=20, choices=CODES, default=STANDARD)
    zone = models.CharField(_("zone"), max_length=10, choices=ZONES)
    currency = models.CharField(_("currency"), max_length=3)
    price = models.DecimalField(
        _("price of the first piece"), max_digits=12, decimal_places=2, validators=[MinValueValidator(0)]
    )
    extra = models.DecimalField(
        _("price of each further piece"),
        max_digits=12,
        decimal_places=2,
        default=Decimal("0.00"),
        validators=[MinValueValidator(0)],
    )
    days_min = models.PositiveSmallIntegerField(_("days, at least"))
    days_max = models.PositiveSmallIntegerField(_("days, at most"))

    class Meta:
        ordering = ["partner", "zone", "price"]
        constraints = [
            models.UniqueConstraint(fields=["partner", "code", "zone"], name="one_offer_a_zone"),
            models.CheckConstraint(condition=models.Q(price__gte=0, extra__gte=0), name="shipping_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.partner} {self.code} {self.zone}"

    @property
    def method_name(self):
        """What `get_code_display()` says, without making all choices hashable each time."""
        return _METHOD_NAMES.get(self.code, self.code)


_METHOD_NAMES = dict(ShippingOffer.CODES)
