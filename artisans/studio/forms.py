from django import forms
from django.utils.translation import gettext_lazy as _


class ShipForm(forms.Form):
    carrier = forms.CharField(label=_("Carrier"), max_length=60)
    tracking = forms.CharField(
        label=_("Tracking number"), max_length=60, required=False, help_text=_("Leave empty if the carrier gave none.")
    )


class StockForm(forms.Form):
    num_in_stock = forms.IntegerField(label=_("In stock"), min_value=0, max_value=100_000)
