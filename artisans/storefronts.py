"""A maker's listings on their storefront, and how shoppers rated them."""

from django.core.paginator import Paginator
from django.db.models import Avg, Count
from oscar.core.loading import get_model

from artisans.models import Artisan
from shop.currency.rates import current_rates
from shop.listings.cards import cards_of, on_show

Product = get_model("catalogue", "Product")
Review = get_model("reviews", "ProductReview")
PAGE_SIZE = 24


def listings_of(artisan: Artisan, language: str, request) -> tuple[list[dict], dict | None, int, dict]:
    """Cards of one page of a maker's listings, links to the pages, how many there are, and their rating."""
    ids = Product.objects.filter(stockrecords__partner=artisan.partner_id).values("pk")
    parents = Product.objects.filter(children__stockrecords__partner=artisan.partner_id).values("pk")
    found = on_show().filter(pk__in=ids) | on_show().filter(pk__in=parents)
    paginator = Paginator(found.order_by("-date_created", "-pk"), PAGE_SIZE)
    page = paginator.get_page(request.GET.get("page"))
    cards = cards_of(page.object_list, language, request.currency, current_rates())
    return cards, _links(page), paginator.count, rating_of(artisan)


def rating_of(artisan: Artisan) -> dict:
    """{"average": 4.6 or None, "count": approved reviews of this maker's pieces}."""
    reviews = Review.objects.filter(status=Review.APPROVED, product__stockrecords__partner=artisan.partner_id)
    return reviews.aggregate(average=Avg("score"), count=Count("pk"))


def _links(page) -> dict | None:
    if page.paginator.num_pages == 1:
        return None
    return {
        "items": [
            {"number": number, "url": f"?page={number}", "current": number == page.number, "gap": False}
            for number in page.paginator.page_range
        ],
        "previous_url": f"?page={page.previous_page_number()}" if page.has_previous() else None,
        "next_url": f"?page={page.next_page_number()}" if page.has_next() else None,
    }
