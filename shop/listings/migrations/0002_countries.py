"""The countries that parcels may be sent to (Unicode CLDR's territories, through Babel)."""

from babel import Locale
from django.db import migrations


def add_countries(apps, schema_editor):
    from shop.shipping.destination import destinations

    country = apps.get_model("address", "Country")
    names = Locale.parse("en").territories
    country.objects.bulk_create(
        (
            country(
                iso_3166_1_a2=code,
                iso_3166_1_a3="",
                iso_3166_1_numeric="",
                printable_name=names[code],
                name=names[code],
                is_shipping_country=True,
            )
            for code in sorted(destinations())
        ),
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("listings", "0001_initial"), ("address", "0007_useraddress_code")]
    operations = [migrations.RunPython(add_countries, migrations.RunPython.noop)]
