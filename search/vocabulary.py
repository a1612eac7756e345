"""The vocabulary of this process: the data files with the editors' changes over them, kept up to date.

A change raises ThesaurusVersion in its own transaction. Web processes look at that number every few seconds
(VOCABULARY_CHECK_SECONDS) and build the new vocabulary in the background, the old one answering meanwhile; whoever
indexes looks each time. After commit the outbox has the listings indexed again that say one of the words.
"""

import gc
import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from oscar.core.loading import get_model

from artisans.models import Artisan
from search import completion, thesaurus
from search.folding import fold_word, loose, words
from search.models import ThesaurusConcept, ThesaurusTerm, ThesaurusVersion
from search.thesaurus import HEAD, Thesaurus, read
from search.thesaurus.overlay import overlaid
from shop.listings.changes import listings_changed
from shop.listings.models import ListingText
from shop.outbox.services import enqueue, handles

log = logging.getLogger(__name__)
Product = get_model("catalogue", "Product")
_lock = threading.Lock()
_state: dict[str, Any] = {"number": 0, "due": 0.0}


def refresh() -> bool:
    """Takes the editors' changes over into this process, if there are any that it has not; whether there were."""
    newest = ThesaurusVersion.current()
    if newest == _state["number"]:
        return False
    _take_over(newest, _builder())
    return True


def refresh_if_due() -> None:
    """The same for a web process: not at every request, and the building in a thread of its own. Never fails."""
    seconds = settings.VOCABULARY_CHECK_SECONDS
    if seconds is None or time.monotonic() < _state["due"]:
        return
    _state["due"] = time.monotonic() + seconds
    try:
        newest = ThesaurusVersion.current()
        if newest != _state["number"]:
            threading.Thread(target=_take_over, args=(newest, _builder()), daemon=True).start()
    except DatabaseError as error:
        log.warning("The vocabulary was not looked at: %s", error)


def number() -> int:
    """Which of the editors' changes this process has: 0 for none."""
    return _state["number"]


def forget() -> None:
    """Back to the data files alone, as in a new process."""
    _state.update(number=0, due=0.0)
    thesaurus.use(None)
    completion.forget()


def vocabulary_changed(said: Iterable[str]) -> None:
    """These terms mean something else from now on (after commit)."""
    enqueue("vocabulary", {"terms": sorted(set(said))})


@handles("vocabulary")
def handle_vocabulary(payload: dict) -> None:
    refresh()
    listings_changed(sorted(affected(payload["terms"])))


def affected(said: Iterable[str]) -> set[int]:
    """Ids of the products whose words may be forms of these terms: those that begin like one, roughly. More than
    needed, for to index a listing again does no harm."""
    beginnings = tuple({head for term in said for head in _heads(term)})
    return {product for product, text in _texts() if _begins(text, beginnings)} if beginnings else set()


def _texts() -> Iterator[tuple[int, str]]:
    """(product, what is said in its listing or about its maker), one text after the other."""
    fields = ("listing__product_id", "title", "story", "listing__place")
    for product, *parts in ListingText.objects.values_list(*fields).iterator(chunk_size=2000):
        yield product, " ".join(parts)
    for artisan in Artisan.objects.iterator():
        said = " ".join([artisan.name, artisan.native_name, *artisan.place.values()])
        records = Product.objects.filter(stockrecords__partner=artisan.partner_id)
        for product, parent in records.values_list("pk", "parent_id"):
            yield parent or product, said


def _heads(term: str) -> set[str]:
    parts = [fold_word(word) for word in words(term)]
    return {loose(one)[:HEAD] for one in (*parts[:1], "".join(parts)) if one}


def _begins(text: str, beginnings: tuple[str, ...]) -> bool:
    return any(loose(fold_word(word)).startswith(beginnings) for word in words(text))


def _builder() -> Callable[[], Thesaurus]:
    """Reads the changes now; what it gives builds the vocabulary without the database."""
    added = [entry.concept() for entry in ThesaurusConcept.objects.all()]
    changes = [entry.change() for entry in ThesaurusTerm.objects.order_by("changed", "pk")]
    return lambda: Thesaurus(overlaid(read(), added, changes).values())


def _take_over(newest: int, build: Callable[[], Thesaurus]) -> None:
    with _lock:
        if newest <= _state["number"]:
            return
        thesaurus.use(build())
        completion.forget()
        _state["number"] = newest
        gc.freeze()  # as after warming: it stays, and to look through it would take long
    log.info("The vocabulary is now number %s", newest)


class VocabularyMiddleware:
    """Has each web process notice that editors changed the vocabulary."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        refresh_if_due()
        return self.get_response(request)
