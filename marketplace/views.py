from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation


def to_language(request):
    """/ sends to the reader's language: the one chosen before, else what the browser asks for, else English."""
    response = HttpResponseRedirect(f"/{translation.get_language_from_request(request)}/")
    response["Vary"] = "Accept-Language, Cookie"
    return response


def csrf_failure(request, reason=""):
    """A form was sent without its token: cookies are off, or the page was open for too long."""
    return render(request, "403_csrf.html", status=403)
