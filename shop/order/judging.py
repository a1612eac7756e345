"""A moderator lets what a shopper said be shown, or refuses it and says why. Either can be changed later."""

import hashlib
from typing import Any

from django.db import transaction
from oscar.core.loading import get_model

from shop.accounts.audit import note
from shop.order.mails import tell_of_refused_review
from shop.order.rating import line_of

Review = get_model("reviews", "ProductReview")


class ReadAgain(Exception):
    """The shopper wrote it anew, or somebody answered it, since the moderator read it."""


def waiting():
    """Reviews that nobody has judged yet."""
    return Review.objects.filter(status=Review.FOR_MODERATION)


def seen_of(review: Any) -> str:
    """A fingerprint of what a moderator judges."""
    return hashlib.sha256(f"{review.status}:{review.score}:{review.body}".encode()).hexdigest()[:16]


@transaction.atomic
def show(pk: int, seen: str, person: Any) -> None:
    """From now on others can read it and its stars count. ReadAgain when it is not what was seen."""
    review = _locked(pk, seen)
    review.status = Review.APPROVED
    review.save()
    note(person, "review shown", review)


@transaction.atomic
def refuse(pk: int, seen: str, reason: str, person: Any) -> None:
    """Nobody reads it, its stars do not count, and the shopper hears why. ReadAgain when it is not what was seen."""
    review = _locked(pk, seen)
    review.status = Review.REJECTED
    review.save()
    line = note(person, "review refused", review, reason=reason)
    bought = line_of(review)
    if bought:
        tell_of_refused_review(bought.order, review.title, reason, key=str(line.pk))


def _locked(pk: int, seen: str) -> Any:
    review = Review.objects.select_for_update().get(pk=pk)
    if seen_of(review) != seen:
        raise ReadAgain
    return review
