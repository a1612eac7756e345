"""Sales, refunds, disputes, payouts and bounces, told in any order and any number of times: the books balance in every
currency, and every balance is what replaying its causes gives."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shop.checkout.gateway import GatewayLine
from shop.settlement import booking
from shop.settlement.booking.sales import NotSold
from shop.settlement.ledger import NotEnough, balances_of
from shop.settlement.models import CommissionRule, Entry, SplitChange
from shop.settlement.verifying import verify
from tests.factories import make_artisan
from tests.shop.settlement.money import dispute_of, payout_to, quick_order, quick_pay, refund_of, sums

CENT = Decimal("0.01")
# Units of one US dollar.
PER_USD = {"UZS": Decimal(12500), "KZT": Decimal(500), "AZN": Decimal("1.7"), "USD": Decimal(1)}
STEPS = {"UZS": Decimal(100), "KZT": Decimal(1)}

amounts = st.decimals("0.01", "90000", places=2)
shares = st.sampled_from([Decimal("0.1"), Decimal("0.333"), Decimal("0.5"), Decimal("0.9"), Decimal(1)])
which = st.integers(0, 2)
sales = st.tuples(
    st.sampled_from(["USD", "UZS", "KZT"]),
    st.booleans(),
    st.lists(st.tuples(amounts, amounts), min_size=1, max_size=2),
)
events = st.one_of(
    st.tuples(st.sampled_from(["pay", "open", "won", "lost", "fee"]), which, which, shares, shares),
    st.tuples(st.just("refund"), which, which, shares, st.just(Decimal(0)) | shares),
    st.tuples(st.sampled_from(["refund failed", "arrive", "again", "line"]), which, which, shares, shares),
    st.tuples(st.sampled_from(["payout", "paid", "bounced"]), which, which, shares, shares),
)  # fmt: skip


def converted(amount: Decimal, source: str, target: str) -> Decimal:
    step = STEPS.get(target, CENT)
    exact = amount * PER_USD[target] / PER_USD[source]
    return (exact / step).quantize(Decimal(1), ROUND_HALF_UP) * step


class History:
    """What happened so far, and how to do the next thing or the same one again."""

    def __init__(self, makers):
        self.makers, self.orders, self.done = makers, [], []
        self.refunds, self.disputes, self.payouts = [], {}, []

    def sell(self, currency: str, in_dollars: bool, pieces) -> None:
        goods = []
        for maker, (price, shipping) in zip(self.makers, pieces, strict=False):
            own = maker.currency
            rate = (PER_USD[currency] / PER_USD[own]).quantize(Decimal("1e-12"))
            goods.append({
                "partner": maker.partner, "price": price, "currency": own, "shipping": shipping, "rate": rate,
                "paid_goods": converted(price, own, currency), "paid_shipping": converted(shipping, own, currency),
            })  # fmt: skip
        total = sum(one["paid_goods"] + one["paid_shipping"] for one in goods)
        charged = (max(converted(total, currency, "USD"), CENT), "USD") if in_dollars else None
        self.orders.append(quick_order(goods, currency=currency, charged=charged))

    def happen(self, event) -> None:
        what, number, other, share, second = event
        order = self.orders[number % len(self.orders)]
        try:
            with transaction.atomic():
                getattr(self, what.replace(" ", "_"))(order, number, other, share, second)
        except (NotEnough, NotSold):
            pass

    def again(self, order, number, other, share, second):
        """Everything is told once more, the latest first: nothing changes."""
        before = Entry.objects.count()
        for function, subject in reversed(self.done):
            function(subject)
        assert Entry.objects.count() == before

    def _do(self, function, subject):
        function(subject)
        self.done.append((function, subject))

    def pay(self, order, *_):
        self._do(quick_pay, order)

    def fee(self, order, *_):
        self._do(lambda payment: booking.book_gateway_fee(payment, CENT, payment.currency), order.payments.get())

    def refund(self, order, number, other, share, second):
        parcels = list(order.parcels.all())
        parcel = parcels[other % len(parcels)]
        line = order.lines.get(partner=parcel.partner)
        goods = (line.line_price_incl_tax * share).quantize(CENT)
        shipping = (parcel.charge * second).quantize(CENT)
        payment = order.payments.get()
        amount = ((goods + shipping) * payment.amount / max(order.total_incl_tax, CENT)).quantize(CENT)
        if amount:
            refund = refund_of(order, (parcel.number, goods, shipping), amount=str(amount), payment=payment)
            self._do(booking.book_refund, refund)
            self.refunds.append(refund)

    def refund_failed(self, order, number, *_):
        if self.refunds:
            self._do(booking.book_refund_failed, self.refunds[number % len(self.refunds)])

    def _dispute(self, order, share):
        payment = order.payments.get()
        amount = max((payment.amount * share).quantize(CENT), CENT)
        return self.disputes.setdefault(order.pk, dispute_of(order, str(amount), payment=payment))

    def open(self, order, number, other, share, second):
        self._do(booking.book_dispute_opened, self._dispute(order, share))

    def won(self, order, number, other, share, second):
        self._do(booking.book_dispute_won, self._dispute(order, share))

    def lost(self, order, number, other, share, second):
        self._do(booking.book_dispute_lost, self._dispute(order, share))

    def line(self, order, number, other, share, second):
        """The gateway's own line of a refund or a dispute: it keeps soʻm, at a rate of its own, and takes a fee."""
        things = [*self.refunds, *self.disputes.values()]
        if things:
            subject, sign = things[number % len(things)], -1 if other else 1
            amount = sign * converted(subject.amount * share, subject.currency, "UZS")
            line = GatewayLine(f"txn_{len(self.done)}", amount, sign * second.quantize(CENT), "UZS")
            self._do(lambda thing: booking.book_gateway_line(line, thing, sign * thing.amount), subject)

    def arrive(self, order, number, other, *_):
        parcels = list(order.parcels.select_related("order", "partner"))
        self._do(booking.book_release, parcels[other % len(parcels)])

    def payout(self, order, number, other, share, second):
        maker = self.makers[other % len(self.makers)]
        balance = balances_of([maker.partner_id]).get(maker.partner_id, {}).get(maker.currency)
        amount = ((balance.available if balance else 0) * share).quantize(CENT) if balance else 0
        if amount:
            payout = payout_to(maker.partner, str(amount), maker.currency)
            self._do(booking.book_payout, payout)
            self.payouts.append(payout)

    def paid(self, order, number, *_):
        if self.payouts:
            self._do(booking.book_payout_paid, self.payouts[number % len(self.payouts)])

    def bounced(self, order, number, *_):
        if self.payouts:
            self._do(booking.book_payout_bounced, self.payouts[number % len(self.payouts)])


