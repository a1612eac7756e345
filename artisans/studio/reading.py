"""What the studio's pages show of a parcel and of a listing: plain dicts, the maker's own and nothing else."""

from artisans.studio.forms import StockForm
from shop.listings.variants import variant_label
from shop.settlement.models import Parcel


def _owner(product):
    """The product that has the listing and the pictures: a variant's parent, else itself."""
    return product.parent if product.parent_id else product


def _picture(product) -> int | None:
    return next((image.pk for image in _owner(product).images.all()), None)


def _text(product, line_title: str, language: str) -> dict:
    """How a line is called: the listing's title in `language`; what the order says when the listing is gone."""
    listing = getattr(_owner(product), "listing", None) if product else None
    text = listing.text(language) if listing else None
    return {
        "title": text.title if text else line_title,
        "title_lang": text.language if text else "",
        "variant": variant_label(product) if product and product.parent_id else "",
        "days_to_make": listing.days_to_make if listing else 0,
    }


def pieces_of(parcel: Parcel, language: str) -> dict:
    """A parcel of `views.my_parcels` as a row of a list: {parcel, pieces: [{quantity, title, title_lang, variant}]}."""
    pieces = [{"quantity": line.quantity, **_text(line.product, line.title, language)} for line in parcel.lines]
    return {"parcel": parcel, "pieces": pieces}


def lines_of(parcel: Parcel, language: str) -> list[dict]:
    """The parcel's lines: title, variant, words to put on it, quantity, and what it brings in the maker's currency.

    The product may be gone since; title and price are the order's own.
    """
    lines = (
        parcel.order.lines.filter(partner=parcel.partner_id)
        .select_related("frozen", "product__listing", "product__parent__listing")
        .prefetch_related(
            "attributes", "product__images", "product__listing__texts",
            "product__parent__images", "product__parent__listing__texts",
        )
    )  # fmt: skip
    return [
        {
            **_text(line.product, line.title, language),
            "upc": line.upc or line.partner_sku,
            "words": [attribute.value for attribute in line.attributes.all()],
            "quantity": line.quantity,
            "picture": _picture(line.product) if line.product else None,
            "own_total": line.frozen.unit_price * line.quantity,
            "own_currency": line.frozen.currency,
        }
        for line in lines
    ]


def row_of(record, language: str, form: StockForm | None) -> dict:
    """A stock record as a row of the listings page; `form`: the one that was typed into and could not be saved."""
    product, owner = record.product, _owner(record.product)
    return {
        "record": record,
        **_text(product, owner.title, language),
        "url": owner.get_absolute_url() if owner.is_public else "",
        "picture": _picture(product),
        "promised": record.num_allocated or 0,
        "free": record.net_stock_level or 0,
        "form": form or StockForm(initial={"num_in_stock": record.num_in_stock or 0}, auto_id=f"stock-{record.pk}-%s"),
    }
