from django.http import HttpResponse, JsonResponse

from marketplace.health import readiness


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
