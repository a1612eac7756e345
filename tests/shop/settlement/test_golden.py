"""The worked examples of `golden/*.md`: what each line tells is done by the shop's own functions; then every account
must stand where the example says."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import Sum
from oscar.core.loading import get_model

from shop.checkout.gateway import GatewayLine
from shop.currency.money import BadAmount
from shop.settlement import booking
from shop.settlement.ledger import NotEnough
from shop.settlement.models import CommissionRule, Entry, Payment, Posting, VatRate, VoucherTerms
from shop.settlement.verifying import verify
from tests.factories import make_artisan, make_listing, make_user
from tests.shop.settlement.money import Lines, Thing, dispute_of, payout_to, quick_order, quick_pay, refund_of

Voucher = get_model("voucher", "Voucher")
NUMBER = r"([-−]?[\d,]+(?:\.\d+)?)"
CASES = [
    (heading, body)
    for path in sorted((Path(__file__).parent / "golden").glob("[0-9]*.md"))
    for heading, body in re.findall(r"^## (.+?)\n(.+?)(?=^## |\Z)", path.read_text(encoding="utf-8"), re.M | re.S)
]


def number(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("−", "-"))


class Case:
    """One example being done. `steps`: pattern → method; the first that matches the whole line."""

    steps = {
        rf"commission(?: in (\w\w)| of (\w)| on (\w+))?: {NUMBER} %(.*)": "rule",
        rf"VAT is {NUMBER} %": "vat",
        rf"(\w) sells(?: (\w+))? for {NUMBER} (\w+), sends for {NUMBER} \w+, at {NUMBER} \w+ a (\w+); "
        rf"paid {NUMBER} \+ {NUMBER} \w+(?:; voucher of {NUMBER} \w+ of (A|B|the platform))?": "sell",
        rf"the card is charged {NUMBER} (\w+)": "charge",
        r"the order is paid": "pay",
        r"it is paid too late": "late",
        rf"the gateway takes {NUMBER} (\w+)": "fee",
        rf"the gateway makes {NUMBER} (\w+) of it and takes {NUMBER} \w+": "converted",
        r"(\w)'s parcel arrives": "arrive",
        rf"refund of {NUMBER} \w+: (.+)": "refund",
        rf"refund of {NUMBER} \w+ made by hand": "by_hand",
        r"the refund fails": "fail",
        rf"payout of {NUMBER} (\w+) to (\w)": "payout",
        rf"the payout arrives(?:, the bank takes {NUMBER} \w+)?": "arrived",
        r"the payout bounces": "bounced",
        rf"correction of {NUMBER} (\w+) for (\w)": "correct",
        rf"the gateway pays {NUMBER} (\w+) to our bank": "to_bank",
        rf"our bank exchanges {NUMBER} (\w+) into {NUMBER} (\w+)": "exchange",
        rf"dispute over {NUMBER} \w+": "dispute_opened",
        r"the dispute is (won|lost)": "decided",
        rf"the gateway's line of the (refund|dispute): {NUMBER} (\w+)(?:, fee {NUMBER} \w+)?": "line",
    }

    def __init__(self):
        a, b = make_artisan("a"), make_artisan("b", country="KZ", currency="KZT")
        self.makers = {"A": a, "B": b}
        self.goods, self.currency, self.charged, self.lines = [], "", None, 0

    def do(self, line: str) -> None:
        for pattern, name in self.steps.items():
            found = re.fullmatch(pattern, line)
            if found:
                return getattr(self, name)(*found.groups())
        raise AssertionError(f"not understood: {line}")

    def rule(self, country, maker, craft, percent, more):
        fixed = re.search(rf"plus {NUMBER} (\w+)", more)
        least = re.search(rf"at least {NUMBER} (\w+)", more)
        fee = re.search(rf"fee {NUMBER} % on the maker", more)
        CommissionRule.objects.create(
            since="2026-01-01", country=country or "", craft=craft or "", percent=number(percent),
            partner=self.makers[maker].partner if maker else None,
            fixed=number(fixed[1]) if fixed else 0, minimum=number(least[1]) if least else 0,
            currency=(fixed or least or [0, 0, "USD"])[2], commission_back="kept at a refund" not in more,
            fee_bearer="maker" if fee else "platform", fee_percent=number(fee[1]) if fee else 0,
        )  # fmt: skip

    def vat(self, percent):
        VatRate.objects.update(percent=number(percent))

    def sell(self, who, craft, price, own, shipping, rate, currency, paid, paid_shipping, voucher, bearer):
        maker = self.makers[who]
        assert maker.currency == own
        self.currency = currency
        self.goods.append({
            "partner": maker.partner, "price": number(price), "currency": own, "shipping": number(shipping),
            "rate": (1 / number(rate)).quantize(Decimal("1e-12")), "paid_goods": number(paid),
            "paid_shipping": number(paid_shipping), "discount": number(voucher or "0"),
            "voucher": self.voucher(bearer) if voucher else None,
            "product": make_listing(maker, craft=craft) if craft else None,
        })  # fmt: skip

    def voucher(self, bearer):
        made = Voucher.objects.create(
            name=f"V{Voucher.objects.count()}", code=f"V{Voucher.objects.count()}",
            start_datetime="2026-01-01T00:00Z", end_datetime="2036-01-01T00:00Z",
        )  # fmt: skip
        maker = self.makers.get(bearer)
        VoucherTerms.objects.create(voucher=made, partner=maker.partner if maker else None)
        return made.pk

    def charge(self, amount, currency):
        self.charged = number(amount), currency

    def _order(self):
        if self.goods:
            self.order = quick_order(self.goods, currency=self.currency, charged=self.charged)
            self.goods, self.charged = [], None
            self.payment = self.order.payments.get()
        return self.order

    def pay(self):
        quick_pay(self._order())

    def late(self):
        self._order().payments.update(status=Payment.REFUND_DUE)
        booking.book_stray(self.order.payments.get())

    def fee(self, amount, currency):
        booking.book_gateway_fee(self.payment, number(amount), currency)

    def converted(self, amount, currency, fee):
        booking.book_gateway_fee(self.payment, number(fee), currency, number(amount))

    def arrive(self, who):
        booking.book_release(self.order.parcels.get(partner=self.makers[who].partner))

    def refund(self, amount, what):
        lines = []
        for part in what.split("; "):
            parcel = self.order.parcels.get(partner=self.makers[part[0]].partner)
            sums = {name: re.search(rf"{name} {NUMBER}", part) for name in ("goods", "shipping")}
            lines.append((parcel.number, *(number(found[1]) if found else 0 for found in sums.values())))
        self.given_back = refund_of(self.order, *lines, amount=str(number(amount)), payment=self.payment)
        booking.book_refund(self.given_back)

    def by_hand(self, amount):
        self.given_back = Thing(
            "refund", payment=self.payment, amount=number(amount), currency=self.payment.currency, lines=Lines()
        )
        booking.book_refund(self.given_back)

    def fail(self):
        booking.book_refund_failed(self.given_back)

    def payout(self, amount, currency, who):
        self.sent = payout_to(self.makers[who].partner, str(number(amount)), currency)
        booking.book_payout(self.sent)

    def arrived(self, fee):
        booking.book_payout_paid(self.sent, number(fee or "0"))

    def bounced(self):
        booking.book_payout_bounced(self.sent)

    def correct(self, amount, currency, who):
        booking.book_adjustment(self.makers[who].partner, number(amount), currency, "by hand", make_user())

    def to_bank(self, amount, currency):
        booking.book_to_bank("po_1", number(amount), currency)

    def exchange(self, sold, sold_currency, bought, bought_currency):
        booking.book_exchanged("1", number(sold), sold_currency, number(bought), bought_currency)

    def dispute_opened(self, amount):
        self.dispute = dispute_of(self.order, str(number(amount)))
        booking.book_dispute_opened(self.dispute)

    def decided(self, how):
        {"won": booking.book_dispute_won, "lost": booking.book_dispute_lost}[how](self.dispute)

    def line(self, what, amount, currency, fee):
        subject = self.given_back if what == "refund" else self.dispute
        self.lines += 1
        line = GatewayLine(f"txn_{self.lines}", number(amount), number(fee or "0"), currency)
        booking.book_gateway_line(line, subject, subject.amount if line.amount > 0 else -subject.amount)


def trial_balance() -> dict[str, Decimal]:
    rows = Posting.objects.order_by().values_list("account__kind", "account__partner__code", "account__currency")
    found = {
        f"{kind}{' ' + code.upper() if code else ''} {currency}": total.quantize(Decimal("0.01"))
        for kind, code, currency, total in rows.annotate(total=Sum("amount"))
    }
    return {account: amount for account, amount in found.items() if amount}


def test_there_are_enough_examples():
    assert len(CASES) >= 40


@pytest.mark.django_db
@pytest.mark.usefixtures("rates")
@pytest.mark.parametrize(("heading", "body"), CASES, ids=[heading for heading, _body in CASES])
def test_the_books_stand_as_worked_out_by_hand(heading, body, settings):
    settings.PLATFORM_COUNTRY = "UZ"
    VatRate.objects.exclude(country="UZ").delete()
    case = Case()
    for line in re.findall(r"^- (.+)$", body, re.M):
        if line.startswith("refused: "):
            before = Entry.objects.count()
            with pytest.raises((BadAmount, NotEnough)), transaction.atomic():
                case.do(line.removeprefix("refused: "))
            assert Entry.objects.count() == before
        else:
            case.do(line)
    rows = re.findall(r"^\| ([a-z_]+(?: [AB])?) \| ([A-Z]{3}) \| (\S+) \|$", body, re.M)
    assert trial_balance() == {f"{account} {currency}": number(amount) for account, currency, amount in rows}
    assert verify().problems == []