def earned(order) -> dict[int, Decimal]:
    """What each maker has of an order after refunds and disputes, from the frozen numbers alone."""
    if not Entry.objects.filter(key=f"sale-{order.pk}").exists():
        return {}
    given_back = {}
    for change in SplitChange.objects.filter(split__parcel__order=order).select_related("split", "entry"):
        if change.entry.kind in (Entry.DISPUTE_OPENED, Entry.DISPUTE_WON):
            lost = Entry.objects.filter(kind=Entry.DISPUTE_LOST, cause_id=change.entry.cause_id).exists()
            if not lost:
                continue
        given_back[change.split.parcel_id] = given_back.get(change.split.parcel_id, 0) + change.net
    return {p.partner_id: p.split.net - given_back.get(p.pk, 0) for p in order.parcels.select_related("split")}


@pytest.fixture(scope="module")
def makers(django_db_setup, django_db_blocker):
    """Two makers who stay for all histories, one with terms that keep the commission and charge a fee."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        found = [make_artisan("histories-uz"), make_artisan("histories-kz", country="KZ", currency="KZT")]
        CommissionRule.objects.create(
            since="2020-01-01", country="KZ", percent=Decimal("12.5"), fee_bearer="maker", fee_percent=Decimal("2.9"),
            commission_back=False,
        )  # fmt: skip
        yield found
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


@pytest.mark.django_db
@settings(max_examples=700, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.lists(sales, min_size=1, max_size=2), st.lists(events, min_size=3, max_size=14))
def test_the_books_balance_whatever_happens(makers, sold, told):
    with transaction.atomic():
        history = History(makers)
        for sale in sold:
            history.sell(*sale)
        history.pay(history.orders[0])
        for event in told:
            history.happen(event)
        assert not any(sums().values())
        assert [problem for problem in verify().problems if "without an entry" not in problem] == []
        of_orders = [earned(order) for order in history.orders]
        for maker in makers:
            wanted = sum((one.get(maker.partner_id, Decimal(0)) for one in of_orders), Decimal(0))
            has = balances_of([maker.partner_id]).get(maker.partner_id, {}).get(maker.currency)
            there = (
                has.pending + has.available - has.negative + has.frozen + has.in_transit + has.paid_out if has else 0
            )
            assert there == wanted
        transaction.set_rollback(True)
