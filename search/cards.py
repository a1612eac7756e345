"""The card of a hit, straight from the index: a list page asks the database for nothing."""

from decimal import Decimal

from search.engines.base import Hit
from shop.currency.rates import Rates
from shop.listings.cards import make_card


def card_of(hit: Hit, language: str, currency: str, rates: Rates) -> dict:
    document = hit.document
    title, title_language = document.title(language)
    return make_card(
        id=document.id,
        slug=document.card.get("slug", ""),
        title=title,
        title_lang=title_language,
        price=Decimal(document.price),
        own_currency=document.currency,
        varies=bool(document.card.get("from")),
        country=document.country,
        maker_slug=document.maker,
        maker_name=document.maker_name,
        picture=document.card.get("picture"),
        ready=document.ready,
        in_stock=document.in_stock,
        language=language,
        currency=currency,
        rates=rates,
    )
