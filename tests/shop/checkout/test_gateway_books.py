"""What the ledger says lies at Stripe is what Stripe says lies there, line by line, whatever currency it keeps."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from shop.checkout.payments import open_page
from shop.checkout.replaying import replay
from shop.settlement import refunding
from shop.settlement.ledger import platform_totals
from shop.settlement.models import Account, Refund
from shop.settlement.reconciliation import reconcile
from shop.settlement.verifying import verify
from tests.factories import make_artisan, make_listing
from tests.shop.checkout.conftest import stripe_place
from tests.shop.settlement.money import sums

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(stripe, rates, deliver):
    """An order in tenge, paid; Stripe keeps dollars, and the tenge has fallen since."""
    order = stripe_place(make_listing(make_artisan(currency="KZT"), price="50000"), currency="KZT")
    open_page(order.payments.get())
    stripe.pay(order.payments.get().reference)
    deliver()
    stripe.per_usd["kzt"] = 520
    return order


def give_back(order, amount: str, key: str) -> Refund:
    refund = refunding.open_refund(order.payments.get(), Decimal(amount), key=key, reason="broken")
    refunding.send_refund(refund)
    return Refund.objects.get(key=key)


def at_stripe(stripe) -> Decimal:
    return Decimal(sum(line["net"] for line in stripe.all("balance_transaction"))) / 100


def in_our_books() -> dict[str, Decimal]:
    return {currency: amount for currency, amount in platform_totals()[Account.CASH].items() if amount}


def check(stripe) -> None:
    assert in_our_books() == {"USD": at_stripe(stripe)}
    rows = reconcile(timezone.now() - timedelta(days=1))
    assert len(rows) == len(stripe.all("balance_transaction"))
    assert [(row.booking.kind, row.difference) for row in rows if row.state != "matched"] == []
    assert not any(sums().values()) and verify().problems == []


def test_a_refund_is_booked_as_stripe_exchanged_it(stripe, order, deliver):
    before = platform_totals()[Account.EXCHANGE]["USD"]
    give_back(order, "5200", "r-1")
    check(stripe)
    # 5,200 tenge were worth 10.40 dollars when they came, 10.00 when they went: 0.40 stays on the exchange account.
    assert platform_totals()[Account.EXCHANGE]["USD"] - before == Decimal("10.00")


def test_a_refund_that_failed_came_back_at_another_rate(stripe, order, deliver):
    refund = give_back(order, "5200", "r-1")
    stripe.per_usd["kzt"] = 540
    stripe.change_refund(refund.reference, "failed", "expired_or_canceled_card")
    deliver()
    deliver()
    check(stripe)


def test_a_refund_whose_line_is_not_there_yet_is_asked_for_again(stripe, order, deliver):
    from shop.outbox.models import Message
    from shop.outbox.services import deliver_due

    stripe.refunds_become = "pending"
    make_line, stripe._book = stripe._book, lambda *arguments: None
    refund = give_back(order, "5200", "r-1")
    stripe._book = make_line
    assert in_our_books() != {"USD": at_stripe(stripe)}
    thing = stripe.things[refund.reference]
    thing["balance_transaction"] = stripe._book("refund", thing, -thing["amount"])
    Message.objects.filter(done=None).update(due=timezone.now())
    deliver_due()
    check(stripe)


@pytest.mark.parametrize("end", ["won", "lost"])
def test_a_dispute_is_booked_with_its_fee(stripe, order, deliver, end):
    fees = platform_totals()[Account.GATEWAY_FEES]["USD"]
    made = stripe.dispute(stripe.all("checkout.session")[0]["id"])
    deliver()
    check(stripe)
    stripe.per_usd["kzt"] = 480
    stripe.decide(made["id"], end)
    deliver()
    deliver()
    check(stripe)
    kept = platform_totals()[Account.GATEWAY_FEES]["USD"] - fees
    assert kept == (Decimal("15.00") if end == "lost" else 0)


def test_stripes_payout_to_our_bank_leaves_its_balance_and_comes_back(stripe, order, deliver):
    payout = stripe.pay_out(5000)
    deliver()
    check(stripe)
    assert platform_totals()[Account.BANK]["USD"] == Decimal("50.00")
    stripe.bounce_payout(payout["id"])
    deliver()
    deliver()
    check(stripe)
    assert not platform_totals()[Account.BANK]["USD"]


def test_a_payout_of_a_makers_own_account_is_not_ours(stripe, order, deliver):
    stripe.tell("payout.paid", {"id": "po_theirs", "object": "payout"}, account="acct_1")
    deliver(stripe.events[-1])
    check(stripe)


def test_in_any_order_of_its_messages_the_cash_is_stripes(stripe, order, deliver):
    page = stripe.all("checkout.session")[0]["id"]
    intent = stripe.things[page]["payment_intent"]
    for amount in ("300000", "200000"):
        refund = stripe._refund({"payment_intent": intent, "amount": amount})
    stripe.change_refund(refund["id"], "failed", "expired_or_canceled_card")
    stripe.bounce_payout(stripe.pay_out(2000)["id"])
    stripe.pay_out(1000)
    stripe.decide(stripe.dispute(page)["id"], "won")
    events = list(stripe.events)

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(st.permutations(events), st.lists(st.sampled_from(events), max_size=5))
    def told(order_of_events, again):
        with transaction.atomic():
            deliver(*order_of_events, *again)
            replay()
            assert in_our_books() == {"USD": at_stripe(stripe)}
            transaction.set_rollback(True)

    told()
