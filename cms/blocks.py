"""The sections editors build pages from.

Each block says in `prepared()` what it shows to a reader, as plain data; its template under `templates/cms/blocks/`
takes that as `section`.
"""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from artisans.models import Artisan
from cms import shelves
from cms.choosers import ListingChooserBlock, MakerChooserBlock
from cms.gathering import Gathered, Makers, Pieces, ids_of
from cms.shelves import Reader
from shop.listings.countries import COUNTRIES, country_name
from shop.listings.crafts import craft_name, crafts

RICH_TEXT_FEATURES = ["bold", "italic", "h2", "h3", "ol", "ul", "link", "hr"]
ICONS = [
    (name, name) for name in ("heart", "parcel", "hand", "check", "place", "globe", "star", "lock", "clock", "info")
]


def craft_choices() -> list[tuple[str, str]]:
    return sorted(((craft, craft_name(craft, "en")) for craft in crafts()), key=lambda choice: choice[1])


def country_choices() -> list[tuple[str, str]]:
    return [(code, country_name(code, "en")) for code in COUNTRIES]


def reader_of(context: dict | None) -> Reader:
    """Whom the page around a block is shown to; an English reader who pays in dollars in a block's own preview."""
    request = (context or {}).get("request")
    language = getattr(request, "LANGUAGE_CODE", "") or "en"
    return Reader(language, getattr(request, "currency", "USD"))


class Prepared:
    """What all our blocks share: the template's context is `section`, made by `prepared()`.

    `stored`: whether it is enough for that to have the value as it is stored, with ids where its choosers have objects.
    """

    stored = False

    def wants(self, value) -> list[Pieces | Makers]:
        """What of the shop this section needs to be gathered for `prepared()`."""
        return []

    def prepared(self, value, gathered: Gathered) -> dict:
        raise NotImplementedError

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        gathered = Gathered(reader_of(parent_context), self.wants(value))
        context["section"] = {"id": "section-preview", **self.prepared(value, gathered)}
        return context

    def get_preview_template(self, value, context=None):
        return "cms/block_preview.html"


# -- Words ----------------------------------------------------------------------------------------------------------


class TextBlock(Prepared, blocks.RichTextBlock):
    def __init__(self, **kwargs):
        super().__init__(**{"features": RICH_TEXT_FEATURES, **kwargs})

    def prepared(self, value, gathered):
        return {"html": str(value)}

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        template = "cms/blocks/text.html"
        preview_value = "<p>A kelaghayi is drawn in something that must disappear.</p>"
        description = _("Paragraphs, lists and links")


class HeadingBlock(Prepared, blocks.CharBlock):
    def prepared(self, value, gathered):
        return {"text": value}

    class Meta:
        label = _("Heading")
        icon = "title"
        template = "cms/blocks/heading.html"
        preview_value = "Wax first, colour after"
        description = _("A heading within the page")


