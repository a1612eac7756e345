"""Cash changes hands with a receipt that both sides sign, each with a code of their own."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from shop.accounts.models import AuditLine
from shop.outbox.models import Message
from shop.settlement import payees
from shop.settlement.ledger import balances
from shop.settlement.models import CashOffice, CashReceipt, Payout
from shop.settlement.rails import cash
from shop.settlement.rails.cash import BadCode, sign
from tests.factories import make_artisan, make_user
from tests.shop.settlement.accounts import give_money, make_sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rates")]


@pytest.fixture
def receipt():
    artisan = make_artisan(country="KG", currency="KGS", user=make_user("maker@example.org"))
    office = CashOffice.objects.create(
        country="KG", currency="KGS", name="Office", place="Osh", agent=make_user("agent@example.org")
    )
    payees.save_details(
        payees.payee_for(artisan.partner), "cash", "KGS",
        {"holder": "Bermet", "document": "AN1234567", "office": office.pk},
        country="KG", number="AN1234567", label="Office", person=None,
    ).payee.details.update(hold_until=timezone.now())  # fmt: skip
    give_money(artisan.partner, "5000.00")
    make_sent(artisan.partner)
    return CashReceipt.objects.get()


def code(side: str) -> str:
    """The code that was mailed to this side."""
    template = {"maker": "cash_code", "agent": "cash_agent"}[side]
    payload = Message.objects.filter(payload__template=template).latest("pk").payload
    return payload["context"]["code"]


def test_each_side_gets_a_code_and_nobody_the_others(receipt):
    assert re.fullmatch(r"\d{8}", code("maker")) and code("maker") != code("agent")
    mails = {
        m.payload["to"]: m.payload["context"]["code"]
        for m in Message.objects.filter(payload__has_key="template")
        if "code" in m.payload["context"]
    }
    assert mails == {"maker@example.org": code("maker"), "agent@example.org": code("agent")}
    assert code("maker") not in (receipt.maker_code, receipt.agent_code)


@pytest.mark.parametrize("order", [("maker", "agent"), ("agent", "maker")])
def test_with_both_signatures_it_is_paid(receipt, order):
    first, second = order
    sign(receipt.pk, first, code(first), None)
    assert receipt.payout.status == Payout.SENT
    sign(receipt.pk, second, code(second), None)
    receipt.payout.refresh_from_db()
    assert receipt.payout.status == Payout.PAID
    assert balances(receipt.payout.partner)["KGS"].paid_out == Decimal(5000)


def test_one_sides_code_does_not_sign_for_the_other(receipt):
    with pytest.raises(BadCode):
        sign(receipt.pk, "maker", code("agent"), None)


def test_signing_again_changes_nothing(receipt):
    sign(receipt.pk, "maker", code("maker"), None)
    signed = CashReceipt.objects.get().maker_signed_at
    sign(receipt.pk, "maker", "whatever", None)
    assert CashReceipt.objects.get().maker_signed_at == signed


def test_six_wrong_codes_void_the_receipt_and_the_money_is_back(receipt):
    assert _wrong(receipt, "maker", 7) == [5, 4, 3, 2, 1, 0, 0]
    with pytest.raises(BadCode):
        sign(receipt.pk, "maker", code("maker"), None)
    assert balances(receipt.payout.partner)["KGS"].available == Decimal(5000)


def _wrong(receipt, side: str, times: int = 6) -> list[int]:
    """Types a wrong code for this side; the tries left after each."""
    lefts = []
    for _try in range(times):
        with pytest.raises(BadCode) as wrong:
            sign(receipt.pk, side, "00000000", None)
        lefts.append(wrong.value.left)
    return lefts


def test_each_side_has_tries_of_its_own(receipt):
    assert _wrong(receipt, "maker", 5) == [5, 4, 3, 2, 1]
    assert _wrong(receipt, "agent", 1) == [5]


@pytest.mark.parametrize(("signed", "other"), [("agent", "maker"), ("maker", "agent")])
def test_money_that_one_side_signed_for_never_comes_back_by_itself(receipt, signed, other):
    """It may be in the maker's hand: paid again, it would be paid twice."""
    sign(receipt.pk, signed, code(signed), None)
    assert _wrong(receipt, other, 7) == [5, 4, 3, 2, 1, 0, 0]
    CashReceipt.objects.update(expires=timezone.now() - timedelta(minutes=1))
    assert cash.take_back() == 0
    receipt.payout.refresh_from_db()
    assert receipt.payout.status == Payout.SENT
    assert list(cash.to_settle()) == [receipt]


def test_what_both_or_none_signed_for_needs_nobody(receipt):
    assert not cash.to_settle()
    sign(receipt.pk, "agent", code("agent"), None)
    assert not cash.to_settle()
    sign(receipt.pk, "maker", code("maker"), None)
    assert not cash.to_settle()


def test_what_nobody_fetched_is_back_after_two_weeks(receipt):
    assert cash.take_back() == 0
    CashReceipt.objects.update(expires=timezone.now() - timedelta(minutes=1))
    assert [cash.take_back(), cash.take_back()] == [1, 0]
    assert balances(receipt.payout.partner)["KGS"].available == Decimal(5000)


# -- A lost code ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("side", ["maker", "agent"])
def test_a_lost_code_is_replaced_and_worth_nothing_any_more(receipt, side):
    lost, person = code(side), make_user()
    cash.send_again(receipt.pk, side, person)
    with pytest.raises(BadCode):
        sign(receipt.pk, side, lost, None)
    assert getattr(sign(receipt.pk, side, code(side), None), f"{side}_signed_at")
    line = AuditLine.objects.get(action=f"new cash code for {side}")
    assert line.person == person and code(side) not in str(line.detail)


def test_new_codes_give_no_new_tries(receipt):
    for _time in range(2):
        with pytest.raises(BadCode):
            sign(receipt.pk, "maker", "00000000", None)
    before = CashReceipt.objects.get().maker_tries_left
    cash.send_again(receipt.pk, "maker", None)
    assert CashReceipt.objects.get().maker_tries_left == before


def test_new_codes_are_rare(receipt):
    for _time in range(cash.MOST_NEW_CODES):
        cash.send_again(receipt.pk, "maker", None)
        with pytest.raises(cash.NoNewCode):
            cash.send_again(receipt.pk, "maker", None)
        AuditLine.objects.update(created=timezone.now() - cash.BETWEEN_CODES - timedelta(seconds=1))
    with pytest.raises(cash.NoNewCode):
        cash.send_again(receipt.pk, "maker", None)
    cash.send_again(receipt.pk, "agent", None)


@pytest.mark.parametrize("change", [{"expires": timezone.now()}, {"maker_tries_left": 0}], ids=["over", "void"])
def test_what_cannot_be_signed_gets_no_new_code(receipt, change):
    CashReceipt.objects.update(**change)
    with pytest.raises(cash.NoNewCode):
        cash.send_again(receipt.pk, "maker", None)


def test_who_has_signed_gets_no_new_code(receipt):
    sign(receipt.pk, "maker", code("maker"), None)
    with pytest.raises(cash.NoNewCode):
        cash.send_again(receipt.pk, "maker", None)
