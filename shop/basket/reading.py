"""Reading a basket with everything its page shows, in a fixed number of queries."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery, prefetch_related_objects
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from oscar.core.loading import get_class, get_model

from shop.kept import Kept, attach
from shop.listings.variants import variant_label
from shop.partner.showing import is_on_sale

Applicator = get_class("offer.applicator", "Applicator")
Basket = get_model("basket", "Basket")
Line = get_model("basket", "Line")
LineAttribute = get_model("basket", "LineAttribute")
ProductImage = get_model("catalogue", "ProductImage")


def prepare(basket, user=None):
    """The basket with offers applied, and on each of its lines what a page shows of it:

    `owner` (the product that has the listing), `listing`, `text`, `picture` (id or None), `words` (what is written
    on it), `variant` (its label), `own_total` (in the maker's currency), `left` (pieces this line may have), `gone`
    (it is not on sale at all), `problem` (a sentence when it cannot be bought like this, else ""), `price_was` (what
    a piece cost in this currency when it was put in, if that has changed, else None).
    """
    if basket.pk is None:
        return basket
    basket._lines = _lines_of(basket.pk)
    prefetch_related_objects(basket._lines, Prefetch("attributes", LineAttribute.objects.select_related("option")))
    owners = [line.product.parent if line.product.is_child else line.product for line in basket._lines]
    prefetch_related_objects(owners, "listing__texts")
    if not any(line.has_vouchers for line in basket._lines):
        attach(basket, "vouchers", [])
    for line, owner in zip(basket._lines, owners, strict=True):
        line.basket, line.owner, line.listing = basket, owner, owner.listing
        line.stockrecord.product = line.product
    _describe(basket)
    if basket._lines:
        Applicator().apply(basket, user or AnonymousUser(), None)
    return basket


def _build_lines(basket: int):
    """The lines with all that is one to one, the first picture's id, and whether their basket has any voucher."""
    pictures = ProductImage.objects.filter(Q(product=OuterRef("product")) | Q(product=OuterRef("product__parent")))
    return (
        Line.objects.filter(basket=basket)
        .select_related(
            "product__listing", "product__product_class", "product__parent__listing",
            "product__parent__product_class", "stockrecord__partner__artisan",
        )
        .annotate(
            picture=Subquery(pictures.order_by("display_order", "pk").values("pk")[:1]),
            has_vouchers=Exists(Basket.vouchers.through.objects.filter(basket=OuterRef("basket"))),
        )
        .order_by("pk")
    )  # fmt: skip


_lines_of = Kept(_build_lines)


def _describe(basket) -> None:
    language = get_language()
    wanted: dict[int, int] = {}
    for line in basket._lines:
        wanted[line.stockrecord_id] = wanted.get(line.stockrecord_id, 0) + line.quantity
    for line in basket._lines:
        line.text = line.listing.text(language)
        line.words = " · ".join(attribute.value for attribute in line.attributes.all())
        line.variant = variant_label(line.product) if line.product.is_child else ""
        own = line.stockrecord.price
        line.own_total = None if own is None else own * line.quantity
        others = wanted[line.stockrecord_id] - line.quantity
        has_price = line.purchase_info.price.exists
        line.left = max(0, (line.stockrecord.net_stock_level or 0) - others) if has_price else 0
        line.gone = not is_on_sale(line.product, line.stockrecord)
        line.problem = _problem(line)
        line.price_was = _price_was(line)


def _problem(line) -> str:
    if line.gone:
        return _("This piece is no longer on sale. Please take it out.")
    if not line.purchase_info.price.exists:
        return _("This piece has no price in your currency at the moment.")
    if line.left >= line.quantity:
        return ""
    if line.left:
        return _("Only %(count)s left. Please take fewer.") % {"count": line.left}
    return _("Sold out since you put it in. Please take it out.")


def _price_was(line):
    now = line.purchase_info.price
    if not now.exists or line.price_currency != now.currency or line.price_incl_tax == now.incl_tax:
        return None
    return line.price_incl_tax
