"""What is shown on a listing's page, but for what is of one visit alone: its form's token, reviews, header and footer.

Kept in the process under everything that it is made of: the rows that were just read, the shopper's language, currency
and country, the day, the rates and the rules of the split. When one of them is another, so is the key: what is shown is
never old, and nothing need be thrown away when something changes.
"""

import datetime
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from shop.addresses import address_of
from shop.alternates import alternates
from shop.basket.forms import AddForm
from shop.catalogue.reading import ListingRows, is_on_show, listing_of
from shop.catalogue.saying import Shopper, listing_said
from shop.catalogue.structured import product_data
from shop.currency.rates import Rates, current_rates
from shop.partner.strategy import MarketplaceStrategy
from shop.settlement.commission import RuleBook, current_rules
from shop.shipping.destination import country_of

_PARTS = ("description", "crumbs", "pictures", "title", "promises", "more")
# Some 25 KB each.
_MOST = 1000


@dataclass(frozen=True)
class ListingPage:
    """path: its address; shown: {part: HTML} for `oscar/catalogue/detail.html`; fields: the form's, nothing typed."""

    pk: int
    slug: str
    path: str
    title: str
    rating: float | None
    varies: bool
    available: bool
    shown: dict[str, SafeString]
    links: SafeString
    fields: SafeString
    structured: SafeString
    add_url: str
    similar_url: str


def page_of(request, rows: ListingRows) -> ListingPage | None:
    """None when shoppers may not see the listing: it was taken down, or its maker's shop is closed."""
    shopper = Shopper(get_language(), request.currency, country_of(request))
    return _page(rows, shopper, timezone.localdate(), current_rates(), current_rules())


@lru_cache(_MOST)
def _page(rows: ListingRows, shopper: Shopper, day: datetime.date, rates: Rates, book: RuleBook) -> ListingPage | None:
    """`day` is part of what it is kept under: rules begin and rates grow old with it."""
    product = listing_of(rows)
    if not is_on_show(product):
        return None
    form = AddForm(product, MarketplaceStrategy(currency=shopper.currency, rates=rates))
    said = listing_said(product, shopper, form, rates, book)
    return ListingPage(
        pk=product.pk,
        slug=product.slug,
        path=said["path"],
        title=said["title"],
        rating=product.rating,
        varies=said["varies"],
        available=form.available,
        shown={part: _made(part, said) for part in _PARTS},
        links=SafeString(render_to_string("includes/alternates.html", alternates(said["path"]))),
        fields=fields_of(product, form, varies=said["varies"]),
        structured=product_data(product, said, settings.SITE_URL + said["path"], list(form.infos.values())),
        add_url=address_of("basket:add", product.pk),
        similar_url=address_of("search:similar", product.pk),
    )


def fields_of(product, form: AddForm, *, varies: bool) -> SafeString:
    """The fields of the form with what was typed and what is wrong with it, or that the piece is sold out."""
    context = {"form": form, "product": product, "listing": product.listing, "artisan": product.artisan}
    return _made("fields", {**context, "varies": varies})


def _made(part: str, context: dict[str, Any]) -> SafeString:
    return SafeString(render_to_string(f"oscar/catalogue/listing/{part}.html", context).strip())
