"""Forms of the rules by which money is split."""

from decimal import Decimal

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from oscar.core.loading import get_model

from shop.currency.money import CURRENCIES, NATIONAL
from shop.listings.countries import country_name
from shop.listings.crafts import craft_name, crafts
from shop.settlement.models import CommissionRule, ReleaseRule, VatRate
from shop.shipping.destination import countries

Partner = get_model("partner", "Partner")
Voucher = get_model("voucher", "Voucher")


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


def _countries(every: str) -> list[tuple[str, str]]:
    return [("", every), *((code, country_name(code, get_language())) for code in NATIONAL)]


class CommissionForm(forms.ModelForm):
    country = forms.ChoiceField(label=gettext_lazy("Maker's country"), required=False)
    craft = forms.ChoiceField(label=gettext_lazy("Craft"), required=False)
    currency = forms.ChoiceField(
        label=gettext_lazy("Currency of these amounts"),
        choices=[(code, code) for code in CURRENCIES],
        initial="USD",
    )

    class Meta:
        model = CommissionRule
        fields = (
            "country", "craft", "partner", "since", "until", "percent", "fixed", "minimum", "currency",
            "fee_bearer", "fee_percent", "commission_back", "fee_back", "note",
        )  # fmt: skip
        widgets = {"since": DateInput, "until": DateInput}
        labels = {"since": gettext_lazy("From")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = _countries(_("every country"))
        named = sorted((craft_name(craft, get_language()), craft) for craft in crafts())
        self.fields["craft"].choices = [("", _("every craft")), *((craft, name) for name, craft in named)]
        self.fields["partner"].queryset = Partner.objects.order_by("name")
        self.fields["partner"].empty_label = _("every maker")

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("This is before the day it begins."))
        if not self.errors and not self._everyone_is_covered(cleaned):
            self.add_error(
                None,
                _("Then some sales would have no rule. Keep one rule for everyone, from today on, without an end."),
            )
        return cleaned

    def _everyone_is_covered(self, cleaned: dict) -> bool:
        """Whether a rule for everyone stays in force: without one, nothing could be sold."""
        today = timezone.localdate()
        everyone = not (cleaned["country"] or cleaned["craft"] or cleaned["partner"] or cleaned["until"])
        if everyone and cleaned["since"] <= today:
            return True
        others = CommissionRule.objects.exclude(pk=self.instance.pk)
        return others.filter(country="", craft="", partner=None, until=None, since__lte=today).exists()


class VatForm(forms.ModelForm):
    class Meta:
        model = VatRate
        fields = ("country", "since", "percent", "source")
        widgets = {"since": DateInput}
        labels = {"since": gettext_lazy("From")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        label = self.fields["country"].label
        self.fields["country"] = forms.ChoiceField(label=label, choices=countries)


class ReleaseForm(forms.ModelForm):
    country = forms.ChoiceField(label=gettext_lazy("Maker's country"), required=False)

    class Meta:
        model = ReleaseRule
        fields = ("country", "standing", "after_delivery", "after_shipping")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = _countries(_("every country"))


class VoucherForm(forms.Form):
    code = forms.CharField(label=gettext_lazy("Code"), max_length=40)
    percent = forms.DecimalField(
        label=gettext_lazy("Percent off"), min_value=Decimal("0.01"), max_value=100, decimal_places=2, max_digits=5
    )
    partner = forms.ModelChoiceField(
        Partner.objects.order_by("name"),
        label=gettext_lazy("Who bears it"),
        required=False,
        empty_label=gettext_lazy("the platform, for every maker's goods"),
    )
    starts = forms.DateField(label=gettext_lazy("From"), widget=DateInput())
    ends = forms.DateField(label=gettext_lazy("Until, inclusive"), widget=DateInput())
    uses = forms.IntegerField(
        label=gettext_lazy("For how many orders"),
        min_value=1,
        required=False,
        help_text=gettext_lazy("Leave empty for no limit."),
    )
    once_each = forms.BooleanField(label=gettext_lazy("Once for each signed-in shopper"), required=False)

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].upper()
        if not code.isalnum():
            raise forms.ValidationError(_("Letters and digits only, please: people type it by hand."))
        if Voucher.objects.filter(code=code).exists():
            raise forms.ValidationError(_("There is a voucher with this code already."))
        return code

    def clean(self):
        cleaned = super().clean()
        if not self.errors and cleaned["ends"] < cleaned["starts"]:
            self.add_error("ends", _("This is before the day it begins."))
        return cleaned
