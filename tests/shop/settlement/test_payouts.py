"""From what is owed to what has arrived, or come back: each step once, each figure the ledger's."""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from artisans.models import Artisan
from shop.accounts.models import AuditLine
from shop.settlement import payees, payouts
from shop.settlement.booking import book_adjustment
from shop.settlement.ledger import balances
from shop.settlement.models import BatchApproval, CashOffice, Payee, Payout, PayoutBatch, RailRule
from shop.settlement.payout_plans import Obstacle, next_day, period_start, plan
from shop.settlement.payout_states import mark_bounced, mark_paid
from shop.settlement.payouts import CannotPay
from tests.factories import make_artisan, make_user
from tests.shop.settlement.accounts import give_money, make_payable, make_sent, save_bank
from tests.shop.settlement.money import sums

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rates")]
TASHKENT = ZoneInfo("Asia/Tashkent")
MONDAY = datetime(2026, 11, 30, 9, tzinfo=TASHKENT)


def of(artisan):
    return balances(artisan.partner)[artisan.currency]


def obstacle(artisan) -> str:
    made = plan(artisan.partner, artisan.currency, of(artisan))
    return made.code if isinstance(made, Obstacle) else ""


# -- Scheduling -----------------------------------------------------------------------------------------------------


def test_what_is_due_is_scheduled_once():
    artisan = make_payable()
    assert [payouts.schedule_all(timezone.now()) for _again in range(2)] == [1, 0]
    payout = Payout.objects.get()
    assert (payout.amount, payout.currency, payout.rail) == (Decimal("100000.00"), "KZT", "bank_file")
    assert payout.partner == artisan.partner


def test_on_request_means_not_by_itself():
    artisan = make_payable()
    payee = payees.payee_for(artisan.partner)
    payee.schedule = "on request"
    payee.save()
    assert payouts.schedule_all(timezone.now()) == 0
    assert payouts.ask_now(artisan.partner, "KZT").amount == Decimal(100000)


@pytest.mark.parametrize(
    ("schedule", "now", "start", "following"),
    [
        ("daily", datetime(2026, 12, 4, 9, tzinfo=TASHKENT), (12, 4), (12, 7)),
        ("daily", datetime(2026, 12, 5, 9, tzinfo=TASHKENT), None, (12, 7)),
        ("daily", datetime(2026, 11, 30, 9, tzinfo=TASHKENT), (11, 30), (12, 1)),
        ("weekly", datetime(2026, 12, 3, 9, tzinfo=TASHKENT), (11, 30), (12, 7)),
        ("monthly", datetime(2026, 12, 31, 23, tzinfo=TASHKENT), (12, 1), (1, 1)),
        ("on request", datetime(2026, 12, 3, 9, tzinfo=TASHKENT), None, None),
    ],
)
def test_days_of_payout(schedule, now, start, following):
    def day(moment):
        return moment and (moment.month, moment.day)

    assert (day(period_start(schedule, now)), day(next_day(schedule, now))) == (start, following)


def test_a_maker_is_paid_once_a_week():
    artisan = make_payable()
    make_sent(artisan.partner)
    give_money(artisan.partner, "50000.00")
    Payout.objects.update(created=MONDAY + timedelta(hours=1))
    assert payouts.schedule_all(MONDAY + timedelta(days=6)) == 0
    assert payouts.schedule_all(MONDAY + timedelta(days=7)) == 1


def _without_details():
    artisan = make_artisan(country="KZ", currency="KZT")
    give_money(artisan.partner, "100000.00")
    return artisan


def _held():
    artisan = _without_details()
    save_bank(artisan)
    return artisan


def _stopped():
    artisan = make_payable()
    payee = payees.payee_for(artisan.partner)
    payee.hold_reason = "We are asking about an order."
    payee.save()
    return artisan


def _negative():
    artisan = make_payable()
    book_adjustment(artisan.partner, Decimal("-150000.00"), "KZT", "refunded", make_user())
    return artisan


def _empty():
    artisan = make_payable()
    book_adjustment(artisan.partner, Decimal("-100000.00"), "KZT", "refunded", make_user())
    return artisan


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_without_details, "no details"),
        (_held, "held"),
        (_stopped, "stopped"),
        (lambda: make_payable(status="suspended"), "stopped"),
        (_negative, "negative"),
        (_empty, "nothing"),
        (lambda: make_payable(amount="1999.99"), "too little"),
        (lambda: make_payable(amount="2000.00"), ""),
    ],
)
def test_what_stands_against_a_payout_is_said_and_nothing_is_scheduled(make, code):
    artisan = make()
    assert obstacle(artisan) == code
    assert payouts.schedule_all(timezone.now()) == (not code)


