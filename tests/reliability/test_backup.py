"""A backup brought back is the same: rows, books and media. On SQLite, and on PostgreSQL where it runs."""

import json
import shutil

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from oscar.core.loading import get_model

from marketplace.backups import row_counts
from shop.settlement.verifying import ledger_hash, verify
from tests.factories import make_listing, pay, place

Order = get_model("order", "Order")
needs_pg_dump = pytest.mark.skipif(
    "postgres" in settings.DATABASES["default"]["ENGINE"] and not shutil.which("pg_dump"), reason="no pg_dump"
)
pytestmark = [pytest.mark.durable, pytest.mark.usefixtures("shop"), needs_pg_dump]


@pytest.fixture
def saved(tmp_path):
    """A shop with one sold order and a picture, backed up."""
    pay(place(make_listing()))
    if not default_storage.exists("backup/test.txt"):
        default_storage.save("backup/test.txt", ContentFile(b"as it was"))
    call_command("backup", tmp_path / "saved", verbosity=0)
    return tmp_path / "saved"


def test_a_backup_brings_rows_books_and_media_back(saved):
    before = row_counts(), ledger_hash()
    pay(place(make_listing()))
    default_storage.delete("backup/test.txt")
    default_storage.save("backup/test.txt", ContentFile(b"changed"))
    assert (row_counts(), ledger_hash()) != before
    call_command("restore", saved, "--replace", verbosity=0)
    assert (row_counts(), ledger_hash()) == before
    assert default_storage.open("backup/test.txt").read() == b"as it was"
    assert verify().problems == []


def test_orders_are_not_given_up_unless_said(saved):
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", saved)
    assert Order.objects.count() == 1


def test_a_backup_never_overwrites_another(saved):
    with pytest.raises(CommandError, match="not empty"):
        call_command("backup", saved)


@pytest.mark.parametrize("spoil", ["rows", "ledger"])
def test_what_came_back_differently_is_said(saved, spoil):
    manifest = json.loads((saved / "manifest.json").read_text())
    manifest[spoil] = {**manifest["rows"], "order_order": 7} if spoil == "rows" else "0" * 64
    (saved / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(CommandError, match="order_order has 1 rows instead of 7|another hash"):
        call_command("restore", saved, "--replace")


def test_a_backup_of_another_database_or_none_is_refused(saved, tmp_path):
    with pytest.raises(CommandError, match="not a finished backup"):
        call_command("restore", tmp_path / "nowhere")
    manifest = json.loads((saved / "manifest.json").read_text())
    (saved / "manifest.json").write_text(json.dumps({**manifest, "database": "oracle"}))
    with pytest.raises(CommandError, match=f"of oracle, this database is {connection.vendor}"):
        call_command("restore", saved, "--replace")
