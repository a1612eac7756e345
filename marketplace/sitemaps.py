"""What search engines are told: robots.txt and sitemap.xml. Every page in each language; which of them is the same
page in another language, the pages say themselves (shop/alternates.py)."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Q
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from oscar.core.loading import get_model
from wagtail.models import Page

from artisans.models import Artisan
from shop.listings.countries import COUNTRIES
from shop.listings.models import Listing

Product = get_model("catalogue", "Product")

# Pages of one shopper or maker, and what programs ask for.
CLOSED = ("basket", "checkout", "orders", "account", "studio", "moderation", "currency", "demo")
CLOSED_WITHOUT_LANGUAGE = ("/admin/", "/api/", "/dashboard/", "/sandbox/", "/webhooks/")


def robots(request) -> HttpResponse:
    lines = ["User-agent: *"]
    lines += [f"Disallow: /*/{part}/" for part in CLOSED]
    lines += [f"Disallow: {path}" for path in CLOSED_WITHOUT_LANGUAGE]
    lines += ["", f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


class InEachLanguage(Sitemap):
    """Addresses begin with SITE_URL, whatever host was asked."""

    i18n = True
    limit = 8000  # addresses of one file; 50,000 are allowed

    def get_urls(self, page=1, site=None, protocol=None):
        scheme, host = settings.SITE_URL.split("://", 1)
        return self._urls(page, scheme, host)


class Listings(InEachLanguage):
    def items(self):
        sold = Q(stockrecords__partner__artisan__status=Artisan.APPROVED)
        varied = Q(children__stockrecords__partner__artisan__status=Artisan.APPROVED)
        shown = Product.objects.filter(sold | varied, parent=None, is_public=True, listing__isnull=False)
        return shown.distinct().only("pk", "slug", "date_updated").order_by("pk")

    def lastmod(self, product):
        return product.date_updated


class Makers(InEachLanguage):
    def items(self):
        return Artisan.objects.on_show().order_by("pk")


class EditorsPages(InEachLanguage):
    """Every editors' page is there in each language, under the same slug."""

    def items(self):
        return Page.objects.live().public().filter(locale__language_code=settings.LANGUAGE_CODE, depth__gt=1)

    def location(self, page):
        return reverse("wagtail_serve", args=[page.url_path.split("/", 2)[2]])

    def lastmod(self, page):
        return page.last_published_at


class Lists(InEachLanguage):
    """All work, each craft that somebody makes, each country, the makers."""

    def items(self):
        crafts = Listing.objects.exclude(craft="").values_list("craft", flat=True).distinct().order_by("craft")
        return [
            ("search:search",),
            ("search:crafts",),
            ("artisans:list",),
            *(("search:craft", craft) for craft in crafts),
            *(("search:country", country.lower()) for country in COUNTRIES),
        ]

    def location(self, item):
        name, *arguments = item
        return reverse(name, args=arguments)


SITEMAPS = {"pages": EditorsPages, "lists": Lists, "makers": Makers, "listings": Listings}


def index(request) -> HttpResponse:
    """Django's own would begin the addresses with the domain that the table of sites happens to hold."""
    files = []
    for section, sitemap in SITEMAPS.items():
        path = settings.SITE_URL + reverse("sitemap", args=[section])
        files += [f"{path}?p={number}" if number > 1 else path for number in sitemap().paginator.page_range]
    context = {"sitemaps": [{"location": file} for file in files]}
    return TemplateResponse(request, "sitemap_index.xml", context, content_type="application/xml")
