"""What shoppers said of pieces, once a moderator has let it through."""

from django.db.models import Q
from oscar.core.loading import get_model

Review = get_model("reviews", "ProductReview")
NEWEST = 6


def approved(products: Q | None = None, **filters):
    """Approved reviews, the newest first; `products` and `filters` say whose."""
    found = Review.objects.filter(status=Review.APPROVED, **filters)
    return (found.filter(products) if products is not None else found).order_by("-date_created", "-pk")


def reviews_of(product: int) -> list:
    """The newest reviews of the listing with this id."""
    return with_stars(approved(product=product)[:NEWEST])


def with_stars(reviews) -> list:
    """The reviews, each with `stars`: five times whether a star shines."""
    found = list(reviews)
    for review in found:
        review.stars = [number <= review.score for number in range(1, 6)]
    return found
