"""Writes our catalogue as JSON, for the other shop to hold the same. Runs inside our shop: `-m bench.export FILE`.

{"crafts": [{"id", "parent", "name"}], "products": [{"id", "path", "slug", "upc", "title", "description", "craft",
"maker", "price", "currency", "stock", "picture", "ready"}]}; `path` is the English page, prices are the maker's own.
A piece with variants is exported with its first variant's price and stock.
"""

import json
import sys
from pathlib import Path

import django


def main(target: Path) -> None:
    django.setup()
    from django.utils import translation

    with translation.override("en"):
        target.write_text(json.dumps({"crafts": _crafts(), "products": _products()}, ensure_ascii=False))


def _crafts() -> list[dict]:
    from shop.listings.crafts import craft_name, crafts

    return [{"id": key, "parent": entry["parent"], "name": craft_name(key, "en")} for key, entry in crafts().items()]


def _products() -> list[dict]:
    from oscar.core.loading import get_model

    products = get_model("catalogue", "Product").objects.filter(is_public=True, listing__isnull=False)
    products = products.select_related("listing").prefetch_related(
        "stockrecords__partner", "images", "children__stockrecords__partner"
    )
    return [exported for product in products.order_by("pk") if (exported := _product(product))]


def _product(product) -> dict | None:
    sold_as = [product, *product.children.all()]
    record = next((record for one in sold_as for record in one.stockrecords.all()), None)
    picture = next(iter(product.images.all()), None)
    if record is None:
        return None
    return {
        "id": product.pk,
        "path": product.get_absolute_url(),
        "slug": product.slug,
        "upc": product.upc,
        "title": product.title,
        "description": product.description,
        "craft": product.listing.craft,
        "maker": record.partner.name,
        "price": str(record.price),
        "currency": record.price_currency,
        "stock": max(0, record.net_stock_level or 0),
        "picture": picture.original.name if picture else "",
        "simple": not product.is_parent and not product.listing.personalisation_max,
        "ready": product.listing.days_to_make == 0,
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
