"""Putting a piece into the basket: which variant, how many, what words on it."""

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from oscar.core.loading import get_model

from shop.checkout.cards import NO_CARDS, refuse_cards
from shop.listings.variants import variant_label

Option = get_model("catalogue", "Option")
PERSONALISATION = "personalisation"
# Longer words get a field of two lines.
ONE_LINE = 60


class AddForm(forms.Form):
    """`product` is of `shop.catalogue.reading`; `cleaned_data["record"]` is the stock record of what to buy."""

    variant = forms.ChoiceField(
        label=gettext_lazy("Variant"), required=False, error_messages={"required": gettext_lazy("Please choose one.")}
    )
    personalisation = forms.CharField(label=gettext_lazy("Your words on it"), required=False)
    quantity = forms.IntegerField(label=gettext_lazy("Quantity"), min_value=1, max_value=999, initial=1)

    def __init__(self, product, strategy, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.product = product
        self.infos = {
            record.product_id: strategy.fetch_for_product(record.product, record) for record in product.records
        }
        if product.is_parent:
            choices = [(str(record.product_id), variant_label(record.product)) for record in product.records]
            self.fields["variant"].choices = choices
            self.fields["variant"].required = True
        else:
            del self.fields["variant"]
        if product.listing.personalisation_max:
            self._ask_for_words(product.listing)
        else:
            del self.fields["personalisation"]

    def _ask_for_words(self, listing) -> None:
        field, most = self.fields["personalisation"], listing.personalisation_max
        field.max_length = most
        field.validators.append(MaxLengthValidator(most))
        field.widget = forms.TextInput() if most <= ONE_LINE else forms.Textarea(attrs={"rows": 2})
        field.widget.attrs |= {"maxlength": most}
        field.help_text = listing.personalisation_prompt(get_language())

    @property
    def available(self) -> bool:
        return any(info.availability.is_available_to_buy for info in self.infos.values())

    @property
    def most(self) -> int:
        """The largest number of pieces that any variant has left."""
        records = [info.stockrecord for info in self.infos.values() if info.stockrecord]
        return max((record.net_stock_level or 0 for record in records), default=0)

    def variants(self) -> list[dict]:
        """The variants as a page shows them: id, label, price now and the maker's own, sold_out, chosen.

        When only one is left, it is chosen already.
        """
        left = [str(pk) for pk, info in self.infos.items() if info.availability.is_available_to_buy]
        chosen = self["variant"].value() or (left[0] if len(left) == 1 else "")
        return [
            {
                "id": value,
                "label": label,
                "price": self.infos[int(value)].price,
                "record": self.infos[int(value)].stockrecord,
                "sold_out": value not in left,
                "chosen": value == chosen,
            }
            for value, label in self.fields["variant"].choices
        ]

    def clean(self):
        cleaned = super().clean()
        if "personalisation" in self.fields:
            refuse_cards(self, ["personalisation"], NO_CARDS)
        if self.errors:
            return cleaned
        info = self.infos[int(cleaned["variant"]) if self.product.is_parent else self.product.pk]
        if not info.availability.is_available_to_buy or not info.price.exists:
            self.add_error("variant" if self.product.is_parent else None, _("This piece is sold out."))
        elif not info.availability.is_purchase_permitted(cleaned["quantity"])[0]:
            left = info.stockrecord.net_stock_level
            self.add_error("quantity", _("Only %(count)s left. Please take fewer.") % {"count": left})
        cleaned["record"] = info.stockrecord
        return cleaned

    def options(self) -> list[dict]:
        """Oscar's basket options: the words to put on the piece."""
        words = self.cleaned_data.get("personalisation", "").strip()
        if not words:
            return []
        option, _created = Option.objects.get_or_create(
            code=PERSONALISATION, defaults={"name": "Personalisation", "type": "text"}
        )
        return [{"option": option, "value": words}]
