"""Stripe's messages: believed only when signed, kept once, in any order, any number of times, the same in the end."""

import time
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from shop.checkout.gateway import GatewayDown
from shop.checkout.replaying import replay
from shop.settlement import evidence, refunding
from shop.settlement.models import (
    Dispute,
    Entry,
    GatewayRecord,
    Payment,
    PaymentCharge,
    Posting,
    Refund,
    WebhookEvent,
)
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid(stripe, stripe_order, page, deliver):
    """The order, paid and told so."""
    stripe.pay(page)
    deliver()
    stripe.events.clear()
    stripe_order.refresh_from_db()
    return stripe_order


def give_back(order, amount: str = "5.00", key: str = "r-1") -> Refund:
    """A refund made by the shop, and sent."""
    refund = refunding.open_refund(order.payments.get(), Decimal(amount), key=key, reason="broken")
    refunding.send_refund(refund)
    refund.refresh_from_db()
    return refund


# -- What is believed -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "signing",
    [{"secret": "whsec_of_somebody_else"}, {"at": int(time.time()) - 301}],
    ids=["wrong secret", "older than five minutes"],
)
def test_a_forged_or_old_message_is_refused_and_not_kept(stripe, stripe_order, page, deliver, signing):
    stripe.pay(page)
    assert deliver(**signing).status_code == 400
    assert not WebhookEvent.objects.exists() and Payment.objects.get().status == Payment.OPEN


@pytest.mark.parametrize("signature", ["", "t=1", "v1=abc", "nonsense"])
def test_a_message_without_a_signature_is_refused(stripe, db, client, signature):
    answer = client.post("/webhooks/stripe/", b"{}", "application/json", headers={"Stripe-Signature": signature})
    assert answer.status_code == 400 and not WebhookEvent.objects.exists()


def test_nothing_is_believed_while_no_secret_is_set(stripe, stripe_order, page, deliver, settings):
    settings.STRIPE_WEBHOOK_SECRET = ""
    stripe.pay(page)
    assert deliver(secret="").status_code == 400


def test_a_secret_is_changed_with_the_old_one_beside_the_new(stripe, stripe_order, page, deliver, settings):
    settings.STRIPE_WEBHOOK_SECRET = f"whsec_new, {settings.STRIPE_WEBHOOK_SECRET}"
    stripe.pay(page)
    assert deliver().status_code == 200
    assert deliver(secret="whsec_new").status_code == 200
    assert deliver(secret="").status_code == 400


@pytest.mark.parametrize("body", [b"[]", b"{}", b'{"object": "event"}', b'{"object": "event", "data": {"object": 3}}'])
def test_a_signed_message_that_is_no_event_is_refused(stripe, db, client, body):
    from shop.checkout.signing import sign
    from tests.live.stripe import WEBHOOK_SECRET

    headers = {"Stripe-Signature": sign(body, WEBHOOK_SECRET)}
    assert client.post("/webhooks/stripe/", body, "application/json", headers=headers).status_code == 400


def test_there_is_no_stripe_door_without_a_key(stripe, db, client, settings):
    settings.STRIPE_SECRET_KEY = ""
    assert client.post("/webhooks/stripe/", b"{}", "application/json").status_code == 404


def test_a_message_of_another_shop_on_the_same_account_is_kept_and_changes_nothing(stripe, stripe_order, page, deliver):
    stripe.things["cs_theirs"] = {**stripe.things[page], "id": "cs_theirs", "metadata": {}, "intent_metadata": {}}
    stripe.pay("cs_theirs")
    assert deliver().status_code == 200
    assert WebhookEvent.objects.exists() and not WebhookEvent.objects.filter(handled=None).exists()
    assert Payment.objects.get().status == Payment.OPEN


def test_an_unknown_kind_is_kept_and_changes_nothing(stripe, paid, deliver):
    stripe.tell("radar.early_fraud_warning.dreamt", {"id": "issfr_1", "object": "radar.early_fraud_warning"})
    assert deliver().status_code == 200
    assert WebhookEvent.objects.get(kind__contains="dreamt").handled


# -- In any order, any number of times --------------------------------------------------------------------------------


def state() -> tuple:
    """Everything that messages may change."""
    return (
        sorted(Payment.objects.values_list("key", "status")),
        sorted(Refund.objects.values_list("reference", "status", "amount", "error")),
        sorted(Dispute.objects.values_list("reference", "status")),
        sorted(PaymentCharge.objects.values_list("reference", "fee")),
        sorted(Entry.objects.values_list("kind", flat=True)),
        balances(),
    )


def told_in(order_of_events: list[int], stripe, deliver) -> tuple:
    """The state after these events (numbers into what happened), then undone."""
    from django.db import transaction

    events = list(stripe.events)
    with transaction.atomic():
        undo = transaction.savepoint()
        deliver(*(events[number % len(events)] for number in order_of_events))
        replay()
        found = state()
        transaction.savepoint_rollback(undo)
    return found


