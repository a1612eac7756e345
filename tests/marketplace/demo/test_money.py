"""The money pages are alive at first sight: the whole demo's money, seeded as `make demo` seeds it."""

import io

import pytest
from django.core.management import call_command

from shop.settlement.models import Dispute, Payout, PayoutBatch, Refund, Return
from shop.settlement.verifying import verify

pytestmark = pytest.mark.durable


def test_the_demos_money_shows_everything_and_its_books_are_right(durable_db, settings):
    settings.DEMO = True
    call_command("seed_demo", no_pictures=True, no_index=True, stdout=io.StringIO())
    for status in (Payout.PAID, Payout.BOUNCED, Payout.SENT, Payout.BATCHED):
        assert Payout.objects.filter(status=status).exists(), status
    assert PayoutBatch.objects.filter(status=PayoutBatch.OPEN).exists()
    assert Dispute.objects.exists() and Return.objects.exists()
    assert Refund.objects.filter(status=Refund.SUCCEEDED).exists()
    assert verify().problems == []
