"""What every page shows: the currencies to choose from, how much is in the basket."""

from django.conf import settings
from django.core.cache import cache
from django.core.signing import BadSignature, Signer
from django.db.models import Q, Sum
from django.utils.functional import SimpleLazyObject
from oscar.core.loading import get_model

from artisans.models import Membership
from shop.currency.money import CURRENCIES

Line = get_model("basket", "Line")


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
    """Whether to show the way to the studio; asked of the database at most once a minute for each person."""
    if not request.user.is_authenticated:
        return False
    key = f"is-maker:{request.user.pk}"
    known = cache.get(key)
    if known is None:
        known = Membership.objects.filter(user=request.user).exists()
        cache.set(key, known, 60)
    return known


def basket_count(request) -> int:
    """Pieces in this shopper's basket: one query, none for somebody who never filled one or whose basket is shown."""
    if not hasattr(request, "basket"):
        return 0
    loaded = request._basket_cache
    if loaded is not None and isinstance(loaded._lines, list):
        return sum(line.quantity for line in loaded._lines)
    owned = _their_basket(request)
    if owned is None:
        return 0
    return Line.objects.filter(owned, basket__status="Open").aggregate(pieces=Sum("quantity"))["pieces"] or 0


def _their_basket(request) -> Q | None:
    """The open basket of the account, or of the signed cookie; None when there is neither."""
    cookie = request.COOKIES.get(settings.OSCAR_BASKET_COOKIE_OPEN)
    if request.COOKIES.get(settings.SESSION_COOKIE_NAME) and request.user.is_authenticated:
        if cookie:
            # Just signed in: looking at the basket joins the guest's with the account's.
            return Q(basket=request.basket.pk)
        return Q(basket__owner=request.user)
    try:
        return Q(basket=Signer().unsign(cookie), basket__owner=None) if cookie else None
    except BadSignature:
        return None
