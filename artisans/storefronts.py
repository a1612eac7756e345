"""A maker's storefront: their listings, what shipping costs, how shoppers rated them."""

from django.core.paginator import Page
from django.db.models import Avg, Count, Q
from oscar.core.loading import get_model

from artisans.models import Artisan
from shop.currency.money import format_money
from shop.currency.rates import RateMissing, current_rates
from shop.listings.cards import cards_of, on_show
from shop.listings.models import ShippingOffer
from shop.order.reviews import NEWEST, approved, with_stars
from shop.paging import page_of

Product = get_model("catalogue", "Product")
PAGE_SIZE = 24


def listings_of(artisan: Artisan, language: str, request) -> tuple[list[dict], dict | None, int]:
    """Cards of one page (?page=) of a maker's listings, links to the pages, how many listings there are."""
    found = on_show().filter(_sold_by(artisan, "pk")).order_by("-date_created", "-pk")
    page = page_of(request, found, PAGE_SIZE)
    cards = cards_of(page.object_list, language, request.currency, current_rates())
    return cards, _links(page), page.paginator.count


def _sold_by(artisan: Artisan, field: str) -> Q:
    """Where `field` names a product of this maker: one in stock itself, or the parent of one that is."""
    products = Product.objects.filter(stockrecords__partner=artisan.partner_id)
    return Q(**{f"{field}__in": products.values("pk")}) | Q(**{f"{field}__in": products.values("parent")})


def rating_of(artisan: Artisan) -> dict:
    """{"average": 4.6 or None, "count": approved reviews of this maker's pieces}."""
    reviews = approved(_sold_by(artisan, "product")).order_by()
    return reviews.aggregate(average=Avg("score"), count=Count("pk"))


def reviews_of(artisan: Artisan) -> list:
    """The newest approved reviews of this maker's pieces that are still on show."""
    found = approved(_sold_by(artisan, "product"), product__is_public=True).select_related("product")
    return with_stars(found[:NEWEST])


def shipping_of(artisan: Artisan, language: str, currency: str) -> list[dict]:
    """What sending costs, nearest zone first: {zone, method, days_min, days_max, price, price_own, extra} as texts;
    `price_own` is empty where the shopper sees the maker's own currency anyway, `extra` where more pieces are free."""
    rates = current_rates()

    def shown(amount, own: str) -> tuple[str, str]:
        own_text = format_money(amount, own, language)
        try:
            text = format_money(rates.convert(amount, own, currency), currency, language)
        except RateMissing:
            text = own_text
        return text, own_text if text != own_text else ""

    offers = sorted(artisan.partner.shipping_offers.all(), key=lambda o: (_ZONES.index(o.zone), o.price))
    rows = []
    for offer in offers:
        price, price_own = shown(offer.price, offer.currency)
        rows.append(
            {
                "zone": offer.get_zone_display(),
                "method": offer.method_name,
                "days_min": offer.days_min,
                "days_max": offer.days_max,
                "price": price,
                "price_own": price_own,
                "extra": shown(offer.extra, offer.currency)[0] if offer.extra else "",
            }
        )
    return rows


_ZONES = [zone for zone, _label in ShippingOffer.ZONES]


def _links(page: Page) -> dict | None:
    """What includes/pagination.html shows; None for a single page."""
    paginator = page.paginator
    if paginator.num_pages == 1:
        return None
    items, gap = [], False
    for number in paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        if number == paginator.ELLIPSIS:
            gap = True
            continue
        items.append({"number": number, "url": f"?page={number}", "current": number == page.number, "gap": gap})
        gap = False
    return {
        "items": items,
        "previous_url": f"?page={page.previous_page_number()}" if page.has_previous() else None,
        "next_url": f"?page={page.next_page_number()}" if page.has_next() else None,
    }