def test_a_way_with_a_limit_takes_what_it_can_carry():
    artisan = make_payable(amount="700000.00")
    RailRule.objects.create(country="KZ", currency="KZT", rail="bank_file", maximum=300000, reason="the bank's limit")
    assert payouts.ask_now(artisan.partner, "KZT").amount == Decimal(300000)


def test_new_details_call_off_what_was_scheduled_to_the_old():
    artisan = make_payable()
    payout = payouts.ask_now(artisan.partner, "KZT")
    save_bank(artisan)
    payout.refresh_from_db()
    assert (payout.status, obstacle(artisan)) == (Payout.CANCELLED, "held")


def test_a_second_payout_waits_for_the_first():
    artisan = make_payable()
    payouts.ask_now(artisan.partner, "KZT")
    with pytest.raises(CannotPay, match="under way"):
        payouts.ask_now(artisan.partner, "KZT")


# -- Batches --------------------------------------------------------------------------------------------------------


def test_a_batch_is_of_one_currency_and_one_account():
    for artisan in (make_payable(), make_payable(), make_payable(country="KG", currency="KGS")):
        payouts.ask_now(artisan.partner, artisan.currency)
    batches, homeless = payouts.gather()
    assert {(batch.currency, batch.total) for batch in batches} == {
        ("KZT", Decimal(200000)),
        ("KGS", Decimal(100000)),
    }
    assert not homeless and not payouts.gather()[0]


def test_without_an_account_to_pay_from_payouts_wait():
    artisan = make_artisan(country="TJ", currency="TJS")
    save_bank(artisan, ready=True)
    give_money(artisan.partner, "500.00")
    payout = payouts.ask_now(artisan.partner, "TJS")
    assert payouts.gather() == ([], [payout])


def test_what_a_refund_took_meanwhile_is_called_off():
    artisan = make_payable()
    payout = payouts.ask_now(artisan.partner, "KZT")
    book_adjustment(artisan.partner, Decimal("-40000.00"), "KZT", "refunded", make_user())
    assert payouts.gather() == ([], [])
    payout.refresh_from_db()
    assert payout.status == Payout.CANCELLED
    assert payouts.ask_now(artisan.partner, "KZT").amount == Decimal(60000)


@pytest.mark.parametrize(("amount", "needed"), [("500000.00", 1), ("500001.00", 2)])
def test_two_people_above_the_limit(amount, needed):
    """At 500 tenge a dollar, the limit of 1,000 dollars is 500,000 tenge."""
    payouts.ask_now(make_payable(amount=amount).partner, "KZT")
    batch = payouts.gather()[0][0]
    person = make_user()
    payouts.approve(batch.pk, person)
    payouts.approve(batch.pk, person)
    if needed == 2:
        with pytest.raises(CannotPay, match="not approved"):
            payouts.send(batch.pk, person)
        payouts.approve(batch.pk, make_user())
    assert payouts.send(batch.pk, person).status == PayoutBatch.SENT


def test_one_persons_words_of_a_day_are_added_up():
    """Two batches of 300,000 tenge are worth more than the limit, however they were gathered."""
    batches, person = [], make_user()
    for _batch in range(2):
        payouts.ask_now(make_payable(amount="300000.00").partner, "KZT")
        batches += payouts.gather()[0]
    for batch in batches:
        payouts.approve(batch.pk, person)
    payouts.send(batches[0].pk, person)
    with pytest.raises(CannotPay, match="not approved"):
        payouts.send(batches[1].pk, person)
    payouts.approve(batches[1].pk, make_user())
    assert payouts.send(batches[1].pk, person).status == PayoutBatch.SENT


def test_yesterdays_words_and_other_peoples_are_not_counted():
    batches = []
    for _batch in range(3):
        payouts.ask_now(make_payable(amount="300000.00").partner, "KZT")
        batches += payouts.gather()[0]
    person = make_user()
    payouts.approve(batches[0].pk, person)
    BatchApproval.objects.update(created=timezone.now() - timedelta(days=1))
    payouts.approve(batches[1].pk, make_user())
    payouts.approve(batches[2].pk, person)
    assert set(PayoutBatch.objects.values_list("approvals_needed", flat=True)) == {1}


