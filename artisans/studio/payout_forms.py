"""What a maker types about where their money goes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.settlement.account_forms import BadAccount, clean_account, field_names, form_of
from shop.settlement.models import CashOffice, Payee

_LABELS = {
    "holder": (_("Account holder"), _("Exactly as the bank has it; a cooperative writes its registered name.")),
    "iban": (_("IBAN"), _("It begins with the two letters of the country. Spaces do not matter.")),
    "bic": (_("BIC of the bank"), _("8 or 11 letters and digits. Leave it empty if you do not know it.")),
    "bank_name": (_("Bank and branch"), ""),
    "account": (_("Account number"), _("Not the number of a card. Spaces do not matter.")),
}
# Of its IBANs nobody publishes which bank's BIC belongs to which code.
_SAYS_NO_BANK = "AZ"
_PLAIN = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class BankForm(forms.Form):
    """An account in the payee's country; its fields are those of `account_forms`."""

    def __init__(self, *args, country: str, currency: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.country, self.currency = country, currency
        form = form_of(country)
        for name in field_names(country):
            label, hint = _LABELS.get(name, (form.get(name, {}).get("name"), ""))
            if name == "tax_id" and form["tax_id"]["required"]:
                hint = _("The tax number of the account holder: banks ask for it.")
            if name == "bic" and country == _SAYS_NO_BANK:
                hint = _("8 or 11 letters and digits; your bank's is in your contract or app.")
            required = name not in ("bic", "tax_id") or (name == "tax_id" and form["tax_id"]["required"])
            required = required or (name == "bic" and country == _SAYS_NO_BANK)
            widget = forms.TextInput(attrs=_PLAIN if name not in ("holder", "bank_name") else {"autocomplete": "off"})
            self.fields[name] = forms.CharField(
                label=label, help_text=hint, required=required, max_length=140, widget=widget
            )

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        try:
            return clean_account(self.country, self.currency, cleaned)
        except BadAccount as bad:
            for name, problem in bad.errors.items():
                self.add_error(name, problem)
        return cleaned

    def secret(self) -> dict:
        return self.cleaned_data

    def number(self) -> str:
        return self.cleaned_data["number"]

    def account_label(self) -> str:
        return self.cleaned_data.get("bank_name") or self.cleaned_data.get("bic", "")


class CashForm(forms.Form):
    """Somebody comes with a passport."""

    holder = forms.CharField(
        label=_("Who comes for it"), max_length=140, help_text=_("First and last name, as in the passport.")
    )
    document = forms.CharField(
        label=_("Passport or identity card number"),
        max_length=30,
        widget=forms.TextInput(attrs=_PLAIN),
        help_text=_("The office compares it; we show only its last four characters."),
    )
    office = forms.ModelChoiceField(label=_("Office"), queryset=CashOffice.objects.none(), empty_label=None)

    def __init__(self, *args, country: str, currency: str, **kwargs):
        super().__init__(*args, **kwargs)
        offices = CashOffice.objects.filter(country=country, currency=currency, is_active=True)
        self.fields["office"].queryset = offices

    def clean_document(self) -> str:
        number = "".join(self.cleaned_data["document"].split()).upper()
        if len(number) < 5 or not number.isalnum():
            raise forms.ValidationError(_("Please copy the whole number, letters and digits."))
        return number

    def secret(self) -> dict:
        office = self.cleaned_data["office"]
        return {"holder": self.cleaned_data["holder"], "document": self.number(), "office": office.pk}

    def number(self) -> str:
        return self.cleaned_data["document"]

    def account_label(self) -> str:
        return str(self.cleaned_data["office"])[:140]


class ScheduleForm(forms.ModelForm):
    class Meta:
        model = Payee
        fields = ["schedule"]


class CooperativeForm(forms.Form):
    cooperative = forms.ModelChoiceField(
        label=_("Cooperative or association"),
        queryset=Payee.objects.none(),
        help_text=_("It must say yes; then your share is paid to it, and it pays you."),
    )

    def __init__(self, *args, partner, **kwargs):
        super().__init__(*args, **kwargs)
        mine = Payee.objects.filter(is_cooperative=True, country=partner.artisan.country).exclude(partner=partner)
        self.fields["cooperative"].queryset = mine.select_related("partner").order_by("partner__name")


class CodeForm(forms.Form):
    """The one-time code of a cash receipt."""

    code = forms.RegexField(
        r"^\s*\d{8}\s*$",
        label=_("Code"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 10}),
    )
