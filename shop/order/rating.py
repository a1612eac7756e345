"""What shoppers say of a piece that arrived: Oscar's reviews, one for each order line, shown once moderated."""

from django import forms
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

Review = get_model("reviews", "ProductReview")
SCORES = [(score, str(score)) for score in range(5, 0, -1)]


class RatingForm(forms.Form):
    score = forms.TypedChoiceField(label=_("Stars"), choices=SCORES, coerce=int, widget=forms.Select)
    body = forms.CharField(
        label=_("Your words"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


def rating_code(line) -> str:
    return f"line-{line.pk}"


def rate(order, line, score: int, body: str) -> None:
    """Keeps what the shopper of this order line says; saying it again replaces it, to be moderated again."""
    product = line.product.parent if line.product.is_child else line.product
    Review.objects.update_or_create(
        code=rating_code(line),
        defaults={
            "product": product,
            "score": score,
            "title": line.title[:255],
            "body": body,
            "name": order.shipping_address.first_name,
            "email": order.email,
            "status": Review.FOR_MODERATION,
        },
    )


def attach_forms(parcels: list) -> None:
    """On each line of an arrived parcel: `rating` (what was said, or None) and `rating_form` (one query)."""
    lines = [line for parcel in parcels if parcel.status == "delivered" for line in parcel.lines if line.product]
    said = {review.code: review for review in Review.objects.filter(code__in=[rating_code(line) for line in lines])}
    for line in lines:
        line.rating = said.get(rating_code(line))
        if line.rating:
            line.rating.is_shown = line.rating.status == Review.APPROVED
        line.rating_form = RatingForm(auto_id=f"line-{line.pk}-%s", initial={"score": 5})
