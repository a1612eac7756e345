"""The report of searches in the editors' admin."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from search.insight.reports import SearchReport

MAY = "search_insight.view_queryday"


class SearchesMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(MAY)


@hooks.register("register_reports_menu_item")
def register_menu_item():
    return SearchesMenuItem(_("Searches"), reverse("search_report"), icon_name="search", order=900)


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("reports/searches/", SearchReport.as_view(), name="search_report"),
        path("reports/searches/results/", SearchReport.as_view(results_only=True), name="search_report_results"),
    ]
