from django.urls import path, re_path
from django.views.generic import RedirectView
from oscar.apps.catalogue import apps
from oscar.core.loading import get_class


class CatalogueConfig(apps.CatalogueConfig):
    name = "shop.catalogue"

    def ready(self):
        super(apps.CatalogueOnlyConfig, self).ready()
        from oscar.apps.catalogue import receivers  # noqa: F401

    def get_urls(self):
        """Ours: the listing page. Lists are the search app's."""
        detail = get_class("catalogue.views", "ProductDetailView")
        return [
            path("", RedirectView.as_view(pattern_name="search:search"), name="index"),
            re_path(r"^(?P<product_slug>[\w-]*)_(?P<pk>\d+)/$", detail.as_view(), name="detail"),
        ]
