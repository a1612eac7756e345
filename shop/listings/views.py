from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.views.decorators.http import require_safe
from oscar.core.loading import get_model

from shop.listings.renditions import CONTENT_TYPES, WIDTHS, rendition

ProductImage = get_model("catalogue", "ProductImage")


@require_safe
def picture(request, pk: int, width: int, kind: str):
    """A listing's picture in one width and format. The address changes with the picture, so it may be kept for long."""
    if width not in WIDTHS or kind not in CONTENT_TYPES:
        raise Http404
    original = ProductImage.objects.filter(pk=pk, product__is_public=True).values_list("original", flat=True).first()
    if not original:
        raise Http404
    try:
        name = rendition(original, width, kind)
    except FileNotFoundError:
        raise Http404 from None
    if settings.STORAGES["default"].get("OPTIONS", {}).get("bucket_name"):
        response = HttpResponseRedirect(default_storage.url(name))
        response["Cache-Control"] = "public, max-age=86400"
        return response
    response = FileResponse(default_storage.open(name), content_type=CONTENT_TYPES[kind])
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
