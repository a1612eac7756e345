"""One's saved searches: to save one, to see and delete them, to be told by mail or not."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from search.forms import read_address
from search.saved.alerts import search_of
from search.saved.models import SavedSearch
from search.saved.services import TooMany, label_of, save_search


@require_safe
@login_required
def saved(request):
    language = get_language()
    rows = [{"search": one, "label": label_of(one, language)} for one in request.user.saved_searches.all()]
    return render(request, "search/saved.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@login_required
def save(request):
    """By POST; whoever had to sign in first comes back by GET, sees what is to be saved and presses once more."""
    address = read_address(QueryDict((request.POST.get("address") or request.GET.get("address") or "")[:1000]))
    if not (address.text or address.filtered):
        messages.info(request, _("Search for something first; then it can be saved."))
        return redirect("search:search")
    if request.method == "GET":
        return render(request, "search/save.html", {"address": address.encoded(), "label": _words(request, address)})
    try:
        save_search(request.user, address, request.currency, get_language())
    except TooMany:
        messages.error(request, _("You have saved as many searches as there is room for. Delete one first."))
    else:
        messages.success(request, _("The search is saved. We write to you when something new is in it."))
    return redirect("saved:list")


def _words(request, address) -> str:
    search = SavedSearch(address=address.encoded(), currency=request.currency, language=get_language())
    return label_of(search, get_language())


@require_POST
@login_required
def change(request, pk: int):
    """Mails on or off, or away with it."""
    search = get_object_or_404(request.user.saved_searches, pk=pk)
    if "delete" in request.POST:
        search.delete()
        messages.success(request, _("The saved search is deleted."))
    else:
        search.mails = request.POST.get("mails") == "1"
        search.save(update_fields=["mails"])
        messages.success(request, _("Saved."))
    return redirect("saved:list")


@require_http_methods(["GET", "POST"])
def unsubscribe(request, token: str):
    """From a mail's link, without signing in: asks, and on POST ends the mails of this one search."""
    search = search_of(token)
    if search is None:
        raise Http404
    if request.method == "POST":
        SavedSearch.objects.filter(pk=search.pk).update(mails=False)
        search.mails = False
    return render(request, "search/unsubscribe.html", {"search": search, "label": label_of(search, get_language())})
