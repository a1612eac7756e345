from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from shop.settlement import booking, guards
from shop.settlement.models import Dispute, Entry, Payment, Payout, Refund
from shop.settlement.verifying import ledger_hash, verify
from tests.factories import make_artisan, make_listing, pay, place
from tests.shop.settlement.accounts import make_payable, make_sent
from tests.shop.settlement.money import dispute_of, refund_of

pytestmark = [pytest.mark.usefixtures("rates"), pytest.mark.django_db]


@pytest.fixture
def order():
    order = place(make_listing(make_artisan("one")))
    pay(order)
    return order


def by_hand(statement: str) -> None:
    """Someone with the database's password changes the books, and puts the guards back."""
    with connection.cursor() as cursor:
        for name in guards.expected(connection.vendor):
            table = next(table for table in guards.TABLES if name.startswith(table))
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{on}")
        cursor.execute(statement)
        for again in guards.statements(connection.vendor):
            cursor.execute(again)


def run() -> tuple[int, list[str], str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_ledger", stdout=out, stderr=err)
    except SystemExit as stop:
        return stop.code, out.getvalue().splitlines(), err.getvalue()
    return 0, out.getvalue().splitlines(), err.getvalue()


def test_good_books_have_a_line_per_currency_and_a_hash(order):
    booking.book_refund(refund_of(order, (1, "4", "0")))
    booking.book_dispute_opened(dispute_of(order, "3"))
    code, lines, problems = run()
    assert (code, problems) == (0, "")
    assert [line.split(":")[0] for line in lines[:-1]] == ["USD", "UZS"]
    assert lines[-1] == ledger_hash() and len(lines[-1]) == 64


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE settlement_posting SET amount = amount + 1 WHERE amount > 100", "is off by 1.00 UZS"),
        ("UPDATE settlement_parcelsplit SET net = net + 1", "does not add up"),
        ("UPDATE settlement_parcelsplit SET net = net + 1, commission = commission - 1", "not what the splits"),
        ("UPDATE settlement_parcelsplit SET net = net + 1, commission = commission - 1", "pending of maker"),
        ("UPDATE settlement_payment SET status = 'open'", "without a paid payment"),
    ],
)
def test_books_changed_by_hand_are_found(order, statement, problem):
    before = ledger_hash()
    by_hand(statement)
    code, lines, problems = run()
    assert code == 1 and problem in problems
    assert "posting" not in statement or lines[-1] != before


def test_a_paid_order_without_an_entry_is_found(order):
    other = place(make_listing(make_artisan("two")))
    Payment.objects.filter(order=other).update(status=Payment.PAID)
    assert verify().problems == [f"order {other.number} is paid without an entry of its sale"]


def _stray(order):
    Payment.objects.create(
        order=order, attempt=2, gateway="sandbox", key="K2", amount=7, currency="USD", status="refunded"
    )
    return ["payment K2 is not needed without its entry"]


def _refund(order):
    fields = {"payment": order.payments.get(), "currency": "USD", "amount": Decimal(3)}
    Refund.objects.create(order=order, key="R1", status="pending", **fields)
    Refund.objects.create(order=order, key="R2", status="requested", **fields)
    Refund.objects.create(order=order, key="R3", status="failed", **fields)
    return ["refund R1 is pending without its entry"]


def _failed_refund(order):
    refund = Refund.objects.create(
        order=order, payment=order.payments.get(), key="R1", amount=Decimal(3), currency="USD"
    )
    booking.book_refund(refund)
    Refund.objects.update(status="failed")
    return ["refund R1 is failed without its entry refund-failed-"]


def _dispute(order):
    fields = {"payment": order.payments.get(), "currency": "USD", "amount": Decimal(3)}
    opened = Dispute.objects.create(reference="du_1", status=Dispute.LOST, **fields)
    booking.book_dispute_opened(opened)
    for status in (Dispute.WON, Dispute.INQUIRY):
        Dispute.objects.create(reference=f"du_{status}", status=status, **fields)
    return [
        f"du_1 is lost without its entry dispute-lost-{opened.pk}",
        "du_won is won without",
        "du_won is won without",
    ]


def _changed_dispute(order):
    fields = {"payment": order.payments.get(), "currency": "USD", "status": Dispute.NEEDS_ANSWER}
    dispute = Dispute.objects.create(reference="du_1", amount=Decimal(3), **fields)
    booking.book_dispute_opened(dispute)
    Dispute.objects.update(amount=4)
    return [f"its entry dispute-{dispute.pk} moved 3.00 instead of 4.00 USD"]


def _payouts(order):
    sent = [make_sent(make_payable().partner).payouts.get() for _payout in range(2)]
    for payout, status in zip(sent, ("paid", "bounced"), strict=True):
        Payout.objects.filter(pk=payout.pk).update(status=status)
    return [f"is paid without its entry payout-paid-{sent[0].pk}", f"without its entry payout-bounced-{sent[1].pk}"]


@pytest.mark.parametrize("happen", [_stray, _refund, _failed_refund, _dispute, _changed_dispute, _payouts])
def test_what_happened_and_was_not_booked_is_found(order, happen):
    wanted = happen(order)
    found = verify().problems
    assert len(found) == len(wanted)
    assert all(text in problem for text, problem in zip(wanted, found, strict=True)), found


def test_a_missing_guard_is_found(order):
    with connection.cursor() as cursor:
        on = " ON settlement_posting" if connection.vendor == "postgresql" else ""
        name = "settlement_posting_no_change" if on else "settlement_posting_no_delete"
        cursor.execute(f"DROP TRIGGER {name}{on}")
    assert verify().problems == [f"guard {name} is missing"]


def test_a_refund_that_does_not_match_what_it_took_is_found(order):
    refund = refund_of(order, (1, "4", "0"))
    booking.book_refund(refund)
    by_hand("UPDATE settlement_splitchange SET commission = commission + 5, goods = goods + 5")
    assert f"refund-{refund.pk} is not what it took out of the splits" in verify().problems
    assert Entry.objects.filter(kind=Entry.REFUND).exists()
