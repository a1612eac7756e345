"""What the editors' admin has of ours: choosers, makers, pages in all languages."""

from wagtail import hooks

from cms.aliases import fill_locales
from cms.choosers import listing_chooser, maker_chooser
from cms.makers import makers
from cms.models import OwnWords


@hooks.register("register_admin_viewset")
def register_viewsets():
    return [maker_chooser, listing_chooser, makers]


@hooks.register("after_create_page")
def open_in_all_languages(request, page):
    """/tg/… answers from the first day, in the words there are."""
    if isinstance(page.specific, OwnWords):
        fill_locales(page)
