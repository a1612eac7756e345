"""The public search API. No sign-in, no language prefix; wrong parameters answer 400 with a reason."""

import time
from decimal import Decimal

from django.conf import settings
from django.http import JsonResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from search import engines
from search.engines.base import SearchQuery
from search.explaining import explain
from search.forms import dollars_for_one
from search.guessing import guess_language
from search.highlighting import marked, sought
from search.limits import too_many
from shop.addresses import address_of
from shop.currency.middleware import BY_LANGUAGE
from shop.currency.money import CURRENCIES
from shop.currency.rates import RateMissing, Rates, current_rates
from shop.shipping.destination import destinations

MAX_PAGE_SIZE, MAX_QUERY = 100, 500
# No catalogue is this long: whatever page is asked for behind it is as empty as this one.
LAST_PAGE = 1_000_000
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
PARAMETERS = {"q", "language", "page_size", "page", "currency", "ship_to", "highlight", "explain"}


class BadParameter(ValueError):
    pass


@require_safe
def search(request):
    """GET ?q=&language=&page=&page_size=&currency=&ship_to= → {"count", "results": [{"upc", "title", "url", "price",
    …}]}. highlight=1 adds "title_html" with what was found marked; explain=1, for staff, adds why each is there."""
    if too_many(request):
        return _error("Too many requests. Please wait a minute.", 429)
    try:
        rates = current_rates()
        query, currency = _read(request.GET, rates)
    except BadParameter as wrong:
        return _error(str(wrong))
    result = engines.search(query)
    with translation.override(query.language):
        rows = [_row(hit.document, query.language, currency, rates) for hit in result.hits]
        if request.GET.get("highlight") == "1":
            _mark(rows, result)
        if "explain" in request.GET and request.user.is_staff:
            _explain(rows, query, result)
    answer = {"count": result.total, "results": rows}
    if result.degraded:
        answer["degraded"] = True
    if result.suggestion:
        answer["suggestion"] = result.suggestion
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def _mark(rows: list[dict], result) -> None:
    wanted = sought(result.step)
    for row in rows:
        row["title_html"] = marked(row["title"], row["title_language"], wanted)


def _explain(rows: list[dict], query: SearchQuery, result) -> None:
    for row, told in zip(rows, explain(query, result, time.time())["hits"], strict=True):
        parts = {str(part["label"]): part["value"] for part in told["parts"]}
        row["why"] = {key: told[key] for key in ("score", "reasons", "ships", "standing", "of_maker", "maker_loss")}
        row["why"]["parts"] = parts


def _error(reason: str, status: int = 400) -> JsonResponse:
    return JsonResponse({"error": reason}, status=status)


def _read(params, rates: Rates) -> tuple[SearchQuery, str | None]:
    unknown = set(params) - PARAMETERS
    if unknown:
        raise BadParameter(f"Unknown parameter: {', '.join(sorted(unknown))[:100]}.")
    text = params.get("q", "")
    language = params.get("language") or guess_language(text[:MAX_QUERY], settings.LANGUAGE_CODE)
    if language not in LANGUAGES:
        raise BadParameter(f"language must be one of {', '.join(LANGUAGES)}.")
    if len(text) > MAX_QUERY:
        raise BadParameter(f"q must be at most {MAX_QUERY} characters.")
    ship_to = params.get("ship_to", "").upper()
    if ship_to and ship_to not in destinations():
        raise BadParameter("ship_to must be the code of a country, as KZ.")
    currency = params.get("currency") or None
    if currency and currency not in CURRENCIES:
        raise BadParameter(f"currency must be one of {', '.join(CURRENCIES)}.")
    query = SearchQuery(
        text=text,
        language=language,
        page=min(_number(params, "page", 1), LAST_PAGE),
        page_size=_number(params, "page_size", 24, MAX_PAGE_SIZE),
        facets=False,
        rates=dollars_for_one(rates),
        ship_to=ship_to,
        currency=currency or BY_LANGUAGE.get(language, settings.OSCAR_DEFAULT_CURRENCY),
    )
    return query, currency


def _number(params, name: str, default: int, most: int | None = None) -> int:
    text = params.get(name, str(default))
    number = int(text[:18]) if text.isascii() and text.isdigit() else 0
    if number < 1 or (most and number > most):
        raise BadParameter(f"{name} must be a whole number from 1{f' to {most}' if most else ''}.")
    return number


def _row(document, language: str, currency: str | None, rates) -> dict:
    price, shown = Decimal(document.price), document.currency
    if currency and currency != shown:
        try:
            price, shown = rates.convert(price, shown, currency), currency
        except RateMissing:
            pass
    title_language = language if language in document.titles else document.language
    return {
        "upc": document.upc,
        "title": document.titles.get(title_language) or next(iter(document.titles.values()), ""),
        "title_language": title_language,
        "url": settings.SITE_URL + address_of("catalogue:detail", document.card.get("slug", ""), document.id),
        "price": f"{price:.2f}",
        "currency": shown,
        "country": document.country,
        "craft": document.craft,
        "artisan": {"slug": document.maker, "name": document.maker_name},
    }


@require_safe
def suggest(request):
    """GET ?q=&language= → {"suggestions": [{"kind", "text", "url", "language"?, "picture"?}]}, at most eight."""
    if too_many(request):
        return _error("Too many requests. Please wait a minute.", 429)
    language = request.GET.get("language", settings.LANGUAGE_CODE)
    text = request.GET.get("q", "")
    if language not in LANGUAGES:
        return _error(f"language must be one of {', '.join(LANGUAGES)}.")
    if len(text) > MAX_QUERY:
        return _error(f"q must be at most {MAX_QUERY} characters.")
    with translation.override(language):
        found = [_suggestion(item) for item in engines.suggest(text, language)]
    return JsonResponse({"suggestions": found}, json_dumps_params={"ensure_ascii": False})


def _suggestion(item) -> dict:
    addresses = {
        "craft": lambda: address_of("search:craft", item.value),
        "country": lambda: address_of("search:country", item.value.lower()),
        "maker": lambda: address_of("artisans:storefront", item.value),
        "listing": lambda: address_of("catalogue:detail", item.card.get("slug", ""), item.value),
    }
    to_list = lambda: reverse("search:search") + "?q=" + item.value  # noqa: E731
    row = {"kind": item.kind, "text": item.text, "url": addresses.get(item.kind, to_list)()}
    if item.language:
        row["language"] = item.language
    if item.card.get("picture"):
        row["picture"] = reverse("picture", args=[item.card["picture"], 160, "webp"])
    return row
