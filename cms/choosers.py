"""How editors choose makers and listings: modal windows that search by the words people know them by."""

from itertools import product

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import (
    BaseChooseView,
    ChooseResultsViewMixin,
    ChooseViewMixin,
    CreationFormMixin,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet

from artisans.models import Artisan
from shop.listings.countries import COUNTRIES, country_name
from shop.listings.crafts import craft_name


class SearchForm(BaseFilterForm):
    """One field; each of its words has to be found in one of the `lookups`."""

    q = forms.CharField(
        label=_("Search term"), required=False, widget=forms.TextInput(attrs={"placeholder": _("Search")})
    )
    lookups: tuple[str, ...] = ()

    def filter(self, objects):
        objects = super().filter(objects)
        words = self.cleaned_data.get("q", "").split()
        self.is_searching, self.search_query = bool(words), " ".join(words)
        for word in words:
            any_of = Q()
            # SQLite knows upper from lower case in Latin only.
            for lookup, form in product(self.lookups, {word, word.lower(), word.capitalize()}):
                any_of |= Q(**{f"{lookup}__icontains": form})
            objects = objects.filter(any_of)
        return objects.distinct() if words else objects


class MakerSearchForm(SearchForm):
    lookups = ("name", "native_name", "slug")
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("All"))] + [(code, country_name(code, "en")) for code in COUNTRIES]

    def filter(self, objects):
        country = self.cleaned_data.get("country")
        objects = super().filter(objects)
        return objects.filter(country=country) if country else objects


class ListingSearchForm(SearchForm):
    lookups = (
        "title",
        "upc",
        "listing__texts__title",
        "stockrecords__partner__artisan__name",
        "children__stockrecords__partner__artisan__name",
    )


def _country(artisan) -> str:
    return country_name(artisan.country, "en")


def _in_english(piece) -> str:
    return piece.listing.text("en").title


def _craft(piece) -> str:
    return craft_name(piece.listing.craft, "en")


class BaseMakerChooseView(BaseChooseView):
    filter_form_class = MakerSearchForm
    ordering = ["name"]

    @property
    def columns(self):
        return [*super().columns, Column("country", label=_("Country"), accessor=_country)]

    def get_object_list(self):
        return Artisan.objects.on_show()


class MakerChooseView(ChooseViewMixin, CreationFormMixin, BaseMakerChooseView):
    pass


class MakerChooseResultsView(ChooseResultsViewMixin, CreationFormMixin, BaseMakerChooseView):
    pass


class BaseListingChooseView(BaseChooseView):
    filter_form_class = ListingSearchForm
    ordering = ["-date_created", "-pk"]

    @property
    def columns(self):
        return [
            *super().columns,
            Column("english", label=_("In English"), accessor=_in_english),
            Column("upc", label=_("Number"), accessor="upc"),
            Column("craft", label=_("Craft"), accessor=_craft),
        ]

    def get_object_list(self):
        found = self.model_class.objects.filter(parent=None, is_public=True, listing__isnull=False)
        return found.select_related("listing").prefetch_related("listing__texts")


class ListingChooseView(ChooseViewMixin, CreationFormMixin, BaseListingChooseView):
    pass


class ListingChooseResultsView(ChooseResultsViewMixin, CreationFormMixin, BaseListingChooseView):
    pass


class MakerChooserViewSet(ChooserViewSet):
    model = "artisans.Artisan"
    icon = "user"
    choose_one_text = _("Choose a maker")
    choose_another_text = _("Choose another maker")
    choose_view_class = MakerChooseView
    choose_results_view_class = MakerChooseResultsView
    per_page = 12


class ListingChooserViewSet(ChooserViewSet):
    model = "catalogue.Product"
    icon = "tag"
    choose_one_text = _("Choose a piece")
    choose_another_text = _("Choose another piece")
    choose_view_class = ListingChooseView
    choose_results_view_class = ListingChooseResultsView
    per_page = 12


maker_chooser = MakerChooserViewSet("maker_chooser")
listing_chooser = ListingChooserViewSet("listing_chooser")

MakerChooserBlock = maker_chooser.get_block_class(name="MakerChooserBlock", module_path="cms.choosers")
ListingChooserBlock = listing_chooser.get_block_class(name="ListingChooserBlock", module_path="cms.choosers")
