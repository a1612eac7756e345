"""Tags and filters of every page: money, names, pictures, icons and links. docs/design.md shows each in use."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_from_path
from django.utils.translation import gettext as _

from marketplace.steady import register_in
from shop.addresses import address_of
from shop.currency.money import CURRENCIES, babel_locale, format_money
from shop.listings import countries, crafts
from shop.order import addresses
from shop.shipping import destination

register = template.Library()
register_in(register)

OWN_LANGUAGE_NAMES = {
    "en": "English",
    "ru": "Русский",
    "kk": "Қазақша",
    "ky": "Кыргызча",
    "uz": "Oʻzbekcha",
    "tg": "Тоҷикӣ",
    "tk": "Türkmençe",
    "az": "Azərbaycanca",
}

PICTURE_WIDTHS = (160, 320, 360, 480, 640, 800, 960, 1280)
# How wide a picture stands on the page, so that the browser fetches no more than it shows.
PICTURE_SIZES = {
    "card": "(min-width: 88rem) 16rem, (min-width: 72rem) 22vw, (min-width: 40rem) 30vw, calc(50vw - 1.6rem)",
    "main": "(min-width: 80rem) 43rem, (min-width: 60rem) 50vw, calc(100vw - 2rem)",
    "hero": "(min-width: 80rem) 27rem, (min-width: 60rem) 32vw, 64vw",
    "wide": "(min-width: 80rem) 76rem, 94vw",
    "tile": "(min-width: 60rem) 30vw, (min-width: 40rem) 45vw, 94vw",
    "thumb": "5.5rem",
}
_LARGEST_CARD = 640


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


# -- Money and names ------------------------------------------------------------------------------------------------


@register.simple_tag
def money(amount, currency: str) -> str:
    """`amount` of `currency` as the active language writes it; empty for None."""
    return "" if amount is None or amount == "" else format_money(amount, currency, _language())


@register.simple_tag(takes_context=True)
def currency_options(context) -> SafeString:
    """The <option>s of the currencies a shopper may choose, theirs selected."""
    return _currency_options(getattr(context["request"], "currency", ""))


@lru_cache
def _currency_options(chosen: str) -> SafeString:
    options = ((code, mark_safe(" selected") if code == chosen else "") for code in CURRENCIES)
    return format_html_join("", '<option value="{0}"{1}>{0}</option>', options)


@register.filter
def craft_name(craft: str) -> str:
    return crafts.craft_name(craft, _language())


@register.filter
def craft_url(craft: str) -> str:
    return address_of("search:craft", craft)


@register.filter
def material_name(material: str) -> str:
    return crafts.material_name(material, _language())


@register.filter
def country_name(code: str) -> str:
    return countries.country_name(str(code).upper(), _language())


@register.simple_tag
def country_options(chosen: str = "") -> SafeString:
    """The <option>s of every country parcels go to, named in the active language."""
    return _country_options(_language(), chosen)


@lru_cache(maxsize=64)
def _country_options(language: str, chosen: str) -> SafeString:
    return _options(destination.countries(), chosen)


@register.simple_tag
def near_country_options(chosen: str) -> SafeString:
    """The same of `chosen` and the countries that are chosen most; the last one asks for another."""
    return _options([*destination.near_countries(chosen), (destination.ANOTHER, _("Another country…"))], chosen)


def _options(countries: list[tuple[str, str]], chosen: str) -> SafeString:
    rows = [(code, mark_safe(" selected") if code == chosen else "", name) for code, name in countries]
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


@register.filter
def address_lines(address) -> list[str]:
    """Street, place, region and postcode of an address, line by line as they are written in its country."""
    return addresses.address_lines(address)


@register.filter
def language_name(code: str) -> str:
    """The language with this code, named in the active language."""
    return babel_locale(_language()).languages.get(code) or own_language_name(code)


@register.filter
def own_language_name(code: str) -> str:
    """The language with this code, as its own speakers name it."""
    return OWN_LANGUAGE_NAMES.get(code, code)


# -- Pictures and icons ---------------------------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def _sources(picture: str, sizes: str) -> SafeString:
    widths = [width for width in PICTURE_WIDTHS if sizes != "card" or width <= _LARGEST_CARD]
    html = SafeString()
    for suffix, mime in (("avif", "image/avif"), ("webp", "image/webp")):
        srcset = ", ".join(f"/pictures/{picture}/{width}.{suffix} {width}w" for width in widths)
        html += format_html('<source type="{}" srcset="{}" sizes="{}">', mime, srcset, PICTURE_SIZES.get(sizes, sizes))
    return html


@register.simple_tag
def picture_sources(picture, sizes: str = "card") -> SafeString:
    """The <source> elements of picture `picture` (an id); `sizes` is a key of PICTURE_SIZES or a CSS sizes list."""
    return _sources(str(picture), sizes)


@register.simple_tag
@lru_cache
def icon(name: str) -> SafeString:
    """A drawing of static/img/icons.svg, in the colour and size of the text around it, unseen by screen readers."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', static("img/icons.svg"), name
    )


