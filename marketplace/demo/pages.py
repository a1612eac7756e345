"""The demo's pages: home, a page and a story for each country, terms and the rest.

What exists is left as editors made it; what is missing is written in the languages there are texts for, and follows
the English page as an alias in the others.
"""

import datetime
import io
import json
import logging
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from html import escape
from pathlib import Path

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from oscar.core.loading import get_model
from wagtail.models import Locale, Page

from artisans.models import Artisan
from cms.aliases import fill_locales
from cms.models import CountryPage, HomePage, PageImage, StoryIndexPage, StoryPage, TextPage
from marketplace.demo import data
from marketplace.demo.pictures import draw_listing, draw_scene
from shop.listings.countries import country_name
from shop.listings.crafts import craft_name

Product = get_model("catalogue", "Product")

TEXTS = Path(__file__).parent / "data" / "pages"
TEXT_PAGES = ("about", "contact", "returns", "terms", "privacy")
ORIGINAL = "en"
ILLUSTRATION = {"en": "Illustration: {what}", "ru": "Иллюстрация: {what}", "kk": "Сурет: {what}"}
_ADDRESS = re.compile(r"\b[\w.]+@[\w.]+\w")
# Makes the fields of a page in one language; None when there is no text for it.
Write = Callable[[str], dict | None]


@transaction.atomic
def seed_pages(say: Callable[[str], None]) -> None:
    """Creates the editorial pages that are missing; `say` is told how many there are."""
    with _quietly():
        _seed()
    say(f"{Page.objects.filter(depth__gt=1, alias_of=None).count()} pages")


def _seed() -> None:
    home = _home()
    stories = _page(home, StoryIndexPage, "stories", _write_stories)
    for country in data.stories():
        code, name = country["country"], country_name(country["country"], "en")
        scene = _picture(name, lambda code=code: draw_scene(code, f"page-{code}"))
        _page(stories, StoryPage, country["story"]["slug"], _story_writer(country, scene))
        _page(home, CountryPage, name.lower(), _country_writer(country, scene))
    for slug in TEXT_PAGES:
        _page(home, TextPage, slug, _text_writer(slug))
    _furnish(home)


@contextmanager
def _quietly() -> Iterator[None]:
    """Wagtail tells of every page it publishes, twice; whoever seeds wants to hear of their number."""
    loggers = [logging.getLogger(name) for name in ("wagtail", "django_tasks")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


# -- Pages in all languages -----------------------------------------------------------------------------------------


def _home() -> HomePage:
    return HomePage.objects.get(locale__language_code=ORIGINAL)


def _page(parent: Page, model: type, slug: str, write: Write) -> Page:
    """The page with this slug below the English `parent`, written in every language that `write` has words for."""
    original = model.objects.child_of(parent).filter(slug=slug).first()
    if original is None:
        original = _publish(parent, model(slug=slug, locale=parent.locale, **(write(ORIGINAL) or {})))
        for locale in Locale.objects.exclude(pk=parent.locale_id):
            if fields := write(locale.language_code):
                above = parent.get_translation(locale)
                page = model(slug=slug, locale=locale, translation_key=original.translation_key, **fields)
                _publish(above, page)
    fill_locales(original)
    return original


def _publish(parent: Page, page: Page) -> Page:
    """Adds the page as one that is published. (Wagtail's own publish() saves, indexes and logs everything again.)"""
    page.first_published_at = page.last_published_at = timezone.now()
    # A page found a moment ago may not know of the children it got since: treebeard counts on it.
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    revision = page.save_revision(clean=False)
    Page.objects.filter(pk=page.pk).update(live_revision=revision, has_unpublished_changes=False)
    return page


def _furnish(home: HomePage) -> None:
    """Gives the home pages that nobody wrote yet their words and sections."""
    texts = _texts("home")
    for page in HomePage.objects.filter(translation_key=home.translation_key, hero_title="").order_by("alias_of_id"):
        language = page.locale.language_code
        if language not in texts["title"]:
            continue
        page.alias_of = None
        page.hero_title, page.intro = texts["title"][language], texts["intro"][language]
        page.hero = _json([("piece", product) for product in _products(texts["hero"])], "hero")
        page.body = _home_body(texts, language)
        page.save_revision().publish()


# -- What is written ------------------------------------------------------------------------------------------------


def _write_stories(language: str) -> dict | None:
    texts = _texts("home")["stories"]
    if language not in texts["title"]:
        return None
    return {"title": texts["title"][language], "intro": texts["intro"].get(language, "")}


def _home_body(texts: dict, language: str) -> str:
    words = language if language in texts["promises"]["title"] else ORIGINAL
    promises = [
        {"icon": item["icon"], "title": item[words][0], "text": item[words][1]} for item in texts["promises"]["items"]
    ]
    title, text, label = texts["call"][words]
    story = StoryPage.objects.get(slug=texts["story"], locale__language_code=ORIGINAL)
    makers = [country["story"]["makers"][0] for country in data.stories()]
    sections = [
        ("countries", {"title": ""}),
        ("listings", {"title": "", "listings": _items(_products(texts["listings"])), "how_many": 8}),
        ("crafts", {"title": "", "crafts": _items(texts["crafts"])}),
        ("story", {"title": "", "story": story.pk}),
        ("makers", {"title": "", "makers": _items(_makers(makers)), "how_many": 6}),
    ]
    if words == language:
        path = {"path": "catalogue/?ready=1"}
        sections.append(("call_to_action", {"title": title, "text": text, "label": label, **path}))
        sections.append(("promises", {"title": texts["promises"]["title"][words], "promises": _items(promises)}))
    return _json(sections, "home")


def _country_writer(country: dict, scene: PageImage) -> Write:
    page, code = country["page"], country["country"]

    def write(language: str) -> dict | None:
        if language not in page["title"]:
            return None
        story = StoryPage.objects.get(slug=country["story"]["slug"], locale__language_code=ORIGINAL)
        sections = [
            ("crafts", {"title": "", "crafts": _items(page["crafts"])}),
            ("listings", {"title": "", "listings": [], "country": code, "how_many": 8}),
            ("story", {"title": "", "story": story.pk}),
            ("makers", {"title": "", "makers": [], "country": code, "how_many": 9}),
        ]
        return {
            "title": page["title"][language],
            "intro": page["intro"][language],
            "country": code,
            "picture": scene,
            "body": _json(sections, code),
        }

    return write


def _story_writer(country: dict, scene: PageImage) -> Write:
    story, code = country["story"], country["country"]
    craft, upc = _craft_of(country, story["listings"][0]), story["listings"][0]
    name = f"{craft_name(craft, 'en')}, {upc}"
    picture = _picture(name, lambda: _close_up(craft, upc))

    def write(language: str) -> dict | None:
        if language not in story["title"]:
            return None
        caption = ILLUSTRATION.get(language, "{what}")
        return {
            "title": story["title"][language],
            "intro": story["intro"][language],
            "country": code,
            "picture": picture,
            "picture_alt": caption.format(what=craft_name(craft, language)),
            "body": _json(
                _story_sections(story, language, scene, caption.format(what=country_name(code, language))), upc
            ),
        }

    return write


def _story_sections(story: dict, language: str, scene: PageImage, caption: str) -> list[tuple]:
    paragraphs = story["body"][language]
    makers = _makers([story["quote"]["maker"]])
    return [
        ("text", _html(paragraphs[:2])),
        ("quote", {"text": story["quote"]["text"][language], "maker": makers[0] if makers else None}),
        ("text", _html(paragraphs[2:4])),
        ("picture", {"image": scene.pk, "alt": "", "caption": caption, "wide": True}),
        ("text", _html(paragraphs[4:])),
        ("ornament", None),
        ("listings", {"title": "", "listings": _items(_products(story["listings"])), "how_many": 8}),
        ("makers", {"title": "", "makers": _items(_makers(story["makers"])), "how_many": 6}),
    ]


def _text_writer(slug: str) -> Write:
    texts = _texts(slug)

    def write(language: str) -> dict | None:
        if language not in texts["title"]:
            return None
        version = texts.get("version")
        return {
            "title": texts["title"][language],
            "intro": texts["intro"][language],
            "version": datetime.date.fromisoformat(version) if version else None,
            "body": _json([("text", _html(texts["body"][language]))], slug),
        }

    return write


# -- Raw values of blocks -------------------------------------------------------------------------------------------


def _json(sections: list[tuple], seed: str) -> str:
    """A stream field's raw value. The same section has the same id in all languages, as translations of it have."""
    return json.dumps(
        [{"type": kind, "value": value, "id": _id(seed, number)} for number, (kind, value) in enumerate(sections)]
    )


def _items(values: list) -> list[dict]:
    return [{"type": "item", "value": value, "id": _id(str(value), number)} for number, value in enumerate(values)]


def _id(*parts) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, ":".join(map(str, parts))))


