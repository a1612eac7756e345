"""The vocabulary for others to use: /api/v1/thesaurus.ttl."""

from functools import lru_cache

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from search import vocabulary
from search.limits import too_many
from search.models import ThesaurusTerm
from search.thesaurus import Thesaurus, get_thesaurus
from search.thesaurus.turtle import turtle


def _etag(request) -> str:
    return f'"{get_thesaurus().version}-{vocabulary.number()}"'


@require_safe
@cache_control(public=True, max_age=3600)
@condition(etag_func=_etag)
def export_thesaurus(request):
    """GET → SKOS in Turtle. It changes only with the vocabulary: ask with If-None-Match."""
    if too_many(request):
        return HttpResponse("Too many requests. Please wait a minute.", status=429, content_type="text/plain")
    text = _text(get_thesaurus(), settings.SITE_URL + reverse("api-thesaurus"))
    return HttpResponse(text, content_type="text/turtle; charset=utf-8")


@lru_cache(maxsize=2)
def _text(thesaurus: Thesaurus, address: str) -> bytes:
    rows = ThesaurusTerm.objects.filter(action=ThesaurusTerm.ADD).values_list("concept", "language", "term", "source")
    return turtle(thesaurus, address, {(concept, *term): source for concept, *term, source in rows}).encode()
