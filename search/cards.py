"""The card of a hit, straight from the index: a list page asks the database for nothing."""

from decimal import Decimal

from search.engines.base import Document, Hit
from search.engines.ranking import zones_to
from search.highlighting import Sought, excerpt, marked
from shop.currency.rates import Rates
from shop.listings.cards import make_card


def card_of(
    hit: Hit, language: str, currency: str, rates: Rates, wanted: Sought | None = None, ship_to: str = ""
) -> dict:
    """wanted: what was searched for, to be marked in title and story. ship_to: the shopper's country, "" if unknown."""
    document = hit.document
    title, title_language = document.title(language)
    card = make_card(
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
    card["ships"] = not ship_to or ships_to(document, ship_to)
    return {**card, **_marks(document, title, title_language, wanted)} if wanted else card


def ships_to(document: Document, country: str) -> bool:
    at_home, elsewhere = zones_to(country)
    zone = at_home if document.country == country else elsewhere
    return any(offered.startswith(zone) for offered in document.ships)


def _marks(document: Document, title: str, language: str, wanted: Sought) -> dict:
    """The title with marks, and where it has none the part of the story that was found."""
    html = marked(title, language, wanted)
    if "<mark>" in html:
        return {"title_html": html}
    for spoken, story in document.descriptions.items():
        if found := excerpt(story, spoken, wanted):
            return {"title_html": html, "excerpt": found, "excerpt_lang": spoken}
    return {"title_html": html}