def test_a_batch_without_approval_does_not_leave():
    artisan = make_payable()
    payouts.ask_now(artisan.partner, "KZT")
    batch = payouts.gather()[0][0]
    with pytest.raises(CannotPay, match="not approved"):
        payouts.send(batch.pk, make_user())
    assert of(artisan).available == Decimal(100000)


def test_sending_moves_the_money_once_and_notes_who():
    artisan = make_payable()
    batch = make_sent(artisan.partner)
    payouts.send(batch.pk, make_user())
    balance = of(artisan)
    assert (balance.available, balance.in_transit) == (0, Decimal(100000))
    assert set(sums().values()) == {0}
    actions = list(
        AuditLine.objects.filter(subject__startswith="settlement.payoutbatch").values_list("action", flat=True)
    )
    assert actions == ["payout batch sent", "payout batch approved", "payout batch gathered"]


def test_what_is_not_covered_at_the_last_moment_stays_behind():
    first, second = make_payable(), make_payable()
    for artisan in (first, second):
        payouts.ask_now(artisan.partner, "KZT")
    batch = payouts.gather()[0][0]
    book_adjustment(second.partner, Decimal("-1.00"), "KZT", "refunded", make_user())
    payouts.approve(batch.pk, make_user())
    batch = payouts.send(batch.pk, make_user())
    assert (batch.total, batch.payouts.count()) == (Decimal(100000), 1)
    assert second.partner.payouts.get().status == Payout.CANCELLED


def _hold(payout):
    Payee.objects.filter(partner=payout.partner).update(hold_reason="We ask about an order.")


def _suspend(payout):
    Artisan.objects.filter(partner=payout.partner).update(status="suspended")


def _remove(payout):
    payees.remove_details(payout.details, make_user())


def _replace(payout):
    save_bank(payout.partner.artisan)


stops = pytest.mark.parametrize("stop", [_hold, _suspend, _remove, _replace])


@stops
def test_what_was_stopped_after_it_was_scheduled_is_not_gathered(stop):
    payout = payouts.ask_now(make_payable().partner, "KZT")
    stop(payout)
    assert payouts.gather() == ([], [])
    payout.refresh_from_db()
    assert payout.status == Payout.CANCELLED


@stops
def test_what_was_stopped_after_it_was_gathered_stays_behind(stop):
    stopped, _other = [payouts.ask_now(make_payable().partner, "KZT") for _payout in range(2)]
    batch, person = payouts.gather()[0][0], make_user()
    stop(stopped)
    payouts.approve(batch.pk, person)
    batch = payouts.send(batch.pk, person)
    stopped.refresh_from_db()
    assert (stopped.status, of(stopped.partner.artisan).available) == (Payout.CANCELLED, Decimal(100000))
    assert (batch.status, batch.total) == (PayoutBatch.SENT, Decimal(100000))


@stops
def test_what_was_stopped_after_it_bounced_is_not_tried_another_way(stop):
    payout = make_sent(make_payable().partner).payouts.get()
    mark_bounced(payout.pk, "DUPL")
    payout.refresh_from_db()
    assert payouts.next_ways(payout) == ["bank_file"]
    stop(payout)
    payout = Payout.objects.get()
    assert payouts.next_ways(payout) == []
    with pytest.raises(CannotPay, match="no way"):
        payouts.try_next(payout, "bank_file")


def test_a_hold_on_a_maker_counts_when_a_cooperative_is_paid_for_them():
    union, artisan = make_payable("union"), make_artisan(country="KZ", currency="KZT")
    member = payees.ask_to_join(artisan.partner, payees.payee_for(union.partner), None)
    payees.accept_member(member, None)
    type(member).objects.update(hold_until=timezone.now())
    give_money(artisan.partner, "10000.00")
    payees.payee_for(artisan.partner)
    Payee.objects.filter(partner=artisan.partner).update(hold_reason="We ask about an order.")
    assert (obstacle(artisan), obstacle(union)) == ("stopped", "")


def test_a_maker_who_left_a_cooperative_is_not_paid_through_it():
    union, artisan = make_payable("union"), make_artisan(country="KZ", currency="KZT")
    member = payees.ask_to_join(artisan.partner, payees.payee_for(union.partner), None)
    payees.accept_member(member, None)
    type(member).objects.update(hold_until=timezone.now())
    give_money(artisan.partner, "10000.00")
    payouts.ask_now(artisan.partner, "KZT")
    batch, person = payouts.gather()[0][0], make_user()
    payees.leave(artisan.partner, person)
    payouts.approve(batch.pk, person)
    assert payouts.send(batch.pk, person).status == PayoutBatch.CANCELLED