def test_any_order_and_repetition_of_what_happened_ends_the_same(stripe, stripe_order, page, deliver):
    """A declined card, a payment, a refund made by hand, a refund that fails later and a lost dispute."""
    stripe.pay(page, "0002")
    stripe.pay(page, "3155")
    intent = stripe.things[page]["payment_intent"]
    for amount in ("300", "200"):
        refund = stripe._refund({"payment_intent": intent, "amount": amount})
    stripe.change_refund(refund["id"], "failed", "expired_or_canceled_card")
    stripe.decide(stripe.dispute(page)["id"], "lost")
    events = range(len(stripe.events))
    expected = told_in(list(events), stripe, deliver)
    assert [status for _key, status in expected[0]] == ["paid"]
    assert [status for _reference, status, *_rest in expected[1]] == ["succeeded", "failed"]
    assert [status for _reference, status in expected[2]] == ["lost"]

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(st.permutations(list(events)), st.lists(st.sampled_from(list(events)), max_size=8))
    def check(order_of_events, again):
        assert told_in(order_of_events + again, stripe, deliver) == expected

    check()


# -- Refunds ----------------------------------------------------------------------------------------------------------


def test_a_refund_is_told_and_settled_once(stripe, paid, deliver):
    stripe.refunds_become = "pending"
    refund = give_back(paid)
    assert refund.status == Refund.PENDING
    stripe.change_refund(refund.reference, "succeeded")
    deliver()
    deliver()
    assert Refund.objects.get().status == Refund.SUCCEEDED
    assert Entry.objects.filter(kind=Entry.REFUND).count() == 1


def test_a_refund_tried_again_after_a_day_is_made_once(stripe, paid):
    """Its answer was lost, and Stripe has forgotten the key."""
    stripe.cut_after("/v1/refunds")
    with pytest.raises(GatewayDown):
        give_back(paid)
    stripe.answers.clear()
    Refund.objects.update(created=timezone.now() - timedelta(hours=24))
    refunding.send_refund(Refund.objects.get())
    assert len(stripe.all("refund")) == 1 and Refund.objects.get().status == Refund.SUCCEEDED


def test_a_refund_that_fails_later_leaves_everything_as_it_was(stripe, paid, deliver):
    from tests.shop.settlement.money import sums

    before = balances()
    refund = give_back(paid)
    assert balances() != before
    stripe.change_refund(refund.reference, "failed", "expired_or_canceled_card")
    deliver()
    deliver()
    refund.refresh_from_db()
    assert (refund.status, refund.error, balances()) == ("failed", "expired_or_canceled_card", before)
    assert refunding.left_to_refund(refund.payment) == refund.payment.amount
    assert set(sums().values()) == {Decimal("0.00")}


def balances() -> dict:
    from django.db.models import Sum

    names = ("account__kind", "account__currency", "account__partner")
    rows = Posting.objects.values_list(*names).annotate(sum=Sum("amount")).order_by()
    return {tuple(account): total for *account, total in rows if total}


def test_a_refund_that_stripe_refuses_leaves_everything_as_it_was(stripe, paid):
    stripe.dispute(stripe.all("checkout.session")[0]["id"])
    before = balances()
    refund = give_back(paid)
    assert (refund.status, refund.error, balances()) == ("failed", "charge_disputed", before)


def test_a_refund_made_by_hand_at_stripe_is_written_down(stripe, paid, deliver):
    stripe._refund({"payment_intent": stripe.all("payment_intent")[0]["id"], "amount": "700"})
    deliver()
    refund = Refund.objects.get()
    assert (refund.by_hand, refund.status, refund.amount) == (True, "succeeded", Decimal("7.00"))


# -- Disputes ---------------------------------------------------------------------------------------------------------


def test_a_dispute_is_written_down_with_its_deadline_and_ends_once(stripe, paid, deliver):
    made = stripe.dispute(stripe.all("checkout.session")[0]["id"])
    deliver()
    dispute = Dispute.objects.get()
    assert (dispute.status, dispute.amount) == (Dispute.NEEDS_ANSWER, paid.total_incl_tax)
    assert int(dispute.due_by.timestamp()) == made["evidence_details"]["due_by"]
    stripe.decide(made["id"], "won")
    deliver()
    deliver(*reversed(stripe.events))
    dispute.refresh_from_db()
    assert dispute.status == Dispute.WON and dispute.closed_at
    assert list(Entry.objects.filter(kind__startswith="dispute").values_list("kind", flat=True)) == [
        "dispute_opened",
        "dispute_won",
    ]


def test_an_inquiry_freezes_nothing(stripe, paid, deliver):
    made = stripe.dispute(stripe.all("checkout.session")[0]["id"])
    for status in ("warning_needs_response", "warning_closed"):
        stripe.things[made["id"]]["status"] = status
        deliver()
    assert Dispute.objects.get().status == Dispute.INQUIRY
    WebhookEvent.objects.update(handled=None)
    replay()
    assert Dispute.objects.get().status == Dispute.CLOSED
    assert not Entry.objects.filter(kind__startswith="dispute").exists()


