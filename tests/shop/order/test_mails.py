"""What the mails of an order say."""

import pytest
from django.core import mail

from shop.outbox.services import deliver_due
from tests.factories import make_artisan, make_listing, make_rates, pay, place

pytestmark = pytest.mark.django_db


def test_the_confirmation_says_what_was_bought_from_whom_and_for_how_much(django_capture_on_commit_callbacks):
    make_rates()
    makers = [make_artisan(name="Nodira"), make_artisan(name="Leyla", country="AZ", currency="AZN")]
    prices = ["125000", "17"]
    goods = [make_listing(maker, title="So‘zana", price=price) for maker, price in zip(makers, prices, strict=True)]
    order = place(*goods, quantity=2)
    with django_capture_on_commit_callbacks(execute=True):
        pay(order)
    deliver_due()
    sent = next(message for message in mail.outbox if message.to == ["guest@example.org"])
    assert "Parcel 1, from Nodira" in sent.body and "Parcel 2, from Leyla" in sent.body
    assert "2 × So‘zana: $20\n" in sent.body
    assert "Paid: $" in sent.body
    assert "\n\n\n" not in sent.body
