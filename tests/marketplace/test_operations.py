"""What an operator is told is what the settings read, and what compose.yaml passes on."""

import re

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command

from marketplace.groups import EDITORS, MODERATORS

MANUAL = (settings.BASE_DIR / "docs" / "operations.md").read_text(encoding="utf-8")
READ = re.compile(r'\benv(?:\.\w+)?\(\s*"([A-Z][A-Z0-9_]+)"')


def names_read() -> set[str]:
    files = (settings.BASE_DIR / "marketplace" / "settings").glob("*.py")
    return {name for file in files for name in READ.findall(file.read_text(encoding="utf-8"))}


def test_every_setting_that_is_read_is_documented():
    assert len(names_read()) > 20
    assert {name for name in names_read() if f"`{name}`" not in MANUAL} == set()


def test_every_setting_that_is_documented_is_read():
    table = [line for line in MANUAL.splitlines() if line.startswith("| `")]
    named = {name for line in table for name in re.findall(r"`([A-Z][A-Z0-9_]+)`", line.split("|")[1])}
    assert named - names_read() == set()


def test_compose_passes_on_only_what_is_read():
    text = (settings.BASE_DIR / "compose.yaml").read_text(encoding="utf-8")
    block = text[text.index("environment: &environment") : text.index("  volumes:")]
    passed = set(re.findall(r"^    ([A-Z][A-Z0-9_]+):", block, re.M))
    assert {"SECRET_KEY", "DATABASE_URL", "S3_BUCKET", "STRIPE_SECRET_KEY"} <= passed <= names_read()


def test_a_new_site_gets_its_groups(db):
    Group.objects.filter(name=MODERATORS).delete()
    call_command("ensure_roles")
    call_command("ensure_roles")
    assert Group.objects.filter(name__in=[EDITORS, MODERATORS]).count() == 2
    assert Group.objects.get(name=MODERATORS).permissions.filter(codename="change_artisan").exists()
