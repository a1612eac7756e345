from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation


def to_language(request):
    """/ sends to the reader's language: the one chosen before, else what the browser asks for, else English."""
    response = HttpResponseRedirect(f"/{translation.get_language_from_request(request)}/")
    response["Vary"] = "Accept-Language, Cookie"
    return response


def admin_sign_in(request):
    """The admins send here whom they do not let in: guests sign in as everywhere; for somebody who is signed in
    already, signing in would only lead back to the same door."""
    if request.user.is_authenticated:
        raise PermissionDenied
    query = request.GET.urlencode()
    return HttpResponseRedirect(reverse("account_login") + (f"?{query}" if query else ""))


def csrf_failure(request, reason=""):
    """A form was sent without its token: cookies are off, or the page was open for too long."""
    return render(request, "403_csrf.html", status=403)
