from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from shop.currency.money import BadAmount
from shop.settlement import guards
from shop.settlement.ledger import Balance, Cause, Leg, Unbalanced, balances, booked_at, post
from shop.settlement.models import Entry, Posting
from tests.factories import make_artisan

pytestmark = pytest.mark.django_db
CAUSE = Cause(Entry.ADJUSTMENT)


def entry(amount: str = "10", key: str = "k", currency: str = "USD", partner=None):
    there = partner or make_artisan().partner
    amount = Decimal(amount)
    return post(key, CAUSE, [Leg("available", currency, -amount, there), Leg("adjustments", currency, amount)])


def test_an_entry_is_written_with_its_postings():
    assert sorted(str(p.amount) for p in entry().postings.all()) == ["-10.00", "10.00"]


def test_the_same_key_gives_the_same_entry_and_writes_nothing():
    first = entry("10")
    assert entry("25") == first
    assert Posting.objects.count() == 2


def test_what_is_not_balanced_is_not_written():
    with pytest.raises(Unbalanced, match="k is off by 1.00 USD"):
        post("k", CAUSE, [Leg("cash", "USD", Decimal("10")), Leg("refunds", "USD", Decimal("-9"))])
    assert not Entry.objects.exists()


def test_each_currency_balances_by_itself():
    with pytest.raises(Unbalanced, match="10.00 EUR, -10.00 USD"):
        post("k", CAUSE, [Leg("cash", "EUR", Decimal("10")), Leg("refunds", "USD", Decimal("-10"))])


@pytest.mark.parametrize(("amount", "currency"), [("0.001", "USD"), ("0.5", "JPY"), ("NaN", "USD"), ("1", "KWD")])
def test_amounts_finer_than_their_currency_are_refused(amount, currency):
    with pytest.raises(BadAmount):
        entry(amount, currency=currency)
    assert not Entry.objects.exists()


def test_legs_on_one_account_are_added_up_and_nothing_is_left_out():
    legs = [Leg("cash", "USD", Decimal(1)), Leg("cash", "USD", Decimal(2)), Leg("refunds", "USD", Decimal(-3))]
    posted = post("k", CAUSE, [*legs, Leg("bank", "USD", Decimal(0))])
    assert posted.postings.count() == 2


def test_what_happened_before_is_dated_so():
    before = timezone.now() - timedelta(days=9)
    with booked_at(before):
        assert entry().created == before
    assert entry(key="now").created > before


def test_balances_of_a_maker_take_one_query(django_assert_num_queries):
    partner = make_artisan().partner
    entry("10", "a", "USD", partner)
    entry("-7", "b", "UZS", partner)
    with django_assert_num_queries(1):
        found = balances(partner)
    assert found == {"USD": Balance(available=Decimal("10.00")), "UZS": Balance(negative=Decimal("7.00"))}


@pytest.mark.parametrize("what", ["UPDATE {} SET id = id", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["settlement_account", "settlement_entry", "settlement_posting"])
def test_the_database_refuses_to_change_the_books(table, what):
    entry()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(what.format(table))


def test_every_guard_is_there_after_all_migrations():
    assert guards.missing(connection) == set()


def test_a_missing_guard_is_seen():
    on = " ON settlement_entry" if connection.vendor == "postgresql" else ""
    name = "settlement_entry_no_change" if connection.vendor == "postgresql" else "settlement_entry_no_update"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on}")
    assert guards.missing(connection) == {name}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no deferred triggers")
def test_postgresql_refuses_an_entry_that_is_not_balanced():
    made = entry()
    account = made.postings.first().account
    other = Entry.objects.create(key="by hand", kind=Entry.ADJUSTMENT)
    Posting.objects.create(entry=other, account=account, amount=Decimal(5))
    with pytest.raises(DatabaseError, match="not balanced"):
        connection.check_constraints()
