from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shop.currency.middleware import COOKIE
from shop.currency.money import CURRENCIES


@require_POST
def choose(request):
    """Keeps the shopper's currency in a cookie for a year and goes back to where they were."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = resolve_url("/")
    response = HttpResponseRedirect(target)
    currency = request.POST.get("currency", "")
    if currency not in CURRENCIES:
        words = _("We do not know the currency “%(value)s”; prices are still in %(currency)s.")
        messages.error(request, words % {"value": currency[:20], "currency": request.currency})
    else:
        response.set_cookie(
            COOKIE, currency, max_age=365 * 24 * 3600, secure=settings.HTTPS, httponly=True, samesite="Lax"
        )
    return response
