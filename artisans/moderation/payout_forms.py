"""Forms of those who pay makers."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shop.currency.money import CURRENCIES
from shop.listings.countries import COUNTRIES, country_name
from shop.settlement.account_forms import BadAccount, clean_account, field_names
from shop.settlement.models import CashOffice, Payee, PayingAccount, RailRule
from shop.settlement.rails import RAILS
from shop.settlement.reasons import REASONS


class AnswerForm(forms.Form):
    file = forms.FileField(
        label=_("The bank's answer"), help_text=_("pain.002 (XML), or CSV with the columns key and status.")
    )


class OutcomeForm(forms.Form):
    """Paid, or why not."""

    reason = forms.ChoiceField(label=_("What became of it"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        came_back = [(code, f"{code}: {reason.text}") for code, reason in REASONS.items()]
        self.fields["reason"].choices = [("", _("paid")), (_("came back"), came_back)]


def _countries() -> list[tuple[str, str]]:
    from django.utils.translation import get_language

    return [(code, country_name(code, get_language() or "en")) for code in COUNTRIES]


class _Place(forms.ModelForm):
    """Country and currency from the lists there are."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"] = forms.ChoiceField(label=_("Country"), choices=_countries)
        self.fields["currency"] = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in CURRENCIES])


class PayingAccountForm(_Place):
    """An account of the platform's own, in the form of its country."""

    number = forms.CharField(label=_("IBAN or account number"), max_length=40)
    bank_code = forms.CharField(label=_("MFO or BIK"), max_length=12, required=False)
    tax_id = forms.CharField(label=_("Tax number of the holder"), max_length=20, required=False)

    class Meta:
        model = PayingAccount
        fields = ["country", "currency", "bank", "bic", "holder"]

    field_order = ["country", "currency", "bank", "bic", "bank_code", "holder", "number", "tax_id"]

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        typed = {
            "holder": cleaned["holder"], "iban": cleaned["number"], "bic": cleaned["bic"], "bank_name": cleaned["bank"],
            "bank_code": cleaned["bank_code"], "account": cleaned["number"], "tax_id": cleaned["tax_id"],
        }  # fmt: skip
        try:
            self.account = clean_account(cleaned["country"], cleaned["currency"], typed)
        except BadAccount as bad:
            here = {"iban": "number", "account": "number", "bank_name": "bank"}
            for name, problem in bad.errors.items():
                self.add_error(here.get(name, name), problem)
        return cleaned

    @staticmethod
    def names(country: str) -> list[str]:
        return field_names(country)


class CashOfficeForm(_Place):
    class Meta:
        model = CashOffice
        fields = ["country", "currency", "name", "place", "agent"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agent"] = forms.EmailField(
            label=_("Who pays out"), help_text=_("The address they sign in with; they need a second step.")
        )

    def clean_agent(self):
        from django.contrib.auth import get_user_model

        found = get_user_model().objects.filter(email__iexact=self.cleaned_data["agent"], is_active=True).first()
        if found is None:
            raise forms.ValidationError(_("Nobody has an account with this address."))
        return found


class RailRuleForm(_Place):
    class Meta:
        model = RailRule
        fields = ["country", "currency", "rail", "is_allowed", "preference", "minimum", "maximum", "reason"]
        labels = {"minimum": pgettext_lazy("price", "From"), "maximum": pgettext_lazy("price", "Up to")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rail"] = forms.ChoiceField(label=_("Way"), choices=list(RAILS.items()))

    def clean(self):
        cleaned = super().clean()
        least, most = cleaned.get("minimum"), cleaned.get("maximum")
        if least is not None and least < 0:
            self.add_error("minimum", _("An amount cannot be below zero."))
        if most is not None and least is not None and most < least:
            self.add_error("maximum", _("It must not be less than the smallest amount."))
        return cleaned

    def validate_unique(self):
        """A rule for the same way replaces the one there is."""


class PayeeForm(forms.ModelForm):
    class Meta:
        model = Payee
        fields = ["is_cooperative", "hold_reason"]
        help_texts = {"hold_reason": _("While something stands here nothing is paid; the maker reads it.")}
