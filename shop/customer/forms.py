"""Forms of the account area: an address of the address book, and one's name and language."""

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from oscar.core.loading import get_model

from shop.checkout.forms import CheckoutForm

Country = get_model("address", "Country")
# Field of the form → field of Oscar's address.
_FIELDS = {
    "first_name": "first_name",
    "last_name": "last_name",
    "country": "country_id",
    "line1": "line1",
    "city": "line4",
    "state": "state",
    "postcode": "postcode",
    "phone": "phone_number",
}


class AddressForm(CheckoutForm):
    """The address as the checkout asks for it, with the same rules; kept in `instance` instead of an order."""

    def __init__(self, *args, instance, country: str, initial=None, **kwargs):
        self.instance = instance
        known = {name: str(getattr(instance, field) or "") for name, field in _FIELDS.items()} if instance.pk else {}
        super().__init__(*args, country=country, initial={"country": country, **known, **(initial or {})}, **kwargs)
        for name in set(self.fields) - set(_FIELDS):
            del self.fields[name]
        self.order_fields(_FIELDS)

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            for name, field in _FIELDS.items():
                setattr(self.instance, field, cleaned[name])
            if self._known_already():
                raise forms.ValidationError(_("This address is in your address book already."))
        return cleaned

    def _known_already(self) -> bool:
        others = self.instance.user.addresses.exclude(pk=self.instance.pk)
        return others.filter(hash=self.instance.generate_hash()).exists()

    def save(self):
        """The first address of a book is where parcels go until another one is chosen."""
        address = self.instance
        if not address.user.addresses.filter(is_default_for_shipping=True).exists():
            address.is_default_for_shipping = True
        address.save()
        return address


class ProfileForm(forms.ModelForm):
    language = forms.ChoiceField(choices=settings.LANGUAGES)

    class Meta:
        model = get_user_model()
        fields = ["first_name", "last_name", "language"]
        widgets = {
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
        }
