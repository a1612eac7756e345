"""Pages of a list: a number that is none, or beyond the end, is told and answered with a page there is."""

from django.contrib import messages
from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.utils.translation import gettext as _


def page_of(request, items, size: int) -> Page:
    """The page of `items` that ?page= asks for."""
    paginator, asked = Paginator(items, size), request.GET.get("page", "1")
    try:
        return paginator.page(asked)
    except PageNotAnInteger:
        messages.warning(request, _("There is no such page; this is the first one."))
    except EmptyPage:
        messages.warning(request, _("The list ends before this page; this is its last one."))
    return paginator.get_page(asked)