def _html(lines: list[str]) -> str:
    """Paragraphs; "## " begins a heading, "- " an item of a list."""
    html = []
    for line in lines:
        if line.startswith("## "):
            html.append(f"<h2>{escape(line[3:])}</h2>")
        elif line.startswith("- "):
            html.append(f"<ul><li>{_linked(line[2:])}</li></ul>")
        else:
            html.append(f"<p>{_linked(line)}</p>")
    return "".join(html).replace("</ul><ul>", "")


def _linked(text: str) -> str:
    return _ADDRESS.sub(r'<a href="mailto:\g<0>">\g<0></a>', escape(text, quote=False))


def _products(upcs: list[str]) -> list[int]:
    found = dict(Product.objects.filter(upc__in=upcs).values_list("upc", "pk"))
    return [found[upc] for upc in upcs if upc in found]


def _makers(slugs: list[str]) -> list[int]:
    found = dict(Artisan.objects.filter(slug__in=slugs).values_list("slug", "pk"))
    return [found[slug] for slug in slugs if slug in found]


# -- Pictures and texts ---------------------------------------------------------------------------------------------


def _picture(title: str, draw: Callable) -> PageImage:
    image = PageImage.objects.filter(title=title, uploaded_by_user=None).first()
    if image is None:
        buffer = io.BytesIO()
        draw().convert("RGB").save(buffer, "JPEG", quality=90)
        name = f"{title.lower().replace(' ', '-').replace(',', '')}.jpg"
        image = PageImage.objects.create(title=title, file=ContentFile(buffer.getvalue(), name=name))
    return image


def _close_up(craft: str, upc: str):
    """The middle of a large detail of the piece, as wide as a page."""
    picture = draw_listing(craft, upc, 1, (1600, 2000))
    return picture.crop((0, 500, 1600, 1500))


def _craft_of(country: dict, upc: str) -> str:
    demo = next(entry for entry in data.countries() if entry["country"] == country["country"])
    return next(listing["craft"] for listing in demo["listings"] if listing["upc"] == upc)


@cache
def _texts(slug: str) -> dict:
    return json.loads((TEXTS / f"{slug}.json").read_text(encoding="utf-8"))
