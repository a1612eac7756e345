"""Forms that choose pieces of a parcel: to be given back, to be sent back."""

import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.checkout.cards import NO_CARDS, refuse_cards
from shop.settlement.giving_back import Asked, Left
from shop.settlement.models import Parcel, Return, ReturnMessage

ZERO = Decimal("0.00")
NUMBER = {"inputmode": "numeric", "size": 4}


class PiecesForm(forms.Form):
    """A number for each line of a parcel that has pieces left; `labels`: what each is called, by line id."""

    def __init__(self, left: Left, labels: dict[int, str], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.left = left
        lines = [one for one in left.lines if one.quantity]
        for one in lines:
            self.fields[self._name(one.line.pk)] = forms.IntegerField(
                label=labels.get(one.line.pk, one.line.title),
                min_value=0,
                max_value=one.quantity,
                initial=0,
                required=False,
                help_text=_("How many, of %(most)s") % {"most": one.quantity},
                widget=forms.TextInput(attrs=NUMBER),
                error_messages={
                    "invalid": _("Please write a number of pieces, such as 1."),
                    "max_value": _("There are not so many: at most %(limit_value)s."),
                    "min_value": _("There cannot be fewer than none."),
                },
            )
        self.order_fields([self._name(one.line.pk) for one in lines])

    @staticmethod
    def _name(line: int) -> str:
        return f"pieces_{line}"

    def quantities(self) -> dict[int, int]:
        """Pieces by order line id, those that were chosen."""
        chosen = {one.line.pk: self.cleaned_data.get(self._name(one.line.pk)) or 0 for one in self.left.lines}
        return {line: quantity for line, quantity in chosen.items() if quantity}

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self.quantities() and not self.cleaned_data.get("shipping"):
            raise forms.ValidationError(_("Please choose at least one piece."))
        return self.cleaned_data


class GiveBackForm(PiecesForm):
    """What to give back of a parcel. `attempt` makes a form sent twice one refund."""

    shipping = forms.BooleanField(label=_("Shipping too"), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("The shopper and the books keep it."),
        error_messages={"required": _("Please say why, in a few words.")},
    )
    attempt = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, left: Left, labels: dict[int, str], *args: Any, **kwargs: Any):
        kwargs["initial"] = {"attempt": uuid.uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(left, labels, *args, **kwargs)
        if not left.shipping:
            del self.fields["shipping"]

    def asked(self) -> Asked:
        shipping = self.left.shipping if self.cleaned_data.get("shipping") else ZERO
        return Asked(self.left.parcel, self.quantities(), shipping)

    def key(self) -> str:
        return f"given-back-{self.left.parcel.pk}-{self.cleaned_data.get('attempt') or uuid.uuid4()}"


class AssignForm(forms.Form):
    """Which parcel of the order a refund was for that was made by hand at the gateway."""

    parcel = forms.ModelChoiceField(label=_("For which parcel?"), queryset=Parcel.objects.none(), empty_label=None)
    pieces = forms.BooleanField(label=_("All its pieces are given back, not only some of the price"), required=False)

    def __init__(self, order: Any, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["parcel"].queryset = order.parcels.select_related("partner")
        self.fields["parcel"].label_from_instance = lambda parcel: f"{parcel} · {parcel.partner.name}"


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("The shopper reads it."),
        error_messages={"required": _("Please say why, in a few words.")},
    )


class ReturnForm(PiecesForm):
    """What a shopper wants to send back, and why."""

    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=Return.REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose a reason.")},
    )
    words = forms.CharField(
        label=_("What is the matter?"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean(self) -> dict[str, Any]:
        refuse_cards(self, ["words"], NO_CARDS)
        return super().clean()


class MessageForm(forms.Form):
    """What one side of a return writes to the other."""

    words = forms.CharField(
        label=_("Your message"),
        max_length=ReturnMessage.LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Please write something first.")},
    )

    def clean(self) -> None:
        refuse_cards(self, ["words"], NO_CARDS)


class ApproveForm(forms.Form):
    address = forms.CharField(
        label=_("Where to send it"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Please write the address that the shopper shall send it to.")},
    )
    label = forms.CharField(
        label=_("Prepaid label"),
        max_length=200,
        required=False,
        help_text=_("The number of a label that you paid for, if you did."),
    )


class RefuseForm(forms.Form):
    answer = forms.CharField(
        label=_("Why it cannot come back"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Please say why, so that the shopper understands.")},
    )


class ReceiveForm(forms.Form):
    on_sale_again = forms.BooleanField(label=_("It is as good as new: put it on sale again"), required=False)
