"""The list of makers in the editors' and moderators' admin: who they are and how they stand."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from artisans.models import Artisan
from shop.listings.countries import country_name


def _country(artisan: Artisan) -> str:
    return country_name(artisan.country, "en")


class MakerViewSet(ModelViewSet):
    """To look at, and to mend a name. How a maker stands is changed in moderation, which says why."""

    model = Artisan
    name = url_prefix = "makers"
    icon = "group"
    menu_label = _("Makers")
    menu_order = 250
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = [
        "name",
        "native_name",
        "slug",
        "country",
        "language",
        "currency",
        "since",
        "status",
        "created",
    ]
    form_fields = ["name", "native_name", "since"]
    list_display = ["name", "native_name", Column("country", label=_("Country"), accessor=_country), "status"]
    list_filter = ["status", "country"]
    search_fields = ["name", "native_name", "slug"]
    ordering = ["name"]


makers = MakerViewSet("makers")
