"""Putting a piece into the basket: which variant, how many, what words on it."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oscar.core.loading import get_model

from shop.listings.variants import variant_label

Option = get_model("catalogue", "Option")
PERSONALISATION = "personalisation"


class AddForm(forms.Form):
    """`product` is standalone or a parent with its children prefetched; `cleaned_data["product"]` is what to buy."""

    variant = forms.ChoiceField(label=gettext_lazy("Variant"), required=False)
    personalisation = forms.CharField(label=gettext_lazy("Personalisation"), required=False)
    quantity = forms.IntegerField(label=gettext_lazy("Quantity"), min_value=1, max_value=999, initial=1)

    def __init__(self, product, strategy, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.product, self.strategy = product, strategy
        self.infos = {}
        if product.is_parent:
            self._offer_variants()
        else:
            del self.fields["variant"]
            self.infos[product.pk] = strategy.fetch_for_product(product)
        listing = product.listing
        if listing.personalisation_max:
            field = self.fields["personalisation"]
            field.max_length = listing.personalisation_max
            field.widget.attrs["maxlength"] = listing.personalisation_max
            field.help_text = listing.personalisation_prompt(get_language())
        else:
            del self.fields["personalisation"]

    def _offer_variants(self):
        choices = []
        for child in self.product.children.all():
            child.parent = self.product
            info = self.strategy.fetch_for_product(child)
            self.infos[child.pk] = info
            name = variant_label(child)
            if not info.availability.is_available_to_buy:
                name = _("%(variant)s – sold out") % {"variant": name}
            choices.append((str(child.pk), name))
        self.fields["variant"].choices = choices
        self.fields["variant"].required = True

    @property
    def available(self) -> bool:
        return any(info.availability.is_available_to_buy for info in self.infos.values())

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        product = self.product
        if product.is_parent:
            product = next(child for child in product.children.all() if str(child.pk) == cleaned["variant"])
        permitted, reason = self.infos[product.pk].availability.is_purchase_permitted(cleaned["quantity"])
        if not permitted:
            self.add_error("quantity", _why(self.infos[product.pk], reason))
        cleaned["product"] = product
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


def _why(info, reason) -> str:
    left = info.stockrecord.net_stock_level if info.stockrecord else 0
    if left and left > 0:
        return _("Only %(count)s left. Please take fewer.") % {"count": left}
    return _("This piece is sold out.") if not info.availability.is_available_to_buy else str(reason)
