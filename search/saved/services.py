"""Saving a search, and what it finds."""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import QueryDict

from search import engines
from search.engines.base import Hit
from search.facets import build_chips
from search.forms import ListAddress, read_address
from search.saved.models import SavedSearch
from shop.currency.rates import current_rates

MOST = 50  # for one person
LOOKED_AT, REMEMBERED = 100, 500


class TooMany(Exception):
    """This person has saved as many searches as one may."""


def save_search(user, address: ListAddress, currency: str, language: str) -> SavedSearch:
    """Saves a list for this person; the same one twice is one. TooMany beyond MOST."""
    encoded = address.encoded(sort="relevance")
    with transaction.atomic():
        # The row of the person is the lock: two windows cannot save more than MOST.
        get_user_model().objects.select_for_update().get(pk=user.pk)
        known = user.saved_searches.filter(address=encoded).first()
        if known:
            return known
        if user.saved_searches.count() >= MOST:
            raise TooMany
        search = SavedSearch(user=user, address=encoded, currency=currency, language=language)
        search.known = [hit.document.id for hit in newest(search)]
        search.save()
    return search


def address_of(search: SavedSearch) -> ListAddress:
    return read_address(QueryDict(search.address))


def newest(search: SavedSearch) -> list[Hit]:
    """The newest listings that answer a saved search, all its words understood as written. None while the search is
    not at its best: a list of less would look like news later."""
    query = address_of(search).encoded(sort="newest")
    asked = read_address(QueryDict(query)).query(search.language, search.currency, current_rates(), page_size=LOOKED_AT)
    result = engines.search(asked)
    loosely = result.step is not None and (result.step.any_group or result.step.otherwise)
    return [] if result.degraded or loosely else result.hits


def label_of(search: SavedSearch, language: str) -> str:
    """The search in words, for a list or a mail."""
    address = address_of(search)
    chips = build_chips(address, language, search.currency, {})
    words = [f"“{address.text}”"] if address.text else []
    return ", ".join([*words, *(str(chip["label"]) for chip in chips)])
