"""A page in every language: where nobody translated it, an alias that follows the page it was written as."""

from wagtail.models import Locale, Page


def fill_locales(page: Page) -> list[Page]:
    """Creates the aliases that `page` lacks in other languages, its parents' first; returns those made."""
    page = page.specific
    there = page.get_translations(inclusive=True).values_list("locale_id", flat=True)
    missing = Locale.objects.exclude(pk__in=list(there))
    return [page.copy_for_translation(locale, copy_parents=True, alias=True) for locale in missing]
