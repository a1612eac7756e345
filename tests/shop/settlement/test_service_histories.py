"""The same promise as `test_histories`, through the services that the shop uses and the gateway's stored messages: told
in any order, late, lost or again, whatever the gateway did ends in the books, which balance and miss nothing."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import settings as site
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shop.checkout import signing
from shop.checkout.events import handle_event
from shop.checkout.gateway import get_gateway
from shop.checkout.webhooks import store
from shop.outbox.models import Message
from shop.sandbox import afterwards, provider
from shop.sandbox.models import SandboxRefund, SandboxSession
from shop.settlement import payouts
from shop.settlement.booking import book_adjustment
from shop.settlement.cancelling import MAKER, cancel
from shop.settlement.giving_back import Asked, give_back, left_of
from shop.settlement.ledger import balances_of
from shop.settlement.models import Entry, Parcel, Payout, PayoutBatch, Refund, Sale, WebhookEvent
from shop.settlement.parcels import WrongState
from shop.settlement.payout_states import mark_bounced, mark_paid
from shop.settlement.payouts import CannotPay
from shop.settlement.refunding import CannotRefund, send_refund
from shop.settlement.releasing import release_when_due
from shop.settlement.verifying import verify
from tests.factories import make_rates, make_user
from tests.shop.settlement.accounts import make_payable
from tests.shop.settlement.money import sums
from tests.shop.settlement.test_histories import History, earned, shares

numbers = st.integers(0, 5)
# What can be paid: a cent at least.
amounts = st.decimals("700", "90000", places=2)
sales = st.tuples(
    st.sampled_from(["USD", "UZS", "KZT"]),
    st.booleans(),
    st.lists(st.tuples(amounts, amounts), min_size=1, max_size=2),
)
events = st.tuples(
    st.sampled_from([
        "told", "told", "told", "told again", "paid twice", "give back", "sent", "sent", "answer lost", "fails",
        "by hand", "overtaken", "disputed", "decided", "called off", "arrived", "arrived", "asked", "gathered",
        "left", "arrives", "bounces", "corrected",
    ]),
    numbers, numbers, shares,
)  # fmt: skip


class Told(History):
    """The shop, its gateway and the messages between them, which may wait."""

    def __init__(self, makers, people):
        super().__init__(makers)
        self.people, self.read = people, 0

    def sell(self, currency: str, in_dollars: bool, pieces) -> None:
        super().sell(currency, in_dollars, pieces)
        order = self.orders[-1]
        soon = timezone.now() + timedelta(hours=1)
        Sale.objects.create(
            order=order, language="en", reserved_until=soon, terms_version="1", terms_accepted_at=timezone.now()
        )
        self.pay(order.payments.get())

    def pay(self, payment) -> None:
        """The shopper pays on the gateway's page; its message is under way."""
        session = provider.open_session(
            key=payment.key, order_number=payment.order.number, amount=payment.amount, currency=payment.currency,
            language="en", return_url="", cancel_url="", expires=timezone.now() + timedelta(hours=1),
        )  # fmt: skip
        type(payment).objects.filter(pk=payment.pk).update(reference=session.reference, page_url="http://testserver/")
        provider.conclude(session.reference, "paid")

    def happen(self, event) -> None:
        what, number, other, share = event
        order = self.orders[number % len(self.orders)]
        try:
            with transaction.atomic():
                getattr(self, what.replace(" ", "_"))(order, number, other, share)
        except (CannotRefund, CannotPay, WrongState, afterwards.Declined):
            pass  # refused with a reason; what the gateway did is never refused

    # -- Messages

    def _post(self) -> None:
        """Stores what the gateway has said since."""
        for message in Message.objects.filter(kind="sandbox-webhook", pk__gt=self.read).order_by("pk"):
            body, self.read = message.payload["body"], message.pk
            headers = {"X-Karvan-Signature": signing.sign(body.encode(), site.SANDBOX_WEBHOOK_SECRET)}
            store("sandbox", get_gateway("sandbox").read_event(body.encode(), headers))

    def told(self, order, number, *_) -> None:
        self._post()
        waiting = list(WebhookEvent.objects.filter(handled=None).order_by("pk"))
        if waiting:
            handle_event(waiting[number % len(waiting)])

    def told_again(self, order, number, *_) -> None:
        known = list(WebhookEvent.objects.exclude(handled=None).order_by("pk"))
        if known:
            handle_event(known[number % len(known)])

    def everything_told(self) -> None:
        """Until nobody has anything to say: what is to be sent is sent, the latest message comes first."""
        while True:
            for refund in Refund.objects.filter(status=Refund.REQUESTED).order_by("pk"):
                send_refund(refund)
            self._post()
            waiting = list(WebhookEvent.objects.filter(handled=None).order_by("-pk"))
            if not waiting:
                return
            for event in waiting:
                handle_event(event)

    # -- Sales, refunds, disputes

    def paid_twice(self, order, *_) -> None:
        first = order.payments.order_by("attempt").first()
        same = {name: getattr(first, name) for name in ("gateway", "amount", "currency")}
        second, made = order.payments.get_or_create(
            attempt=2, defaults={"key": f"{first.key}-2", "status": "open", **same}
        )
        if made:
            self.pay(second)

    def give_back(self, order, number, other, share) -> None:
        parcels = list(order.parcels.order_by("pk"))
        parcel = parcels[other % len(parcels)]
        left = left_of(parcel)
        asked = {one.line.pk: 1 for one in left.lines if one.quantity} if share > Decimal("0.4") else {}
        shipping = (left.shipping * share).quantize(Decimal("0.01"))
        give_back(order, [Asked(parcel, asked, shipping)], key=f"g-{Refund.objects.count()}", reason="asked for")

    def called_off(self, order, number, other, share) -> None:
        parcels = list(order.parcels.order_by("pk"))
        cancel(parcels[other % len(parcels)].pk, MAKER)

    def _refund(self, number: int) -> Refund | None:
        waiting = list(Refund.objects.filter(status=Refund.REQUESTED).order_by("pk"))
        return waiting[number % len(waiting)] if waiting else None

    def sent(self, order, number, *_) -> None:
        if refund := self._refund(number):
            send_refund(refund)

    def answer_lost(self, order, number, *_) -> None:
        """The gateway gives it back, and we do not hear of it."""
        if refund := self._refund(number):
            afterwards.refund(refund.payment.key, refund.key, refund.amount)

    def fails(self, order, number, *_) -> None:
        made = list(SandboxRefund.objects.order_by("pk"))
        if made:
            afterwards.fail({"refund": made[number % len(made)].pk})

    def overtaken(self, order, number, other, share) -> None:
        """The gateway gives back, its answer is lost, and what is told first is a dispute of the rest."""
        self.give_back(order, number, other, share)
        refund = Refund.objects.latest("pk")
        afterwards.refund(refund.payment.key, refund.key, refund.amount)
        afterwards.dispute(self._session(order, 0))
        self._post()
        handle_event(WebhookEvent.objects.latest("pk"))

    def _session(self, order, other: int) -> SandboxSession:
        keys = list(order.payments.order_by("attempt").values_list("key", flat=True))
        return SandboxSession.objects.get(key=keys[other % len(keys)])

    def by_hand(self, order, number, other, share) -> None:
        session = self._session(order, 0)
        left = session.amount - afterwards._refunded(session)
        amount = (left * share).quantize(Decimal("0.01"))
        if amount > 0:
            afterwards.refund(session.key, f"hand-{SandboxRefund.objects.count()}", amount)

    def disputed(self, order, *_) -> None:
        afterwards.dispute(self._session(order, 0))

    def decided(self, order, number, other, share) -> None:
        for made in self._session(order, 0).disputes.all():
            afterwards.decide(made.reference, won=bool(other % 2))

    # -- Parcels and payouts

    def arrived(self, order, number, other, share) -> None:
        parcels = list(order.parcels.filter(order__status="paid").exclude(status=Parcel.CANCELLED).order_by("pk"))
        if parcels:
            parcel, now = parcels[other % len(parcels)], timezone.now()
            Parcel.objects.filter(pk=parcel.pk).update(status=Parcel.DELIVERED, shipped_at=now, delivered_at=now)
            release_when_due(Parcel.objects.get(pk=parcel.pk), now + timedelta(days=90))

    def asked(self, order, number, *_) -> None:
        maker = self.makers[number % len(self.makers)]
        payouts.ask_now(maker.partner, maker.currency)

    def gathered(self, *_) -> None:
        payouts.gather()

    def left(self, *_) -> None:
        for batch in PayoutBatch.objects.filter(status=PayoutBatch.OPEN):
            for person in self.people:
                payouts.approve(batch.pk, person)
            payouts.send(batch.pk, self.people[0])

    def _payout(self, number: int) -> int:
        known = list(Payout.objects.order_by("pk").values_list("pk", flat=True))
        return known[number % len(known)] if known else 0

    def arrives(self, order, number, *_) -> None:
        mark_paid(self._payout(number))

    def bounces(self, order, number, *_) -> None:
        mark_bounced(self._payout(number), "DUPL")

    def corrected(self, order, number, other, share) -> None:
        maker = self.makers[number % len(self.makers)]
        amount = (3000 * share - 1000).quantize(Decimal("0.01"))
        book_adjustment(maker.partner, amount, maker.currency, "counted again", self.people[0])
        self.corrections[maker.partner_id] = self.corrections.get(maker.partner_id, 0) + amount


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Two makers with accounts to be paid to, two people who look at batches, rates."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        make_rates()
        makers = [
            make_payable("histories-kz", amount="0.01"),
            make_payable("histories-uz", amount="0.01", country="UZ", currency="UZS"),
        ]
        yield makers, [make_user(), make_user()]
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


