"""Makers for everyone: all of them by country, and each one's storefront."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from artisans.models import Artisan
from artisans.storefronts import listings_of
from shop.listings.countries import COUNTRIES, country_name
from shop.listings.renditions import CONTENT_TYPES, WIDTHS, rendition


@require_safe
def makers(request):
    """Every maker on show, by country; ?country= keeps to one."""
    language = get_language()
    chosen = request.GET.get("country", "").upper()
    found = Artisan.objects.on_show().order_by("country", "name")
    if chosen in COUNTRIES:
        found = found.filter(country=chosen)
    by_country: dict[str, list[Artisan]] = {}
    for artisan in found:
        artisan.shown_place = artisan.place_in(language)
        by_country.setdefault(artisan.country, []).append(artisan)
    groups = [(code, country_name(code, language), by_country[code]) for code in COUNTRIES if code in by_country]
    countries = [(code, country_name(code, language)) for code in COUNTRIES]
    return render(request, "artisans/list.html", {"groups": groups, "countries": countries, "chosen": chosen})


@require_safe
def storefront(request, slug: str):
    artisan = get_object_or_404(Artisan.objects.on_show().prefetch_related("texts"), slug=slug)
    language = get_language()
    cards, pages, total, rating = listings_of(artisan, language, request)
    context = {
        "artisan": artisan,
        "text": artisan.text(language),
        "place": artisan.place_in(language),
        "country_name": country_name(artisan.country, language),
        "cards": cards,
        "pages": pages,
        "total": total,
        "rating": rating,
        "offers": artisan.partner.shipping_offers.all(),
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
