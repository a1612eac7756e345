"""The editors' report of searches: what was not found or not opened, with the way into the thesaurus."""

from urllib.parse import urlencode

import django_filters
from django.conf import settings
from django.db.models import Max, Sum
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from search.insight.counting import write_gathered
from search.insight.models import QueryDay

EMPTY, UNOPENED = "empty", "unopened"
ADD_TERM = "thesaurus_term:add"


class SearchFilterSet(WagtailFilterSet):
    language = django_filters.ChoiceFilter(label=_("Language"), choices=settings.LANGUAGES)
    result = django_filters.ChoiceFilter(
        label=_("Result"),
        method="with_result",
        choices=[(EMPTY, _("nothing was found")), (UNOPENED, _("nothing was opened"))],
    )

    class Meta:
        model = QueryDay
        fields = ["language"]

    def with_result(self, queryset, name, value):
        if value == EMPTY:
            return queryset.filter(all_empty__gt=0).order_by("-all_empty", "folded")
        return queryset.filter(all_clicked=0).order_by("-all_asked", "folded")


def add_address(row: dict) -> str:
    """Where an editor adds these words to the thesaurus, filled in; "" where there is no such form."""
    try:
        return f"{reverse(ADD_TERM)}?{urlencode({'term': row['words'], 'language': row['language']})}"
    except NoReverseMatch:
        return ""


class AddColumn(Column):
    cell_template_name = "search/admin/add_term.html"

    def get_value(self, instance):
        return add_address(instance)


class SearchReport(ReportView):
    page_title = _("Searches")
    header_icon = "search"
    model = QueryDay
    permission_policy = ModelPermissionPolicy(QueryDay)
    any_permission_required = ["view"]
    filterset_class = SearchFilterSet
    index_url_name = "search_report"
    index_results_url_name = "search_report_results"
    default_ordering = "-all_asked"
    is_searchable = False
    list_export = ["words", "language", "all_asked", "all_empty", "all_clicked"]
    export_filename = "searches"

    def get_queryset(self):
        write_gathered()
        rows = QueryDay.objects.values("language", "folded").annotate(
            words=Max("text"), all_asked=Sum("asked"), all_empty=Sum("empty"), all_clicked=Sum("clicked")
        )
        return rows.order_by("-all_empty", "-all_asked", "folded")

    def order_queryset(self, queryset):
        return queryset

    @cached_property
    def columns(self):
        return [
            Column("words", label=_("Words")),
            Column("language", label=_("Language")),
            Column("all_asked", label=_("Times asked")),
            Column("all_empty", label=_("Nothing found")),
            Column("all_clicked", label=_("Results opened")),
            AddColumn("add", label=_("Thesaurus")),
        ]
