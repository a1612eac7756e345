"""News of saved searches by mail: once a day at most, in the reader's language, with a way out in every mail."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation

from search.saved.models import SavedSearch
from search.saved.services import REMEMBERED, label_of, newest
from shop.addresses import address_of
from shop.outbox.mail import send_mail
from shop.outbox.ticking import each_minute

logger = logging.getLogger(__name__)
EACH, AT_ONCE, SHOWN = timedelta(hours=23), 100, 6
signer = Signer(salt="search.saved.unsubscribe")


@each_minute("saved searches looked through", can_wait=True)
def look_through() -> int:
    """Looks through the saved searches whose day has come and mails what is new. Returns how many mails."""
    due = Q(checked=None) | Q(checked__lt=timezone.now() - EACH)
    waiting = SavedSearch.objects.filter(due, mails=True, user__is_active=True).select_related("user")
    return sum(look(search) for search in waiting.order_by("checked", "pk")[:AT_ONCE])


def look(search: SavedSearch) -> bool:
    """Whether there was news, which is then on its way. One look a day, however often it is called."""
    now = timezone.now()
    taken = SavedSearch.objects.filter(pk=search.pk, checked=search.checked).update(checked=now)
    if not taken:
        return False
    hits, known = newest(search), set(search.known)
    news = [hit for hit in hits if hit.document.id not in known and hit.document.in_stock]
    if hits:
        ids = list(dict.fromkeys([*(hit.document.id for hit in hits), *search.known]))[:REMEMBERED]
        SavedSearch.objects.filter(pk=search.pk).update(known=ids)
    if news:
        _mail(search, news, now)
    return bool(news)


def _mail(search: SavedSearch, news: list, now) -> None:
    language = search.user.language or search.language
    with translation.override(language):
        context = {
            "search": label_of(search, language),
            "count": len(news),
            "pieces": [_piece(hit.document, language) for hit in news[:SHOWN]],
            "link": f"{settings.SITE_URL}{reverse('search:search')}?{search.address}",
            "unsubscribe": settings.SITE_URL + reverse("saved:unsubscribe", args=[token_of(search)]),
        }
    key = f"saved-search-{search.pk}-{now:%Y-%m-%d}"
    send_mail("saved_search", search.user.email, language, context, key=key)


def _piece(document, language: str) -> dict[str, str]:
    title, _language = document.title(language)
    url = settings.SITE_URL + address_of("catalogue:detail", document.card.get("slug", ""), document.id)
    return {"title": title, "maker": document.maker_name, "url": url}


def token_of(search: SavedSearch) -> str:
    return signer.sign(search.pk).replace(":", ".")


def search_of(token: str) -> SavedSearch | None:
    """The saved search of a mail's link; None for a wrong link, or one that was deleted."""
    try:
        pk = signer.unsign(token.replace(".", ":", 1))
    except BadSignature:
        return None
    return SavedSearch.objects.filter(pk=pk).first()
