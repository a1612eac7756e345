from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from cms.models import HomePage, PageImage
from shop.listings.renditions import CONTENT_TYPES, WIDTHS, rendition


@require_safe
def home(request):
    """The front page in this language, found in one question instead of three; Wagtail serves it like any page."""
    key = Site.objects.filter(is_default_site=True).values("root_page__translation_key")
    pages = HomePage.objects.live().filter(locale__language_code=get_language(), translation_key__in=key)
    page = pages.select_related("locale").first()
    if page:
        request._wagtail_route_for_request = RouteResult(page)
    return serve(request, "")


@require_safe
def picture(request, reference: str, width: int, kind: str):
    """An editors' picture in one width and format; `reference` is PageImage.reference and changes with the file."""
    pk = reference.partition("-")[0]
    if width not in WIDTHS or kind not in CONTENT_TYPES or not (pk.isascii() and pk.isdigit()):
        raise Http404
    original = PageImage.objects.filter(pk=int(pk[:9])).values_list("file", flat=True).first()
    if not original:
        raise Http404
    try:
        name = rendition(original, width, kind)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(default_storage.open(name), content_type=CONTENT_TYPES[kind])
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