def test_a_dissolved_batch_lets_its_payouts_wait_again():
    payouts.ask_now(make_payable().partner, "KZT")
    batch = payouts.gather()[0][0]
    payouts.cancel(batch.pk, make_user())
    with pytest.raises(CannotPay):
        payouts.approve(batch.pk, make_user())
    assert len(payouts.gather()[0]) == 1


# -- How it ends ----------------------------------------------------------------------------------------------------


def test_what_arrived_is_paid_once_and_the_batch_settled():
    artisan = make_payable()
    batch = make_sent(artisan.partner)
    payout = batch.payouts.get()
    assert [mark_paid(payout.pk), mark_paid(payout.pk)] == [True, False]
    batch.refresh_from_db()
    assert (of(artisan).paid_out, of(artisan).in_transit, batch.status) == (Decimal(100000), 0, PayoutBatch.SETTLED)


@pytest.mark.parametrize("arrived_first", [False, True])
def test_what_came_back_is_in_the_balance_again_once(arrived_first):
    artisan = make_payable()
    payout = make_sent(artisan.partner).payouts.get()
    if arrived_first:
        mark_paid(payout.pk)
    assert [mark_bounced(payout.pk, "AC04"), mark_bounced(payout.pk, "AC04")] == [True, False]
    assert (of(artisan).available, of(artisan).in_transit, of(artisan).paid_out) == (Decimal(100000), 0, 0)
    assert not mark_paid(payout.pk)
    assert set(sums().values()) == {0}


def test_a_bounce_says_why_in_the_makers_language(mailoutbox, django_capture_on_commit_callbacks):
    artisan = make_payable(user=make_user("maker@example.org", language="en"))
    payout = make_sent(artisan.partner).payouts.get()
    with django_capture_on_commit_callbacks(execute=True):
        mark_bounced(payout.pk, "AC04", "KONTO ERLOSCHEN")
    assert "This account is closed. Please give another one." in mailoutbox[-1].body


def test_after_a_closed_account_nothing_goes_there_again_until_it_is_changed():
    artisan = make_payable()
    mark_bounced(make_sent(artisan.partner).payouts.get().pk, "AC04")
    assert obstacle(artisan) == "bounced"
    save_bank(artisan, ready=True)
    assert obstacle(artisan) == ""


def test_after_a_mistake_of_ours_the_same_way_is_tried_again():
    artisan = make_payable()
    mark_bounced(make_sent(artisan.partner).payouts.get().pk, "DUPL")
    assert obstacle(artisan) == ""


def test_the_next_way_is_offered_and_taken():
    artisan = make_payable()
    office = CashOffice.objects.create(country="KZ", currency="KZT", name="Office", place="Almaty", agent=make_user())
    cash = payees.save_details(
        payees.payee_for(artisan.partner), "cash", "KZT", {"holder": "A", "document": "N1", "office": office.pk},
        country="KZ", number="N123", label="Office", person=None,
    )  # fmt: skip
    payout = make_sent(artisan.partner).payouts.get()
    mark_bounced(payout.pk, "AC04")
    payout.refresh_from_db()
    assert payouts.next_ways(payout) == []
    cash.hold_until = timezone.now()
    cash.save()
    assert payouts.next_ways(payout) == ["cash"]
    again = payouts.try_next(payout, "cash")
    assert (again.after, again.amount, again.rail) == (payout, payout.amount, "cash")


def test_members_of_a_cooperative_are_paid_through_it_each_from_their_own():
    union = make_payable("union")
    payee = payees.payee_for(union.partner)
    members = [make_artisan(country="KZ", currency="KZT") for _member in range(2)]
    for number, artisan in enumerate(members, start=1):
        member = payees.ask_to_join(artisan.partner, payee, None)
        payees.accept_member(member, None)
        type(member).objects.update(hold_until=timezone.now())
        give_money(artisan.partner, f"{number}0000.00")
    batch = make_sent(*(artisan.partner for artisan in members))
    assert {(p.partner_id, p.payee_id, p.amount) for p in batch.payouts.all()} == {
        (members[0].partner_id, payee.pk, Decimal(10000)),
        (members[1].partner_id, payee.pk, Decimal(20000)),
    }
    assert [of(artisan).in_transit for artisan in members] == [Decimal(10000), Decimal(20000)]
    assert of(union).available == Decimal(100000)
