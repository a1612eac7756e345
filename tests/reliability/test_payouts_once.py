"""Two administrators press at once; a batch is sent ten times: each maker is paid once."""

from decimal import Decimal

import pytest
from django.db.models import QuerySet

from shop.settlement import payouts
from shop.settlement.ledger import balances
from shop.settlement.models import Entry, Payout, PayoutBatch
from shop.settlement.payout_states import mark_bounced, mark_paid
from tests.factories import make_user
from tests.shop.settlement.accounts import make_payable, make_sent
from tests.shop.settlement.money import sums

pytestmark = [pytest.mark.durable, pytest.mark.usefixtures("shop")]


def test_scheduling_at_once_makes_one_payout(at_once):
    artisan = make_payable()
    made = at_once([lambda: payouts.ask_now(artisan.partner, "KZT")] * 5)
    assert sum(isinstance(one, Payout) for one in made) == 1 == Payout.objects.count()


def test_gathering_at_once_puts_each_payout_into_one_batch(at_once):
    for _maker in range(4):
        payouts.ask_now(make_payable().partner, "KZT")
    at_once([payouts.gather] * 10)
    assert PayoutBatch.objects.exclude(payouts=None).distinct().count() == 1
    assert PayoutBatch.objects.get().total == sum(payout.amount for payout in Payout.objects.all())


@pytest.mark.server
def test_control_without_the_locks_they_are_gathered_often(at_once, monkeypatch):
    """SQLite's single writer hides the race, so this runs on PostgreSQL only."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **options: self)
    for _maker in range(4):
        payouts.ask_now(make_payable().partner, "KZT")
    at_once([payouts.gather] * 10)
    assert PayoutBatch.objects.count() > 1


def test_a_batch_sent_ten_times_at_once_leaves_once(at_once):
    artisan = make_payable()
    payouts.ask_now(artisan.partner, "KZT")
    batch, admins = payouts.gather()[0][0], [make_user(), make_user()]
    payouts.approve(batch.pk, admins[0])
    answers = at_once([lambda i=i: payouts.send(batch.pk, admins[i % 2]) for i in range(10)])
    assert {answer.status for answer in answers} == {PayoutBatch.SENT}
    assert Entry.objects.filter(kind=Entry.PAYOUT).count() == 1
    assert (balances(artisan.partner)["KZT"].in_transit) == Decimal(100000)


def test_paid_and_bounced_at_once_end_in_one_state_that_the_ledger_shares(at_once):
    artisan = make_payable()
    payout = make_sent(artisan.partner).payouts.get()
    at_once([lambda: mark_paid(payout.pk), lambda: mark_bounced(payout.pk, "AC04")] * 4)
    payout.refresh_from_db()
    balance = balances(artisan.partner)["KZT"]
    # Whichever came first, a bounce is the last word.
    assert (payout.status, balance.available, balance.in_transit) == (Payout.BOUNCED, Decimal(100000), 0)
    assert set(sums().values()) == {0}


def test_two_peoples_word_at_once_are_two(at_once):
    artisan = make_payable(amount="900000.00")
    payouts.ask_now(artisan.partner, "KZT")
    batch, first, second = payouts.gather()[0][0], make_user(), make_user()
    at_once([lambda: payouts.approve(batch.pk, first)] * 3 + [lambda: payouts.approve(batch.pk, second)])
    assert batch.approvals.count() == 2
