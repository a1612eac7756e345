"""What a variant is called: sizes as they are, colours in the reader's language."""

from django.utils.translation import gettext_lazy as _

COLOURS = {
    "indigo": _("indigo"),
    "blue": _("blue"),
    "red": _("red"),
    "green": _("green"),
    "yellow": _("yellow"),
    "brown": _("brown"),
    "grey": _("grey"),
    "undyed": _("undyed"),
    "white": _("white"),
    "black": _("black"),
}


def variant_label(product) -> str:
    """The label of a child product: its title, translated when it is a colour."""
    return str(COLOURS.get(product.title, product.title))
