"""Stripe's two rails: asked once for each payout, told how it ended, booked out of Stripe's balance."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from shop.checkout import stripe
from shop.checkout.gateway import GatewayDown, Refused
from shop.checkout.stripe_reading import OutboundPayment
from shop.outbox.models import Message
from shop.outbox.services import deliver
from shop.settlement import payees
from shop.settlement.booking import book_adjustment
from shop.settlement.ledger import balances, total
from shop.settlement.models import Account, GatewayRecord, Payout, PayoutDetails, RailRule, WebhookEvent
from shop.settlement.payout_plans import is_stopped, plan
from shop.settlement.rails import stripe_connect, stripe_global
from tests.factories import make_artisan, make_user
from tests.shop.settlement.accounts import give_money, make_sent
from tests.shop.settlement.money import sums

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rates")]


class Asked(list):
    """Calls to one function of `shop.checkout.stripe`, answered in turn; an exception is raised."""

    def __init__(self, monkeypatch, name: str, *answers):
        super().__init__()
        self.answers = list(answers)
        monkeypatch.setattr(stripe, name, self)

    def __call__(self, *args, **kwargs):
        self.append((args, kwargs))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def make_stripe_payout(rail: str, country: str, currency: str, amount: str) -> Payout:
    artisan = make_artisan(country=country, currency=currency)
    RailRule.objects.update_or_create(country=country, currency=currency, rail=rail, defaults={"reason": "test"})
    payees.save_details(
        payees.payee_for(artisan.partner), rail, currency, {"number": "acct_123", "holder": "A"},
        country=country, number="acct_123", label="Stripe", person=None,
    )  # fmt: skip
    details = PayoutDetails.objects.get()
    details.hold_until = details.created
    details.save()
    give_money(artisan.partner, amount)
    return make_sent(artisan.partner).payouts.get()


def carry(kind: str) -> bool:
    return deliver(Message.objects.get(kind=kind, done=None).pk)


def of(payout: Payout):
    return balances(payout.partner)[payout.currency]


# -- Transfers ------------------------------------------------------------------------------------------------------


@pytest.fixture
def transferred():
    return make_stripe_payout("stripe_connect", "DE", "EUR", "80.00")


def test_nothing_goes_to_an_account_that_stripe_pays_nothing_out_of(transferred):
    give_money(transferred.partner, "20.00")
    told = GatewayRecord.objects.create(
        gateway="stripe", about="account", reference="acct_123", kind="account.updated",
        facts={"payouts_enabled": False}, happened=timezone.now(),
    )  # fmt: skip
    assert plan(transferred.partner, "EUR", of(transferred)).code == "closed" and is_stopped(transferred)
    told.facts = {"payouts_enabled": True}
    told.save()
    assert plan(transferred.partner, "EUR", of(transferred)).amount == 20 and not is_stopped(transferred)


def test_a_transfer_carries_the_payouts_key_through_a_cut_line(monkeypatch, transferred):
    asked = Asked(monkeypatch, "create_transfer", GatewayDown("cut"), "tr_1")
    assert [carry("payout-transfer"), carry("payout-transfer")] == [False, True]
    assert [call[1]["key"] for call in asked] == [transferred.key] * 2
    assert asked[0][0] == ("acct_123", Decimal("80.00"), "EUR")
    transferred.refresh_from_db()
    assert (transferred.status, transferred.reference) == (Payout.PAID, "tr_1")


@pytest.mark.parametrize(("found", "made"), [("tr_old", 0), ("", 1)])
def test_a_transfer_tried_again_after_a_day_is_looked_for_first(monkeypatch, transferred, found, made):
    """Stripe forgets its key after 24 hours."""
    looked = Asked(monkeypatch, "find_transfer", found)
    asked = Asked(monkeypatch, "create_transfer", "tr_1")
    Payout.objects.update(sent_at=timezone.now() - timedelta(hours=24))
    carry("payout-transfer")
    transferred.refresh_from_db()
    assert looked[0][0][:2] == ("acct_123", transferred.key)
    assert (transferred.reference, len(asked)) == (found or "tr_1", made)


def test_a_reversal_that_was_made_already_is_not_made_again(monkeypatch, transferred):
    Asked(monkeypatch, "create_transfer", "tr_1")
    carry("payout-transfer")
    book_adjustment(transferred.partner, Decimal("-30.00"), "EUR", "refunded", make_user())
    looked, asked = Asked(monkeypatch, "find_reversal", "trr_old"), Asked(monkeypatch, "reverse_transfer", "trr_1")
    stripe_connect.take_back()
    carry("payout-reversal")
    assert looked[0][0] == ("tr_1", f"{transferred.key}-back-0.00") and not asked
    assert stripe_connect.taken_back(transferred) == Decimal("30.00")


def test_it_leaves_stripes_balance_and_not_our_bank(monkeypatch, transferred):
    Asked(monkeypatch, "create_transfer", "tr_1")
    carry("payout-transfer")
    assert total(Account.CASH, "EUR") == Decimal("-80.00") and total(Account.BANK, "EUR") == 0
    assert of(transferred).paid_out == Decimal("80.00") and set(sums().values()) == {0}


def test_what_stripe_refuses_is_in_the_balance_again_with_its_reason(monkeypatch, transferred):
    Asked(monkeypatch, "create_transfer", Refused("no such destination"))
    carry("payout-transfer")
    transferred.refresh_from_db()
    assert (transferred.status, transferred.reason_text) == (Payout.BOUNCED, "no such destination")
    assert of(transferred).available == Decimal("80.00")


def test_a_refund_after_the_payout_takes_back_what_is_missing_once(monkeypatch, transferred):
    Asked(monkeypatch, "create_transfer", "tr_1")
    carry("payout-transfer")
    book_adjustment(transferred.partner, Decimal("-30.00"), "EUR", "refunded", make_user())
    Asked(monkeypatch, "find_reversal", "")
    asked = Asked(monkeypatch, "reverse_transfer", "trr_1")
    assert stripe_connect.take_back() == 1
    carry("payout-reversal")
    assert asked[0][0] == ("tr_1", Decimal("30.00"), "EUR")
    assert (of(transferred).negative, of(transferred).paid_out) == (0, Decimal("50.00"))
    assert stripe_connect.take_back() == 0 and len(asked) == 1
    assert stripe_connect.taken_back(transferred) == Decimal("30.00")


def test_an_empty_account_there_stays_below_zero_here(monkeypatch, transferred):
    Asked(monkeypatch, "create_transfer", "tr_1")
    carry("payout-transfer")
    book_adjustment(transferred.partner, Decimal("-30.00"), "EUR", "refunded", make_user())
    Asked(monkeypatch, "find_reversal", "")
    Asked(monkeypatch, "reverse_transfer", Refused("insufficient funds"))
    stripe_connect.take_back()
    assert carry("payout-reversal")
    assert of(transferred).negative == Decimal("30.00")


def test_an_account_is_opened_once_for_a_payee(monkeypatch):
    asked = Asked(monkeypatch, "create_account", "acct_1")
    payee = payees.payee_for(make_artisan(country="DE", currency="EUR").partner)
    for _again in range(2):
        stripe_connect.open_account(payee, "a@example.org")
    assert asked[0] == asked[1]


# -- Global Payouts -------------------------------------------------------------------------------------------------

POSTED = OutboundPayment("obp_1", "posted", "", (Decimal("21.00"), "USD"), (Decimal("10000.00"), "KZT"), "")


@pytest.fixture
def outbound(settings):
    settings.STRIPE_FINANCIAL_ACCOUNT = "fa_1"
    return make_stripe_payout("stripe_global", "KZ", "KZT", "10000.00")


def event() -> WebhookEvent:
    return WebhookEvent(
        gateway="stripe", kind="v2.money_management.outbound_payment.posted", payload={"reference": "obp_1"}
    )


def test_an_outbound_payment_is_on_its_way_until_it_is_posted(monkeypatch, outbound):
    asked = Asked(monkeypatch, "create_outbound_payment", replace(POSTED, status="processing"))
    carry("payout-outbound")
    outbound.refresh_from_db()
    assert (outbound.status, outbound.reference, asked[0][1]["key"]) == (Payout.SENT, "obp_1", outbound.key)
    Asked(monkeypatch, "look_up_outbound_payment", POSTED)
    for _again in range(3):
        stripe_global.follow(event())
    outbound.refresh_from_db()
    assert outbound.status == Payout.PAID
    assert total(Account.CASH, "USD") == Decimal("-21.00")
    assert (total(Account.BANK, "KZT"), total(Account.BANK, "USD"), set(sums().values())) == (0, 0, {0})


@pytest.mark.parametrize(("reason", "code"), [("payout_method_does_not_exist", "AC01"), ("something_new", "NARR")])
def test_what_failed_there_says_why_here(monkeypatch, outbound, reason, code):
    Asked(monkeypatch, "create_outbound_payment", replace(POSTED, status="failed", reason=reason))
    carry("payout-outbound")
    outbound.refresh_from_db()
    assert (outbound.status, outbound.reason_code, outbound.reason_text) == (Payout.BOUNCED, code, reason)
    assert of(outbound).available == Decimal(10000)


def test_what_was_returned_after_it_was_posted_is_back_in_both_books(monkeypatch, outbound):
    Asked(monkeypatch, "create_outbound_payment", POSTED)
    carry("payout-outbound")
    Asked(monkeypatch, "look_up_outbound_payment", replace(POSTED, status="returned"))
    for _again in range(2):
        stripe_global.follow(event())
    assert of(outbound).available == Decimal(10000)
    assert total(Account.CASH, "USD") == 0 and total(Account.BANK, "KZT") == 0
    assert set(sums().values()) == {0}
