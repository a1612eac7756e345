"""What the pretend provider does with a payment that was made: fees, refunds that arrive, are refused or fail,
disputes."""

from decimal import Decimal

import pytest

from shop.sandbox import afterwards
from shop.sandbox.models import SandboxSession
from shop.settlement import refunding
from shop.settlement.models import Dispute, Entry, Payment, PaymentCharge, Refund, WebhookEvent
from tests.factories import make_listing, pay, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rates", "sandbox_posts")]


@pytest.fixture
def paid(django_capture_on_commit_callbacks):
    """An order of 20 US dollars and shipping, paid in the sandbox."""
    with django_capture_on_commit_callbacks(execute=True):
        order = place(make_listing(stock=3), quantity=2)
        pay(order)
    return order


@pytest.fixture
def press(client, paid, django_capture_on_commit_callbacks):
    """Presses a button of the provider's page of the payment."""

    def send(action: str, **values):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(paid.payments.get().page_url, {"action": action, **values}, follow=True)

    return send


@pytest.fixture
def give_back(paid, django_capture_on_commit_callbacks):
    def give(amount: str, key: str = "r-1") -> Refund:
        with django_capture_on_commit_callbacks(execute=True):
            refund = refunding.open_refund(paid.payments.get(), Decimal(amount), key=key, reason="broken")
        refund.refresh_from_db()
        return refund

    return give


def kinds() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("kind", flat=True))


def test_the_fee_is_read_and_booked(paid):
    charge = PaymentCharge.objects.get()
    assert (charge.currency, charge.fee) == (
        "USD",
        (paid.total_incl_tax * Decimal("0.029") + Decimal("0.3")).quantize(Decimal("0.01")),
    )
    assert charge.net == charge.amount - charge.fee and kinds() == ["sale", "fee"]


def test_part_and_rest_can_be_given_back_and_no_more(paid, give_back):
    assert give_back("5.00").status == Refund.SUCCEEDED
    rest = paid.total_incl_tax - 5
    with pytest.raises(refunding.CannotRefund) as refused:
        give_back(str(rest + Decimal("0.01")), "r-2")
    assert refused.value.left == rest and Refund.objects.count() == 1
    assert give_back(str(rest), "r-3").status == Refund.SUCCEEDED
    assert SandboxSession.objects.get().status == "refunded"


def test_the_same_key_is_the_same_refund(paid, give_back):
    assert give_back("5.00") == give_back("5.00")
    assert SandboxSession.objects.get().refunds.count() == 1


@pytest.mark.parametrize("amount", ["0", "-1", "1.005"])
def test_what_is_no_amount_is_refused(paid, give_back, amount):
    with pytest.raises(refunding.CannotRefund):
        give_back(amount)
    assert not Refund.objects.exists()


def test_nothing_is_given_back_of_what_was_not_paid(rates):
    order = place(make_listing())
    with pytest.raises(refunding.CannotRefund):
        refunding.open_refund(order.payments.get(), Decimal("1.00"), key="r-1", reason="broken")


def test_a_line_of_more_than_was_sold_is_refused_before_any_money_moves(paid):
    from shop.settlement.models import RefundLine

    parcel = paid.parcels.get()
    line = RefundLine(parcel=parcel, goods=Decimal("20.01"), own_amount=Decimal("1"), own_currency="UZS")
    with pytest.raises(refunding.CannotRefund):
        refunding.open_refund(paid.payments.get(), Decimal("20.00"), key="r-1", reason="broken", lines=[line])
    assert not Refund.objects.exists() and kinds() == ["sale", "fee"]


def test_a_refused_refund_leaves_everything_as_it_was_with_the_reason(press, give_back):
    press("refunds", way="refuse")
    refund = give_back("5.00")
    assert (refund.status, refund.error, kinds()) == (Refund.FAILED, "refund_refused", ["sale", "fee"])
    assert refunding.left_to_refund(refund.payment) == refund.payment.amount


def test_a_refund_that_fails_later_leaves_everything_as_it_was_with_the_reason(press, give_back):
    press("refunds", way="fail")
    refund = give_back("5.00")
    assert (refund.status, refund.error) == (Refund.FAILED, "expired_or_canceled_card")
    assert refunding.left_to_refund(refund.payment) == refund.payment.amount
    assert "came back" in press("refunds", way="arrive").content.decode()
    assert give_back("5.00", "r-2").status == Refund.SUCCEEDED


@pytest.mark.parametrize(("decision", "status"), [("won", Dispute.WON), ("lost", Dispute.LOST)])
def test_a_dispute_is_opened_and_decided_from_the_page(press, decision, status):
    press("dispute")
    dispute = Dispute.objects.get()
    assert (dispute.status, dispute.amount, bool(dispute.due_by)) == (
        Dispute.NEEDS_ANSWER,
        Payment.objects.get().amount,
        True,
    )
    press("dispute")
    page = press(decision).content.decode()
    dispute.refresh_from_db()
    assert (dispute.status, Dispute.objects.count()) == (status, 1)
    assert f"{decision} by the shop" in page
    assert kinds() == ["sale", "fee", "dispute_opened", f"dispute_{decision}"]


def test_an_answered_dispute_is_under_review(press, django_capture_on_commit_callbacks):
    press("dispute")
    dispute = Dispute.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        afterwards.answer(dispute.reference, {"uncategorized_text": "It was handed over."})
    dispute.refresh_from_db()
    assert dispute.status == Dispute.UNDER_REVIEW


def test_what_was_given_back_whole_cannot_be_disputed(paid, press, give_back):
    give_back(str(paid.total_incl_tax))
    assert "Nothing is left" in press("dispute").content.decode()
    assert not Dispute.objects.exists()


def test_everything_is_told_by_signed_messages(press, give_back):
    give_back("5.00")
    press("dispute")
    press("won")
    assert set(WebhookEvent.objects.values_list("kind", flat=True)) == {
        "refund.created",
        "dispute.created",
        "dispute.closed",
    }
    assert not WebhookEvent.objects.filter(handled=None).exists()


def test_nonsense_leads_back_to_the_shop(press):
    assert "/orders/" in press("dreamt").redirect_chain[0][0] or "/return/" in press("dreamt").redirect_chain[0][0]
    press("refunds", way="dreamt")
    assert SandboxSession.objects.get().refunds_do == "arrive"
