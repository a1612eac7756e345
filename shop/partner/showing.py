"""What shoppers may see and buy: a piece is shown while it is public, and on sale while its maker's shop is open."""


def is_shown(product) -> bool:
    """Whether the piece is public; a variant is when its listing is too."""
    return product.is_public and not (product.is_child and not product.parent.is_public)


def is_on_sale(product, stockrecord) -> bool:
    """Whether it may be bought at all, whatever is left of it. Reads the record's partner and its artisan."""
    artisan = getattr(stockrecord.partner, "artisan", None)
    return is_shown(product) and artisan is not None and artisan.status == "approved"
