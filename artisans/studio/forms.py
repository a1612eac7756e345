from django import forms
from django.utils.translation import gettext_lazy as _


class ShipForm(forms.Form):
    carrier = forms.CharField(
        label=_("Carrier"),
        max_length=60,
        help_text=_("Who brings it: the post, a courier."),
        error_messages={"required": _("Please say who brings it.")},
    )
    tracking = forms.CharField(
        label=_("Tracking number"), max_length=60, required=False, help_text=_("Leave empty if the carrier gave none.")
    )


class StockForm(forms.Form):
    num_in_stock = forms.IntegerField(
        label=_("In stock"),
        min_value=0,
        max_value=100_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}),
        error_messages={
            "invalid": _("Please write a number of pieces, such as 3."),
            "required": _("Please write a number of pieces, such as 3."),
            "min_value": _("There cannot be fewer than none."),
        },
    )