# -- Links ----------------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def language_items(context) -> SafeString:
    """The <li>s that lead to this page in each language.

    Addresses differ in their first part only, so that is what changes; Django's translate_url would resolve the
    address and write it anew eight times a page.
    """
    request = context.get("request")
    path = request.get_full_path() if request else ""
    prefix = get_language_from_path(path)
    rest = conditional_escape(path[len(prefix) + 1 :] if prefix else "/")
    return mark_safe(rest.join(_around_language_links(_language())))  # noqa: S308 - escaped above


@lru_cache
def _around_language_links(active: str) -> list[str]:
    """What stands before, between and after the addresses, each without its first part."""
    html = ""
    for code, _name in settings.LANGUAGES:
        html += format_html(
            '<li><a class="menu__link" href="/{0}\0" hreflang="{0}" lang="{0}"{1}>{2}</a></li>\n',
            code, mark_safe(' aria-current="true"') if code == active else "", own_language_name(code),
        )  # fmt: skip
    return html.split("\0")


@register.simple_tag(takes_context=True)
def alternate_links(context) -> SafeString:
    """The <link>s to a page in each language, as `shop.alternates` has them."""
    lines = [
        f'<link rel="alternate" hreflang="{code}" href="{conditional_escape(address)}">'
        for code, address in context["alternates"]
    ]
    return mark_safe("\n".join(lines))  # noqa: S308 - escaped above


@register.simple_tag
def country_links() -> list[dict]:
    """The six countries: [{"code", "name", "url"}]."""
    return _country_links(_language())


@lru_cache
def _country_links(language: str) -> list[dict]:
    return [{"code": code, "name": country_name(code), "url": _country_url(code)} for code in countries.COUNTRIES]


def _country_url(code: str) -> str:
    try:
        return reverse("search:country", args=[code.lower()])
    except NoReverseMatch:
        return f"/{_language()}/from/{code.lower()}/"


@register.simple_tag
def page_url(path: str = "") -> str:
    """The address of an editors' page ("terms", "stories"); never fails, an unpublished one answers 404."""
    return _page_url(path, _language())


@lru_cache
def _page_url(path: str, language: str) -> str:
    path = f"{path.strip('/')}/" if path else ""
    try:
        return reverse("wagtail_serve", args=[path])
    except NoReverseMatch:
        return f"/{language}/{path}"


@register.simple_tag(takes_context=True)
def query_with(context, **changes) -> str:
    """The query string of this page with parameters replaced; None or "" takes one away: {% query_with page=2 %}."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        else:
            query[name] = value
    return mark_safe("?" + query.urlencode().replace("&", "&amp;"))  # noqa: S308 - urlencode leaves nothing to escape


@register.simple_tag(takes_context=True)
def query_without(context, name: str, value) -> str:
    """The query string of this page without one value of a parameter; the page number goes too."""
    query = context["request"].GET.copy()
    query.setlist(name, [kept for kept in query.getlist(name) if kept != str(value)])
    query.pop("page", None)
    return mark_safe("?" + query.urlencode().replace("&", "&amp;"))  # noqa: S308 - urlencode leaves nothing to escape
