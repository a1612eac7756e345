"""The books cannot be edited: triggers on SQLite and PostgreSQL."""

from django.db import migrations

from shop.settlement.guards import guard, unguard


class Migration(migrations.Migration):
    dependencies = [("settlement", "0003_ledger")]
    operations = [migrations.RunPython(guard, unguard)]
