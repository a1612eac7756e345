"""Making makers."""

from decimal import Decimal

from django.db import transaction
from oscar.core.loading import get_model

from artisans.models import Artisan, ArtisanText
from shop.currency.rates import RateMissing, Rates, current_rates
from shop.listings.models import ShippingOffer

Partner = get_model("partner", "Partner")

# What a demo maker asks for the post, in US dollars, and how many days it takes: (zone, first piece, from, to).
_DEMO_SHIPPING = [("domestic", 3, 2, 7), ("region", 9, 5, 15), ("world", 24, 10, 30)]


@transaction.atomic
def create_demo_artisan(slug: str, country: str, language: str, currency: str) -> Artisan:
    """An approved maker, marked as invented, who sends everywhere: for catalogues imported to try things out.

    What sending costs is in `currency`; in US dollars while there is no rate for it.
    """
    name = slug.replace("-", " ").title()
    partner = Partner.objects.create(code=slug, name=name)
    artisan = Artisan.objects.create(
        partner=partner,
        slug=slug,
        name=name,
        country=country,
        language=language,
        currency=currency,
        status=Artisan.APPROVED,
        is_demo=True,
    )
    ArtisanText.objects.create(artisan=artisan, language=language)
    rates = current_rates()
    ShippingOffer.objects.bulk_create(
        ShippingOffer(
            partner=partner, zone=zone, days_min=days_min, days_max=days_max, **_price(dollars, currency, rates)
        )
        for zone, dollars, days_min, days_max in _DEMO_SHIPPING
    )
    return artisan


def _price(dollars: int, currency: str, rates: Rates) -> dict:
    try:
        return {"price": rates.convert(Decimal(dollars), "USD", currency), "currency": currency}
    except RateMissing:
        return {"price": Decimal(dollars), "currency": "USD"}
