"""Every address of the site. Wagtail's catch-all stands last."""

from django.apps import apps
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.views import home
from cms.views import picture as page_picture
from marketplace import sitemaps, views
from marketplace.demo.views import mails
from search import api
from search.skos import export_thesaurus
from shop.checkout.webhooks import webhook
from shop.listings.views import picture


def app(label: str):
    """The URLs of an Oscar app (or our fork of it), with their namespace."""
    return apps.get_app_config(label).urls


urlpatterns = [
    path("", views.to_language),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemaps"),
    path("sitemap-<str:section>.xml", sitemap, {"sitemaps": sitemaps.SITEMAPS}, name="sitemap"),
    path("api/v1/search/", api.search, name="api-search"),
    path("api/v1/suggest/", api.suggest, name="api-suggest"),
    path("api/v1/thesaurus.ttl", export_thesaurus, name="api-thesaurus"),
    path("webhooks/<slug:gateway>/", webhook, name="webhook"),
    path("sandbox/", include("shop.sandbox.urls")),
    path("pictures/<int:pk>/<int:width>.<str:kind>", picture, name="picture"),
    path("pictures/pages/<str:reference>/<int:width>.<str:kind>", page_picture, name="page-picture"),
    # One way to sign in, with its limits, for everybody.
    path("admin/login/", views.admin_sign_in),
    path("admin/password_reset/", RedirectView.as_view(pattern_name="account_reset_password")),
    path("dashboard/login/", views.admin_sign_in),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("dashboard/", app("dashboard")),
    path("i18n/", include("django.conf.urls.i18n")),
]
if not settings.STORAGES["default"].get("OPTIONS", {}).get("bucket_name"):
    # One machine: media come from here. Behind nginx or with object storage, this is never reached.
    urlpatterns.append(re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}))

urlpatterns += i18n_patterns(
    path("", app("search")),
    path("catalogue/", app("catalogue")),
    path("basket/", app("basket")),
    path("checkout/", app("checkout")),
    path("orders/", include("shop.order.urls")),
    path("account/searches/", include("search.saved.urls")),
    path("account/", app("customer")),
    path("account/", include("allauth.account.urls")),
    path("account/second-factor/", include("allauth.mfa.urls")),
    path("currency/", include("shop.currency.urls")),
    path("makers/", include("artisans.urls")),
    path("studio/", include("artisans.studio.urls")),
    path("moderation/", include("artisans.moderation.urls")),
    path("demo/mails/", mails, name="demo-mails"),
    path("", home, name="home"),
    path("", include(wagtail_urls)),
)
