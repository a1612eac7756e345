from django.urls import path
from oscar.apps.search import apps


class SearchConfig(apps.SearchConfig):
    name = "search"

    def ready(self):
        from search import comparing, indexing  # noqa: F401 - register messages, receivers and jobs

    def get_urls(self):
        from search import views

        return [
            path("catalogue/", views.listings, name="search"),
            path("catalogue/similar/<int:pk>/", views.similar, name="similar"),
            path("crafts/", views.crafts, name="crafts"),
            path("crafts/<slug:craft>/", views.craft, name="craft"),
            path("from/<str:country>/", views.country, name="country"),
        ]
