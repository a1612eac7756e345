"""The one form of the checkout: who, where to, each parcel's way, consent."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oscar.core.loading import get_model
from phonenumbers import NumberParseException, is_valid_number, parse

from shop.checkout import addresses
from shop.checkout.cards import refuse_cards
from shop.shipping.destination import countries, destinations

ShippingAddress = get_model("order", "ShippingAddress")
Country = get_model("address", "Country")


class CheckoutForm(forms.Form):
    data: Any
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("The confirmation and news of your parcels go here."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    first_name = forms.CharField(
        label=gettext_lazy("First name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=gettext_lazy("Last name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    country = forms.ChoiceField(label=gettext_lazy("Country"), widget=forms.Select(attrs={"autocomplete": "country"}))
    line1 = forms.CharField(
        label=gettext_lazy("Street, house, flat"),
        max_length=255,
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
    )
    city = forms.CharField(
        label=gettext_lazy("City or village"),
        max_length=255,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    state = forms.CharField(
        label=gettext_lazy("Region"),
        max_length=255,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level1"}),
    )
    postcode = forms.CharField(
        label=gettext_lazy("Postcode"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        max_length=32,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )
    note = forms.CharField(
        label=gettext_lazy("Note to the makers"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    terms = forms.BooleanField(
        label=gettext_lazy("I accept the terms and the returns policy"),
        error_messages={"required": gettext_lazy("Please accept the terms to order.")},
    )
    attempt = forms.CharField(widget=forms.HiddenInput, required=False)
    quote = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, country: str, user=None, **kwargs):
        """`country` decides how the address is asked for; a signed-in `user` has an e-mail address already."""
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = countries()
        self.address_lines = addresses.rows(country)
        self._ask_for_region(country)
        self._ask_for_postcode(country)
        self.fields["phone"].help_text = addresses.phone_hint(country)
        if user is not None and user.is_authenticated:
            del self.fields["email"]

    def _ask_for_region(self, country: str) -> None:
        field = self.fields["state"]
        field.label, field.required = addresses.region_label(country), addresses.needs_region(country)
        if not any("state" in line for line in self.address_lines):
            # What was typed for another country is there again when that one is chosen again.
            field.widget = forms.HiddenInput()

    def _ask_for_postcode(self, country: str) -> None:
        field, needed = self.fields["postcode"], addresses.check_postcode(country, "")
        field.label, field.required = addresses.postcode_label(country), bool(needed)
        field.error_messages["required"] = needed
        field.help_text = addresses.postcode_hint(country)

    def address_rows(self) -> list[list]:
        """The bound fields of the address, line by line as they are written in its country."""
        return [[self[name] for name in line] for line in self.address_lines]

    def clean_state(self) -> str:
        return "" if self.fields["state"].widget.is_hidden else self.cleaned_data["state"]

    def clean_attempt(self) -> uuid.UUID:
        return read_attempt(self.cleaned_data["attempt"])

    def clean_country(self):
        code = self.cleaned_data["country"]
        if code not in destinations():
            raise forms.ValidationError(_("We cannot send to this country."))
        return code

    def clean_phone(self):
        typed = self.cleaned_data["phone"]
        try:
            number = parse(typed, self.data.get("country") or None)
        except NumberParseException:
            number = None
        if number is None or not is_valid_number(number):
            words = _("This does not look like a phone number. Please write it with the country's code: %(example)s.")
            example = addresses.phone_example(self.data.get("country", ""))
            raise forms.ValidationError(words % {"example": example})
        return f"+{number.country_code}{number.national_number}"

    def clean(self):
        cleaned = super().clean()
        self._refuse_cards()
        if "country" in self.errors or "postcode" in self.errors:
            return cleaned
        problem = addresses.check_postcode(cleaned.get("country", ""), cleaned.get("postcode", ""))
        if problem:
            self.add_error("postcode", problem)
        return cleaned

    def _refuse_cards(self) -> None:
        told = _("This looks like a card's number. It was not kept; the payment page that comes next asks for it.")
        refuse_cards(self, [name for name in self.fields if name not in ("phone", "attempt", "quote")], told)

    def address(self):
        """The unsaved shipping address of a valid form."""
        data = self.cleaned_data
        return ShippingAddress(
            first_name=data["first_name"],
            last_name=data["last_name"],
            line1=data["line1"],
            line4=data["city"],
            state=data["state"],
            postcode=data["postcode"],
            phone_number=data["phone"],
            country=Country.objects.get(pk=data["country"]),
        )


def read_attempt(typed: str) -> uuid.UUID:
    """The UUID of a submitted checkout; a new one for what is none."""
    try:
        return uuid.UUID(typed)
    except ValueError:
        return uuid.uuid4()


def initial_from(user, address) -> dict:
    """What a signed-in shopper need not type again. `address`: their default of the address book, or None."""
    initial = {"email": user.email, "first_name": user.first_name, "last_name": user.last_name}
    if address:
        initial |= {
            "first_name": address.first_name,
            "last_name": address.last_name,
            "country": address.country_id,
            "line1": address.line1,
            "city": address.line4,
            "state": address.state,
            "postcode": address.postcode,
            "phone": str(address.phone_number or ""),
        }
    return initial
