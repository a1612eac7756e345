"""Which currency this shopper sees: the one they chose (a cookie), else that of their language's country."""

from django.conf import settings

from shop.currency.money import CURRENCIES

COOKIE = "currency"
# Russian and English are read in all six countries: they start with the currency of the shop.
BY_LANGUAGE = {"kk": "KZT", "ky": "KGS", "tg": "TJS", "tk": "TMT", "uz": "UZS", "az": "AZN"}


class CurrencyMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.COOKIES.get(COOKIE, "")
        language = getattr(request, "LANGUAGE_CODE", "")
        default = BY_LANGUAGE.get(language, settings.OSCAR_DEFAULT_CURRENCY)
        request.currency = chosen if chosen in CURRENCIES else default
        return self.get_response(request)
