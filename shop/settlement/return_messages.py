"""What shopper, maker and moderator write to each other about a return. Each reads it on a page of their own and is
told by mail; the bank may read it when the payment is disputed (`evidence.py`)."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shop.order.mails import tell_maker_of_message, tell_shopper_of_message
from shop.settlement.models import Return, ReturnMessage

# What one side may write about one return in a day: each is a mail to somebody.
MOST_A_DAY = 20
SENT = _("Your message is sent.")
ENOUGH = _("That is enough for one day. Please write again tomorrow.")


class TooMany(Exception):
    """This side has written enough for today; nothing was kept."""


@transaction.atomic
def write(returned: Return, author: str, words: str, person: Any = None) -> ReturnMessage:
    """Keeps it and tells the others: the maker what the shopper writes, the shopper what the maker writes, both what a
    moderator does. The same words again, right after, are the same message."""
    Return.objects.select_for_update().get(pk=returned.pk)
    last = returned.messages.last()
    if last and (last.author, last.words) == (author, words):
        return last
    since = timezone.now() - timedelta(days=1)
    if returned.messages.filter(author=author, written__gte=since).count() >= MOST_A_DAY:
        raise TooMany
    made = ReturnMessage.objects.create(returned=returned, author=author, words=words, person=person)
    if author != ReturnMessage.SHOPPER:
        tell_shopper_of_message(made)
    if author != ReturnMessage.MAKER:
        tell_maker_of_message(made)
    return made