def test_a_dispute_is_answered_once(stripe, paid):
    from shop.checkout.stripe import StripeGateway

    made = stripe.dispute(stripe.all("checkout.session")[0]["id"])
    facts = StripeGateway().submit_evidence(made["id"], {"shipping_tracking_number": "CC12"}, key="evidence-1")
    assert facts.status == Dispute.UNDER_REVIEW
    assert stripe.things[made["id"]]["evidence"] == {"shipping_tracking_number": "CC12"}


def test_pictures_are_handed_in_once_before_the_answer_names_them(stripe, paid, deliver):
    made = stripe.dispute(stripe.all("checkout.session")[0]["id"])
    deliver()
    stripe.cut_after("/v1/disputes/" + made["id"])
    answer = ({"customer_name": "A"}, make_user(), {"shipping_documentation": b"\xff\xd8 picture"})
    with pytest.raises(GatewayDown):
        evidence.submit(Dispute.objects.get(), *answer)
    assert evidence.submit(Dispute.objects.get(), *answer).status == Dispute.UNDER_REVIEW
    file = stripe.all("file")[0]
    assert stripe.things[made["id"]]["evidence"] == {"customer_name": "A", "shipping_documentation": file["id"]}
    assert [one["file"] for one in stripe.files] == [b"\xff\xd8 picture"] and file["purpose"] == "dispute_evidence"


# -- What else there is -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "thing"),
    [
        ("payout.paid", {"id": "po_1", "object": "payout", "status": "paid", "amount": 100, "currency": "usd"}),
        ("transfer.reversed", {"id": "tr_1", "object": "transfer", "reversed": True}),
        ("account.updated", {"id": "acct_1", "object": "account", "payouts_enabled": True}),
    ],
)
def test_what_stripe_says_of_payouts_transfers_and_accounts_is_kept_newest_first(stripe, db, deliver, kind, thing):
    newer = stripe.tell(kind, thing, created=2000)
    older = stripe.tell(kind.split(".")[0] + ".created", {**thing, "status": "pending"}, created=1000)
    deliver(newer, older, newer)
    record = GatewayRecord.objects.get()
    assert (record.about, record.reference, record.kind, record.facts) == (thing["object"], thing["id"], kind, thing)


def test_a_message_that_only_names_its_object_is_kept_too(stripe, db, deliver):
    """The second version of Stripe's API sends these (outbound payments)."""
    thin = {
        "id": "evt_2", "object": "v2.core.event", "type": "v2.money_management.outbound_payment.posted",
        "created": "2026-11-01T10:00:00.000Z", "livemode": False,
        "related_object": {"id": "obp_1", "type": "v2.money_management.outbound_payment", "url": "/v2/…"},
    }  # fmt: skip
    assert deliver(thin).status_code == 200
    assert (GatewayRecord.objects.get().about, GatewayRecord.objects.get().reference) == (
        "v2.money_management.outbound_payment",
        "obp_1",
    )


def test_who_listens_to_payouts_hears_of_them(stripe, db, deliver, monkeypatch):
    from shop.checkout import events

    heard = []
    monkeypatch.setattr(events, "_listeners", {"payout": [heard.append]})
    stripe.tell("payout.failed", {"id": "po_1", "object": "payout"})
    deliver()
    assert [event.kind for event in heard] == ["payout.failed"]


# -- Again ------------------------------------------------------------------------------------------------------------


def test_what_could_not_be_handled_is_replayed(stripe, paid, deliver):
    made = stripe.dispute(stripe.all("checkout.session")[0]["id"])
    stripe.down = True
    deliver()
    assert not Dispute.objects.exists()
    assert "GatewayDown" in WebhookEvent.objects.get(handled=None).error
    stripe.down = False
    out = StringIO()
    call_command("replay_webhooks", stdout=out)
    assert Dispute.objects.get().reference == made["id"]
    assert "handled: 1, failed: 0" in out.getvalue()


def test_replaying_everything_changes_nothing(stripe, paid, deliver):
    before = state()
    call_command("replay_webhooks", "--all", stdout=StringIO())
    assert state() == before


def test_only_what_is_meant_is_replayed(stripe, paid, deliver):
    count = WebhookEvent.objects.filter(kind__startswith="payment_intent.").count()
    assert replay(kind="payment_intent", handled_too=True) == (count, [])
    assert replay(event_id=WebhookEvent.objects.first().event_id, handled_too=True) == (1, [])
    assert replay() == (0, [])


def test_a_replay_that_fails_says_so(stripe, paid, deliver):
    stripe.tell("charge.dispute.created", {"id": "du_gone", "object": "dispute", "metadata": {}})
    deliver()
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("replay_webhooks", stdout=out)
    assert "resource_missing" in out.getvalue()
