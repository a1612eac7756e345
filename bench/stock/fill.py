"""Fills the stock shop with an exported catalogue. Runs inside it: `python -m bench.stock.fill CATALOGUE ADDRESSES`.

Products keep their numbers. ADDRESSES becomes {"crafts": {id: path}, "products": {number: path}}.
"""

import hashlib
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import django

CHUNK = 1000
# As Oscar's templates ask for them.
THUMBNAILS = [
    {"size": "x155", "upscale": False},
    {"size": "440x400", "upscale": False},
    {"size": "65x55", "crop": "center"},
    {"size": "100x100", "upscale": False},
    {"size": "200x200", "upscale": False},
]


def main(source: Path, target: Path) -> None:
    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    catalogue = json.loads(source.read_text())
    digest, seen = _digest(catalogue), target.with_suffix(".digest")
    if not (seen.exists() and target.exists() and seen.read_text() == digest):
        with transaction.atomic():
            _empty()
            categories = _write_categories(catalogue["crafts"])
            _write_products(catalogue["products"], categories)
        _make_thumbnails(sorted({item["picture"] for item in catalogue["products"] if item["picture"]}))
        call_command("rebuild_index", interactive=False, verbosity=0)
        _merge_index()
        target.write_text(json.dumps(_addresses(categories)))
        seen.write_text(digest)
    _write_stock(catalogue["products"])


def _digest(catalogue: dict) -> str:
    """What the catalogue is, but for the stock, which orders change."""
    products = [{key: value for key, value in one.items() if key != "stock"} for one in catalogue["products"]]
    return hashlib.sha256(json.dumps([catalogue["crafts"], products]).encode()).hexdigest()


def _empty() -> None:
    from oscar.core.loading import get_model

    for app, model in (("order", "Order"), ("basket", "Basket"), ("catalogue", "Product"), ("catalogue", "Category"),
                       ("catalogue", "ProductClass"), ("partner", "Partner"), ("address", "Country")):  # fmt: skip
        get_model(app, model).objects.all().delete()
    country = get_model("address", "Country")
    for code, name in (("UZ", "Uzbekistan"), ("DE", "Germany"), ("KZ", "Kazakhstan")):
        country.objects.create(iso_3166_1_a2=code, printable_name=name, name=name, is_shipping_country=True)


def _write_categories(crafts: list[dict]) -> dict:
    """One tree: the craft's id → its category, parents before children."""
    from oscar.core.loading import get_model

    category, made = get_model("catalogue", "Category"), {}
    left = list(crafts)
    while left:
        ready = [craft for craft in left if craft["parent"] is None or craft["parent"] in made]
        for craft in ready:
            if craft["parent"] is None:
                made[craft["id"]] = category.add_root(name=craft["name"])
            else:
                parent = category.objects.get(pk=made[craft["parent"]].pk)
                made[craft["id"]] = parent.add_child(name=craft["name"])
        left = [craft for craft in left if craft["id"] not in made]
    return made


def _write_products(items: list[dict], categories: dict) -> None:
    from oscar.core.loading import get_model

    product, record = get_model("catalogue", "Product"), get_model("partner", "StockRecord")
    image, filed = get_model("catalogue", "ProductImage"), get_model("catalogue", "ProductCategory")
    kind = get_model("catalogue", "ProductClass").objects.create(name="Craft")
    partner = get_model("partner", "Partner")
    partners = {name: partner.objects.create(name=name) for name in sorted({item["maker"] for item in items})}
    now = datetime.now(UTC)
    for start in range(0, len(items), CHUNK):
        chunk = items[start : start + CHUNK]
        product.objects.bulk_create(
            product(id=item["id"], upc=item["upc"], title=item["title"], slug=item["slug"], product_class=kind,
                    description=item["description"], is_public=True, date_created=now)
            for item in chunk
        )  # fmt: skip
        record.objects.bulk_create(
            record(product_id=item["id"], partner=partners[item["maker"]], partner_sku=item["upc"],
                   price=item["price"], price_currency=item["currency"], num_in_stock=item["stock"])
            for item in chunk
        )  # fmt: skip
        image.objects.bulk_create(
            image(product_id=item["id"], original=item["picture"], display_order=0) for item in chunk if item["picture"]
        )
        filed.objects.bulk_create(
            filed(product_id=item["id"], category=categories[item["craft"]])
            for item in chunk
            if item["craft"] in categories
        )


def _write_stock(items: list[dict]) -> None:
    from oscar.core.loading import get_model

    record, wanted = get_model("partner", "StockRecord"), {item["id"]: item["stock"] for item in items}
    records = list(record.objects.all())
    for one in records:
        one.num_in_stock, one.num_allocated = wanted[one.product_id], 0
    record.objects.bulk_update(records, ["num_in_stock", "num_allocated"], batch_size=CHUNK)


def _make_thumbnails(pictures: list[str]) -> None:
    """Every size that the measured pages show, so that no page pays for drawing one."""
    from django.core.files.storage import default_storage
    from oscar.core.thumbnails import get_thumbnailer

    thumbnailer = get_thumbnailer()
    for picture in pictures:
        if default_storage.exists(picture):
            for options in THUMBNAILS:
                thumbnailer.generate_thumbnail(picture, **options)


def _merge_index() -> None:
    """One segment instead of one for each thousand products: searches in it take about half as long."""
    from haystack import connections

    backend = connections["default"].get_backend()
    backend.setup()
    backend.index.optimize()


def _addresses(categories: dict) -> dict:
    from oscar.core.loading import get_model

    products = get_model("catalogue", "Product").objects.all()
    return {
        "crafts": {craft: category.get_absolute_url() for craft, category in categories.items()},
        "products": {one.pk: one.get_absolute_url() for one in products.iterator()},
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
