"""What every page shows: the currencies to choose from, how much is in the basket."""

from django.conf import settings
from django.db.models import Sum
from django.utils.functional import SimpleLazyObject

from artisans.models import Membership
from shop.currency.money import CURRENCIES


def shop(request):
    return {
        "currencies": CURRENCIES,
        "currency": getattr(request, "currency", settings.OSCAR_DEFAULT_CURRENCY),
        "basket_count": SimpleLazyObject(lambda: basket_count(request)),
        "is_maker": SimpleLazyObject(lambda: is_maker(request)),
        "is_demo": settings.DEMO,
        "payment_sandbox": settings.PAYMENT_SANDBOX,
    }


def is_maker(request) -> bool:
    """Whether to show the way to the studio: one query, for people who are signed in."""
    return request.user.is_authenticated and Membership.objects.filter(user=request.user).exists()


def basket_count(request) -> int:
    """Pieces in this shopper's basket: one query, none for somebody who never filled one."""
    known = request.COOKIES.get(settings.OSCAR_BASKET_COOKIE_OPEN) or request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not known or not hasattr(request, "basket"):
        return 0
    basket = request.basket
    return basket.lines.aggregate(pieces=Sum("quantity"))["pieces"] or 0 if basket.pk else 0
