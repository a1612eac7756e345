"""A maker's money page says what is owed, what waits and why; its documents say the same."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from shop.settlement import payees, payouts, statements
from shop.settlement.charts import bars
from shop.settlement.models import CashOffice, Payout
from shop.settlement.payout_states import mark_bounced, mark_paid
from tests.factories import make_artisan, make_listing, make_user, pay, place
from tests.shop.settlement.accounts import give_money, make_payable, make_sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rates")]


@pytest.fixture
def maker(client):
    user = make_user("maker@example.org")
    client.force_login(user)
    return make_payable("silk", user=user)


def page(client, name: str = "money", *args) -> str:
    return " ".join(client.get(reverse(f"studio:{name}", args=args)).content.decode().split())


def test_what_can_be_paid_out_is_shown_and_asked_for(client, maker):
    assert "₸100,000" in page(client) and "Pay it out now" in page(client)
    response = client.post(reverse("studio:payout-ask", args=[maker.partner_id]), {"currency": "KZT"})
    payout = Payout.objects.get()
    assert response.url == reverse("studio:payout", args=[payout.pk])
    assert "A payout of ₸100,000 is being made ready" in page(client)


def test_asking_twice_makes_one(client, maker):
    for _press in range(2):
        client.post(reverse("studio:payout-ask", args=[maker.partner_id]), {"currency": "KZT"})
    assert Payout.objects.count() == 1
    assert "under way already" in page(client)


def test_why_nothing_is_paid_stands_on_the_page(client):
    user = make_user()
    client.force_login(user)
    artisan = make_artisan(country="KZ", currency="KZT", user=user)
    give_money(artisan.partner, "5000.00")
    assert "We do not know where to" in page(client)


def test_a_sale_waits_with_its_reason_and_split(client):
    user = make_user()
    client.force_login(user)
    artisan = make_artisan(user=user)
    order = place(make_listing(artisan))
    pay(order)
    parcel = order.parcels.get()
    assert "can be paid out some days after you have sent it" in page(client)
    html = page(client, "sales", artisan.partner_id)
    assert str(parcel) in html and str(parcel.split.net.quantize(Decimal(1)))[:3] in html


def test_a_bounced_payout_says_why_and_offers_the_next_way(client, maker):
    office = CashOffice.objects.create(country="KZ", currency="KZT", name="Office", place="Almaty", agent=make_user())
    payees.save_details(
        payees.payee_for(maker.partner), "cash", "KZT", {"holder": "A", "document": "N1", "office": office.pk},
        country="KZ", number="N123", label="Office", person=None,
    )  # fmt: skip
    payees.payee_for(maker.partner).details.update(hold_until=timezone.now())
    payout = make_sent(maker.partner).payouts.get()
    mark_bounced(payout.pk, "AC04", "closed")
    html = page(client, "payout", payout.pk)
    assert "This account is closed" in html and "Send it by: Cash at an office" in html
    client.post(reverse("studio:payout-next", args=[payout.pk]), {"rail": "cash"})
    assert payout.next_ones.get().rail == "cash"
    assert "It was sent again another way" in page(client, "payout", payout.pk)


def test_a_cooperative_sees_whose_share_it_was_paid_and_the_member_too(client, maker):
    member = make_artisan("member", country="KZ", currency="KZT", user=make_user("member@example.org"))
    asked = payees.ask_to_join(member.partner, payees.payee_for(maker.partner), None)
    payees.accept_member(asked, None)
    type(asked).objects.update(hold_until=timezone.now())
    give_money(member.partner, "7000.00")
    payout = make_sent(member.partner).payouts.get()
    assert "Paid to you for them" in page(client) and payout.key in page(client)
    client.force_login(make_user("stranger@example.org"))
    assert client.get(reverse("studio:payout", args=[payout.pk])).status_code == 404
    client.force_login(member.memberships.get().user)
    assert "Paid through" in page(client, "payout", payout.pk)


def test_a_payouts_document_shows_four_characters(client, maker):
    payout = make_sent(maker.partner).payouts.get()
    response = client.get(reverse("studio:payout-advice", args=[payout.pk]))
    text = PdfReader(io.BytesIO(response.content)).pages[0].extract_text()
    assert payout.key in text and "0100" in text and "5004100100" not in text


def test_a_statement_adds_up_in_csv_and_pdf(client, maker):
    payout = make_sent(maker.partner).payouts.get()
    mark_paid(payout.pk)
    today = timezone.localdate()
    where = [maker.partner_id, "KZT", today.year, today.month]
    rows = list(
        csv.DictReader(io.StringIO(client.get(reverse("studio:statement", args=[*where, "csv"])).content.decode()))
    )
    assert [(row["what"], row["amount"], row["balance"]) for row in rows] == [
        ("opening", "", "0.00"),
        ("adjustment", "100000.00", "100000.00"),
        ("payout", "-100000.00", "0.00"),
        ("closing", "", "0.00"),
    ]
    pdf = client.get(reverse("studio:statement", args=[*where, "pdf"])).content
    assert payout.key in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


@pytest.mark.parametrize("rest", [("XXX", 2026, 11, "csv"), ("KZT", 2026, 13, "csv"), ("KZT", 2026, 11, "exe")])
def test_a_statement_of_nothing_is_not_found(client, maker, rest):
    assert client.get(reverse("studio:statement", args=[maker.partner_id, *rest])).status_code == 404


def test_months_follow_each_other():
    artisan = make_payable()
    today = timezone.localdate()
    this = statements.statement(artisan.partner, "KZT", date(today.year, today.month, 1))
    later = statements.statement(artisan.partner, "KZT", statements.next_month(this.first))
    assert (later.opening, later.closing) == (this.closing, this.closing)
    assert len(statements.earnings(artisan.partner, "KZT")) == 12


@pytest.mark.parametrize(
    ("amounts", "top"),
    [([0, 3, 9], 10), ([120], 200), ([-4, 7], 10), ([501], 1000), ([Decimal("0.30")], Decimal("0.5"))],
)
def test_a_chart_stands_on_zero_and_ends_at_a_round_number(amounts, top):
    chart = bars([(str(amount), Decimal(amount)) for amount in amounts])
    assert chart.lines[0][1] == top
    assert all(bar.height >= 0 and 0 <= bar.y <= chart.height for bar in chart.bars)
    assert all(bar.y == chart.zero for bar in chart.bars if bar.amount < 0)


def test_the_money_page_asks_as_much_for_many_payouts_as_for_few(client, maker, django_assert_max_num_queries):
    make_sent(maker.partner)
    for _more in range(6):
        give_money(maker.partner, "10000.00")
        make_sent(maker.partner)
    with django_assert_max_num_queries(38):
        page(client)
    assert payouts.Payout.objects.count() == 7
