"""Which currency this shopper sees: the one they chose (a cookie), else US dollars."""

from django.conf import settings

from shop.currency.money import CURRENCIES

COOKIE = "currency"


class CurrencyMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.COOKIES.get(COOKIE, "")
        request.currency = chosen if chosen in CURRENCIES else settings.OSCAR_DEFAULT_CURRENCY
        return self.get_response(request)