class PictureBlock(Prepared, blocks.StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("What it shows"),
        required=False,
        max_length=200,
        help_text=_("For those who cannot see it. Leave empty when the picture only decorates."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)
    wide = blocks.BooleanBlock(label=_("Wider than the text"), required=False)

    def prepared(self, value, gathered):
        image = value.get("image")
        return {
            "picture": image.reference if image else "",
            "width": image.width if image else 0,
            "height": image.height if image else 0,
            "alt": value.get("alt") or "",
            "caption": value.get("caption") or "",
            "wide": bool(value.get("wide")),
        }

    class Meta:
        label = _("Picture")
        icon = "image"
        template = "cms/blocks/picture.html"
        preview_value = {"caption": "Three sisters print silk in wax."}
        description = _("A picture with a caption")


class QuoteBlock(Prepared, blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quote"))
    maker = MakerChooserBlock(label=_("Whose words"), required=False)

    def prepared(self, value, gathered):
        maker = value.get("maker")
        shown = maker if maker and maker.status == Artisan.APPROVED else None
        return {"text": value.get("text") or "", "maker": shelves.maker_card(shown, gathered.reader) if shown else None}

    class Meta:
        label = _("Quote")
        icon = "openquote"
        template = "cms/blocks/quote.html"
        preview_value = {"text": "Until the wax is boiled out, even I do not know what I have made."}
        description = _("Somebody's words, with the maker who said them")


class CallToActionBlock(Prepared, blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), required=False)
    label = blocks.CharBlock(label=_("Words on the button"), max_length=60)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    path = blocks.RegexBlock(
        regex=r"^[\w/?=&.-]*$",
        label=_("Or an address of the shop"),
        required=False,
        help_text=_("Without the language: catalogue/?ready=1"),
    )

    def prepared(self, value, gathered):
        page = value.get("page")
        shop_url = f"/{gathered.reader.language}/{(value.get('path') or '').lstrip('/')}"
        url = page.localized.specific.address if page else shop_url
        return {"title": value.get("title"), "text": value.get("text"), "label": value.get("label"), "url": url}

    class Meta:
        label = _("Call to action")
        icon = "arrow-right"
        template = "cms/blocks/call_to_action.html"
        preview_value = {
            "title": "Looking for a present?",
            "text": "These pieces are ready to be sent.",
            "label": "Ready to ship",
            "path": "catalogue/?ready=1",
        }
        description = _("A few words and a button")


class PromiseBlock(blocks.StructBlock):
    icon = blocks.ChoiceBlock(choices=ICONS, label=_("Icon"))
    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.TextBlock(label=_("Text"))


class PromisesBlock(Prepared, blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    promises = blocks.ListBlock(PromiseBlock(), label=_("Promises"), max_num=6)

    def prepared(self, value, gathered):
        promises = [
            {name: promise.get(name) for name in ("icon", "title", "text")} for promise in value.get("promises")
        ]
        return {"title": value.get("title"), "promises": promises}

    class Meta:
        label = _("Promises")
        icon = "check"
        template = "cms/blocks/promises.html"
        preview_value = {
            "title": "How it works",
            "promises": [{"icon": "hand", "title": "The maker is the seller", "text": "You buy from who made it."}],
        }
        description = _("What we promise, in a row of short texts")


class OrnamentBlock(Prepared, blocks.StaticBlock):
    def prepared(self, value, gathered):
        return {}

    class Meta:
        label = _("Ornament")
        icon = "horizontalrule"
        template = "cms/blocks/ornament.html"
        preview_value = None
        admin_text = _("A line with a star: a pause between two parts.")
        description = _("A line with a star")


# -- The shop -------------------------------------------------------------------------------------------------------


class ListingsBlock(Prepared, blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    listings = blocks.ListBlock(
        ListingChooserBlock(),
        label=_("Chosen pieces"),
        default=[],
        required=False,
        help_text=_("With none chosen, the newest pieces are shown: of the craft or country below, or of all."),
    )
    craft = blocks.ChoiceBlock(choices=craft_choices, label=_("Craft"), required=False)
    country = blocks.ChoiceBlock(choices=country_choices, label=_("Country"), required=False)
    how_many = blocks.IntegerBlock(label=_("How many"), default=8, min_value=1, max_value=24)

    stored = True

    def wants(self, value):
        return [self.wanted(value)]

    def wanted(self, value) -> Pieces:
        craft, country = value.get("craft") or "", value.get("country") or ""
        return Pieces(ids_of(value.get("listings")), value.get("how_many") or 8, craft, country)

    def prepared(self, value, gathered):
        wanted = self.wanted(value)
        return {
            "title": value.get("title") or "",
            "cards": gathered.pieces(wanted),
            "craft": wanted.craft,
            "country": wanted.country,
            "newest": not wanted.ids,
        }

    class Meta:
        label = _("Pieces")
        icon = "tag"
        template = "cms/blocks/listings.html"
        preview_value = {"title": "From this workshop", "how_many": 4}
        description = _("Cards of chosen pieces, or of the newest")


class CraftsBlock(Prepared, blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    crafts = blocks.ListBlock(
        blocks.ChoiceBlock(choices=craft_choices),
        label=_("Crafts"),
        default=[],
        required=False,
        help_text=_("With none chosen, those with the most pieces are shown."),
    )

    def prepared(self, value, gathered):
        crafts = shelves.craft_tiles(value.get("crafts") or [], gathered.reader)
        return {"title": value.get("title") or "", "crafts": crafts}

    class Meta:
        label = _("Crafts")
        icon = "folder-open-inverse"
        template = "cms/blocks/crafts.html"
        preview_value = {"title": "Crafts to begin with"}
        description = _("Crafts with a picture and how many pieces there are")


class MakersBlock(Prepared, blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    makers = blocks.ListBlock(
        MakerChooserBlock(),
        label=_("Chosen makers"),
        default=[],
        required=False,
        help_text=_("With none chosen, makers of the country below are shown, or of all."),
    )
    country = blocks.ChoiceBlock(choices=country_choices, label=_("Country"), required=False)
    how_many = blocks.IntegerBlock(label=_("How many"), default=6, min_value=1, max_value=24)

    stored = True

    def wants(self, value):
        return [self.wanted(value)]

    def wanted(self, value) -> Makers:
        return Makers(ids_of(value.get("makers")), value.get("how_many") or 6, value.get("country") or "")

    def prepared(self, value, gathered):
        wanted = self.wanted(value)
        return {"title": value.get("title") or "", "makers": gathered.makers(wanted), "country": wanted.country}

    class Meta:
        label = _("Makers")
        icon = "group"
        template = "cms/blocks/makers.html"
        preview_value = {"title": "The people behind it", "how_many": 3}
        description = _("Portraits of makers that lead to their storefronts")


# -- Other pages ----------------------------------------------------------------------------------------------------


class CountriesBlock(Prepared, blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)

    def prepared(self, value, gathered):
        from cms.models import CountryPage

        reader = gathered.reader
        pages = CountryPage.objects.live().filter(locale__language_code=reader.language).select_related("picture")
        tiles = shelves.country_tiles({page.country: page for page in pages}, reader)
        return {"title": value.get("title") or "", "countries": tiles}

    class Meta:
        label = _("Countries")
        icon = "globe"
        template = "cms/blocks/countries.html"
        preview_value = {"title": "Six countries"}
        description = _("The six countries with their pictures")


class StoryBlock(Prepared, blocks.StructBlock):
    title = blocks.CharBlock(label=_("Words above"), required=False, max_length=120)
    story = blocks.PageChooserBlock(page_type="cms.StoryPage", label=_("Story"), required=False)
    country = blocks.ChoiceBlock(
        choices=country_choices,
        label=_("Or the newest story of"),
        required=False,
        help_text=_("With neither chosen, the newest story of all is shown."),
    )

    stored = True

    def prepared(self, value, gathered):
        from cms.models import StoryPage

        reader = gathered.reader
        stories = StoryPage.objects.live().filter(locale__language_code=reader.language).select_related("picture")
        if chosen := ids_of([value.get("story")]):
            originals = StoryPage.objects.filter(pk__in=chosen)
            stories = stories.filter(translation_key__in=originals.values("translation_key"))
        elif country := value.get("country"):
            stories = stories.filter(country=country)
        story = stories.order_by("-first_published_at", "-pk").first()
        return {"title": value.get("title") or "", "story": shelves.story_card(story, reader) if story else None}

    class Meta:
        label = _("Story")
        icon = "doc-full"
        template = "cms/blocks/story.html"
        preview_value = {"title": "A story"}
        description = _("A story's picture and first words, leading to it")


WORDS = [
    ("text", TextBlock()),
    ("heading", HeadingBlock(max_length=160)),
    ("picture", PictureBlock()),
    ("quote", QuoteBlock()),
    ("ornament", OrnamentBlock()),
    ("call_to_action", CallToActionBlock()),
]
SHOP = [
    ("listings", ListingsBlock()),
    ("makers", MakersBlock()),
    ("crafts", CraftsBlock()),
    ("countries", CountriesBlock()),
    ("story", StoryBlock()),
    ("promises", PromisesBlock()),
]
