"""Where a shopper's parcels go, as far as we know: chosen before, else told by their currency."""

from functools import cache

from django.conf import settings
from django.contrib import messages
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shop.currency.money import NATIONAL, babel_locale
from shop.listings.countries import country_name

SESSION_KEY = "ship_to"
# What a page that offers `near_countries` sends for any other.
ANOTHER = "another"
OFTEN = frozenset("AE AU CA CH CN DE ES FR GB GE IL IN IT JP KR NL PL RU SA SE TR US".split())
_BY_CURRENCY = {currency: country for country, currency in NATIONAL.items()}
# CLDR territories that are no postal destination of their own.
_NO_COUNTRY = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ", "AQ", "BV", "HM"}


@cache
def destinations() -> frozenset[str]:
    """ISO codes of every country parcels can be sent to."""
    return frozenset(
        code
        for code in map(str, babel_locale("en").territories)
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY
    )


@cache
def _named(language: str) -> list[tuple[str, str]]:
    rest = ((code, country_name(code, language)) for code in destinations() - set(NATIONAL))
    return [(code, country_name(code, language)) for code in NATIONAL] + sorted(rest, key=lambda pair: pair[1])


def countries() -> list[tuple[str, str]]:
    """(code, name in the active language) of every country we ship to, the region's six first."""
    return _named(get_language())


def near_countries(chosen: str) -> list[tuple[str, str]]:
    """Those of the region, of its diasporas and largest visitors, and of `chosen`: for a page where the whole list,
    a third of its letters, would be in the way."""
    near = {*NATIONAL, *OFTEN, chosen}
    return [(code, name) for code, name in countries() if code in near]


def country_of(request) -> str:
    """ISO code of the shopper's country."""
    chosen = request.session.get(SESSION_KEY)
    return chosen or _BY_CURRENCY.get(request.currency, "US")


def choose_country(request, code: str) -> None:
    """Keeps the country that a shopper chose on a page; one we do not know is told."""
    if code in destinations():
        remember(request, code)
    else:
        messages.error(request, _("We do not know the country “%(value)s”.") % {"value": code[:20]})


def told_country(request) -> str:
    """ISO code of the shopper's country as they told us: where they sent a parcel, or whose currency or language they
    chose; "" when they did not. Nothing else about them is looked at."""
    visited = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    return (visited and request.session.get(SESSION_KEY)) or _BY_CURRENCY.get(request.currency, "")


def remember(request, code: str) -> None:
    if code in destinations() and code != request.session.get(SESSION_KEY):
        request.session[SESSION_KEY] = code
