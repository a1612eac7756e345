"""What the lines of an order are called in the reader's language, with their pictures and the words put on them."""

from django.db.models import prefetch_related_objects

from shop.listings.variants import variant_label

_SHOWN = (
    "product__listing__texts",
    "product__images",
    "product__parent__listing__texts",
    "product__parent__images",
    "attributes__option",
)


def describe(lines: list, language: str) -> list:
    """The lines, each with `shown`: {title, lang, variant, words, url, picture (id or None)}.

    A piece may have been taken off the shop since it was sold: then there is the order's own title and no address.
    """
    prefetch_related_objects(lines, *_SHOWN)
    for line in lines:
        line.shown = _shown(line, language)
    return lines


def titles_of(lines: list, language: str) -> dict[int, str]:
    """What each line is called in the reader's language, by its id."""
    return {line.pk: line.shown["title"] for line in describe(lines, language)}


def _shown(line, language: str) -> dict:
    product = line.product
    owner = product.parent if product and product.parent_id else product
    listing = getattr(owner, "listing", None)
    text = listing.text(language) if listing else None
    return {
        "title": text.title if text else line.title,
        "lang": text.language if text else "",
        "variant": variant_label(product) if product and product.parent_id else "",
        "words": " · ".join(attribute.value for attribute in line.attributes.all()),
        "url": owner.get_absolute_url() if listing and owner.is_public else "",
        "picture": next((image.pk for image in owner.images.all()), None) if owner else None,
    }
