"""A result opened from a search: told by the address that the browser came from, which it sends anyway."""

from urllib.parse import parse_qs, urlsplit

from django.utils.translation import get_language

from search.insight.counting import count_click

LISTING = "catalogue:detail"


class ClickMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        opened = request.resolver_match and request.resolver_match.view_name == LISTING
        if opened and response.status_code == 200 and (words := searched(request)):
            count_click(words, get_language())
        return response


def searched(request) -> str:
    """The words of the search page of ours that led here; "" when none did."""
    came_from = urlsplit(request.META.get("HTTP_REFERER", ""))
    if came_from.netloc != request.get_host() or "q=" not in came_from.query:
        return ""
    return parse_qs(came_from.query, max_num_fields=50).get("q", [""])[0]
