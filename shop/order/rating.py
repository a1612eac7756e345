"""What shoppers say of a piece that arrived: Oscar's reviews, one for each order line, shown once moderated."""

from django import forms
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from shop.checkout.cards import NO_CARDS, refuse_cards

Line = get_model("order", "Line")
Review = get_model("reviews", "ProductReview")
SCORES = [(score, str(score)) for score in range(5, 0, -1)]


class RatingForm(forms.Form):
    score = forms.TypedChoiceField(label=_("Stars"), choices=SCORES, coerce=int, widget=forms.Select)
    body = forms.CharField(
        label=_("Your words"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> None:
        refuse_cards(self, ["body"], NO_CARDS)


def rating_code(line) -> str:
    return f"line-{line.pk}"


def line_of(review):
    """The order line that a review is of, with its order; None for one that no order of ours stands behind."""
    return lines_of([review]).get(review.pk)


def lines_of(reviews) -> dict:
    """The order line of each review, with its order and sale, by the review's id (one query)."""
    numbers = {review.pk: review.code.removeprefix("line-") for review in reviews if review.code}
    wanted = [number for number in numbers.values() if number.isdecimal()]
    found = Line.objects.select_related("order__sale").in_bulk(wanted)
    lines = {pk: found.get(int(number)) for pk, number in numbers.items() if number.isdecimal()}
    return {pk: line for pk, line in lines.items() if line}


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
        initial = {"score": 5}
        if line.rating:
            line.rating.is_shown = line.rating.status == Review.APPROVED
            line.rating.is_refused = line.rating.status == Review.REJECTED
            initial = {"score": line.rating.score, "body": line.rating.body}
        line.rating_form = RatingForm(auto_id=f"line-{line.pk}-%s", initial=initial)
