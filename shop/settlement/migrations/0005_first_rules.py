"""A sensible beginning, to be changed by administrators: commission, VAT on it, and when money is released."""

import datetime
from decimal import Decimal

from django.db import migrations

# Standard rates of VAT; docs/sources.md names where each is written.
VAT = [
    ("KZ", "2009-01-01", "12", "Tax Code of 2008, art. 268"),
    ("KZ", "2026-01-01", "16", "Tax Code of 2025 (214-VIII)"),
    ("UZ", "2023-01-01", "12", "Tax Code, art. 258"),
    ("KG", "2009-01-01", "12", "Tax Code"),
    ("TJ", "2024-01-01", "14", "Tax Code of 2021, art. 264"),
    ("TM", "2004-12-01", "15", "Tax Code"),
    ("AZ", "2001-01-01", "18", "Tax Code, art. 173"),
    ("GB", "2011-01-04", "20", "Value Added Tax Act 1994, s. 2"),
]


def write(apps, schema_editor):
    apps.get_model("settlement", "CommissionRule").objects.create(
        since=datetime.date(2020, 1, 1), percent=Decimal("10.00"), note="the first rule: everyone, everything"
    )
    apps.get_model("settlement", "VatRate").objects.bulk_create(
        apps.get_model("settlement", "VatRate")(country=country, since=since, percent=Decimal(percent), source=source)
        for country, since, percent, source in VAT
    )
    rule = apps.get_model("settlement", "ReleaseRule")
    rule.objects.create(after_delivery=0, after_shipping=30)
    rule.objects.create(standing="new", after_delivery=0, after_shipping=45)


class Migration(migrations.Migration):
    dependencies = [("settlement", "0004_ledger_guards")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
