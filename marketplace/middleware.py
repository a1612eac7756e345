from django.http import HttpResponse, JsonResponse
from django.middleware import gzip, locale

from marketplace.health import readiness

# Addresses that are the same in every language. Wagtail's catch-all would make /en/webhooks/… look like a page.
UNPREFIXED = (
    "/admin/", "/api/", "/dashboard/", "/documents/", "/i18n/", "/media/", "/pictures/", "/sandbox/", "/static/",
    "/webhooks/",
)  # fmt: skip


class LocaleMiddleware(locale.LocaleMiddleware):
    """Django's, but what is not found among addresses without a language is simply not found."""

    def process_response(self, request, response):
        if response.status_code == 404 and request.path_info.startswith(UNPREFIXED):
            return response
        return super().process_response(request, response)


class HealthMiddleware:
    """/healthz and /readyz, before hosts, sessions and languages: a prober has none of them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path == "/healthz":
            return HttpResponse("ok\n", content_type="text/plain")
        if request.path == "/readyz":
            ready, parts = readiness()
            state = "ok" if set(parts.values()) == {"ok"} else "degraded" if ready else "not ready"
            return JsonResponse({"status": state, **parts}, status=200 if ready else 503)
        return self.get_response(request)


class GZipTextMiddleware(gzip.GZipMiddleware):
    """Django's (with its padding against guessing secrets by length), for text only: pictures are small already."""

    def process_response(self, request, response):
        kind = response.get("Content-Type", "")
        if response.streaming or not kind.startswith(("text/", "application/json")):
            return response
        return super().process_response(request, response)