@pytest.mark.django_db
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.lists(sales, min_size=1, max_size=2), st.lists(events, min_size=5, max_size=20))
def test_what_the_gateway_did_ends_in_the_books(world, sold, happened):
    makers, people = world
    with transaction.atomic():
        history = Told(makers, people)
        history.corrections = {maker.partner_id: Decimal("0.01") for maker in makers}
        for sale in sold:
            history.sell(*sale)
        history.told(history.orders[0], 0)
        for event in happened:
            history.happen(event)
        history.everything_told()
        before = Entry.objects.count()
        for event in WebhookEvent.objects.order_by("-pk"):
            handle_event(event)
        assert Entry.objects.count() == before
        assert not any(sums().values())
        assert verify().problems == []
        assert not Refund.objects.filter(status=Refund.REQUESTED).exists()
        assert SandboxRefund.objects.count() == Refund.objects.exclude(reference="").count()
        of_orders = [earned(order) for order in history.orders]
        for maker in makers:
            wanted = sum((one.get(maker.partner_id, Decimal(0)) for one in of_orders), Decimal(0))
            wanted += history.corrections[maker.partner_id]
            has = balances_of([maker.partner_id])[maker.partner_id][maker.currency]
            there = has.pending + has.available - has.negative + has.frozen + has.in_transit + has.paid_out
            assert there == wanted
        transaction.set_rollback(True)
