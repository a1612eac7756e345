"""Makers for everyone: all of them by country, and each one's storefront."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.db.models import Case, Value, When
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from artisans.models import Artisan
from artisans.storefronts import listings_of, rating_of, reviews_of, shipping_of
from shop.alternates import alternates
from shop.listings.countries import COUNTRIES, country_name
from shop.listings.renditions import CONTENT_TYPES, WIDTHS, rendition
from shop.paging import page_of

PAGE_SIZE = 60
_IN_ORDER = Case(*[When(country=code, then=Value(number)) for number, code in enumerate(COUNTRIES)])


@require_safe
def makers(request):
    """Makers on show, by country; ?country= keeps to one."""
    language = get_language()
    found = Artisan.objects.on_show().order_by(_IN_ORDER, "name")
    here = set(found.order_by().values_list("country", flat=True).distinct())
    asked = request.GET.get("country", "")
    chosen = asked.upper() if asked.upper() in COUNTRIES else ""
    if asked and not chosen:
        messages.warning(request, _("The filter “%(value)s” is not known and was left out.") % {"value": asked[:40]})
    page = page_of(request, found.filter(country=chosen) if chosen else found, PAGE_SIZE)
    by_country: dict[str, list[Artisan]] = {}
    for artisan in page:
        artisan.shown_place = artisan.place_in(language)
        by_country.setdefault(artisan.country, []).append(artisan)
    context = {
        "groups": [(country_name(code, language), group) for code, group in by_country.items()],
        "countries": [(code, country_name(code, language)) for code in COUNTRIES if code in here],
        "chosen": chosen,
        "page": page,
        "invented": any(artisan.is_demo for artisan in page),
        **alternates(request.path),
    }
    return render(request, "artisans/list.html", context)


@require_safe
def storefront(request, slug: str):
    artisan = get_object_or_404(
        Artisan.objects.on_show().select_related("partner").prefetch_related("texts", "partner__shipping_offers"),
        slug=slug,
    )
    language = get_language()
    cards, pages, total = listings_of(artisan, language, request)
    context = {
        "artisan": artisan,
        "text": artisan.text(language),
        "place": artisan.place_in(language),
        "country_name": country_name(artisan.country, language),
        "cards": cards,
        "pages": pages,
        "total": total,
        "rating": rating_of(artisan),
        "reviews": reviews_of(artisan),
        "shipping": shipping_of(artisan, language, request.currency),
        **alternates(request.path),
    }
    return render(request, "artisans/storefront.html", context)


@require_safe
def portrait(request, slug: str, width: int, kind: str):
    artisan = get_object_or_404(Artisan.objects.on_show(), slug=slug)
    if not artisan.portrait or width not in WIDTHS or kind not in CONTENT_TYPES:
        raise Http404
    try:
        name = rendition(artisan.portrait.name, width, kind)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(default_storage.open(name), content_type=CONTENT_TYPES[kind])
    response["Cache-Control"] = "public, max-age=86400"
    return response
