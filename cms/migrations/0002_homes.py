"""Eight languages, and a home page in each: English, and aliases that follow it until somebody translates."""

import json
import uuid

from django.conf import settings
from django.db import migrations

# A shop that just opened shows what it has; editors choose later.
SECTIONS = ["countries", "crafts", "listings", "makers"]
STEP = 4  # treebeard: four characters a level


def open_homes(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    root = Page.objects.get(depth=1)
    _remove_welcome(Page, Site)
    locales = [Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES]
    original = None
    for locale in sorted(locales, key=lambda locale: locale.language_code != settings.LANGUAGE_CODE):
        home = _open_home(apps, root, locale, original)
        original = original or home
    root.numchild = Page.objects.filter(depth=2).count()
    root.save(update_fields=["numchild"])
    if not Site.objects.filter(is_default_site=True).exists():
        Site.objects.create(
            hostname="localhost", port=80, site_name="Karvan", root_page_id=original.pk, is_default_site=True
        )


def _remove_welcome(Page, Site):
    """Wagtail's own first page, when nobody built on it; its site goes with it."""
    welcome = Page.objects.filter(depth=2, slug="home", numchild=0, content_type__model="page").first()
    if welcome:
        Site.objects.filter(root_page_id=welcome.pk).delete()
        welcome.delete()


def _open_home(apps, root, locale, original):
    Page = apps.get_model("wagtailcore", "Page")
    HomePage = apps.get_model("cms", "HomePage")
    ContentType = apps.get_model("contenttypes", "ContentType")
    content_type, _created = ContentType.objects.get_or_create(app_label="cms", model="homepage")
    last = Page.objects.filter(depth=2).order_by("-path").values_list("path", flat=True).first()
    step = int(last[-STEP:], 36) + 1 if last else 1
    slug = f"home-{locale.language_code}" if original else "home"
    body = [{"type": kind, "value": {}, "id": str(uuid.uuid5(uuid.NAMESPACE_URL, kind))} for kind in SECTIONS]
    return HomePage.objects.create(
        title="Karvan",
        draft_title="Karvan",
        slug=slug,
        content_type=content_type,
        path=f"{root.path}{_base36(step):0>{STEP}}",
        depth=2,
        numchild=0,
        url_path=f"/{slug}/",
        live=True,
        locale=locale,
        translation_key=original.translation_key if original else uuid.uuid4(),
        alias_of_id=original.pk if original else None,
        language=settings.LANGUAGE_CODE,
        body=HomePage._meta.get_field("body").to_python(json.dumps(body)),
    )


def _base36(number: int) -> str:
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    text = ""
    while number:
        number, rest = divmod(number, 36)
        text = digits[rest] + text
    return text or "0"


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0001_pages"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(open_homes, migrations.RunPython.noop)]
