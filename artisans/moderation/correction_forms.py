"""Forms of what treasurers book by hand. `attempt` makes a form sent twice one entry."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from shop.currency.money import CURRENCIES, BadAmount, check_amount
from shop.settlement.ledger import find
from shop.settlement.models import Account

Partner = get_model("partner", "Partner")
CODES = [(code, code) for code in CURRENCIES]


def _amount(label) -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=14, decimal_places=2)


class _Booked(forms.Form):
    """`pairs`: fields of amounts, each with that of its currency."""

    pairs = [("amount", "currency")]
    below_zero = True

    sure = forms.BooleanField(label=_("I have checked it: what is booked is never changed, only booked back"))
    attempt = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{**kwargs, "initial": {"attempt": uuid.uuid4()}})
        self.order_fields([name for name in self.fields if name not in ("sure", "attempt")])

    def clean(self):
        said = super().clean()
        for amount, currency in self.pairs:
            if said.get(amount) is None or not said.get(currency):
                continue
            try:
                check_amount(said[amount], said[currency], negative=self.below_zero)
                if not said[amount]:
                    raise BadAmount
            except BadAmount:
                self.add_error(amount, _("This is no amount of this currency."))
        return said


class CorrectForm(_Booked):
    """A maker's available balance or an account of the platform's; the other side is the platform's adjustments."""

    MAKER = "maker"
    OURS = [(kind, words) for kind, words in Account.KINDS if kind not in (*Account.OF_A_MAKER, Account.ADJUSTMENTS)]

    account = forms.ChoiceField(label=_("Which balance"), choices=[(MAKER, _("a maker's, to be paid out")), *OURS])
    maker = forms.CharField(
        label=_("Maker"), max_length=120, required=False, help_text=_("As in the address of the maker's page.")
    )
    amount = _amount(_("Amount"))
    currency = forms.ChoiceField(label=_("Currency"), choices=CODES)
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["amount"].help_text = _(
            "More for the maker, or more lying in our account, is above zero; less is below zero."
        )

    def clean_maker(self):
        if self.cleaned_data.get("account") != self.MAKER:
            return None
        found = Partner.objects.filter(artisan__slug=self.cleaned_data["maker"].strip()).first()
        if found is None:
            raise forms.ValidationError(_("There is no maker with this address."))
        return found


class ToBankForm(_Booked):
    """Money that the payment gateway paid out to the platform's bank, where its own message did not say so."""

    reference = forms.CharField(label=_("The gateway's number of it"), max_length=80)
    amount = _amount(_("Amount"))
    currency = forms.ChoiceField(label=_("Currency"), choices=CODES)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["amount"].help_text = _("Below zero when it came back from the bank.")

    def clean_reference(self):
        reference = self.cleaned_data["reference"].strip()
        if find(f"to-bank-{reference}"):
            raise forms.ValidationError(_("This is booked already."))
        return reference


class ExchangedForm(_Booked):
    """One currency at the bank that became another."""

    pairs = [("sold", "sold_currency"), ("bought", "bought_currency")]
    below_zero = False

    sold = _amount(_("Sold"))
    sold_currency = forms.ChoiceField(label=_("Currency sold"), choices=CODES)
    bought = _amount(_("Bought"))
    bought_currency = forms.ChoiceField(label=_("Currency bought"), choices=CODES)

    def clean(self):
        said = super().clean()
        if said.get("sold_currency") and said.get("sold_currency") == said.get("bought_currency"):
            self.add_error("bought_currency", _("Please choose two currencies."))
        return said
