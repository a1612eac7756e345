"""Those who pay makers: nobody else finds the pages, two people look at what is worth much, every act is noted."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from artisans.moderation import urls
from marketplace.groups import MODERATORS, TREASURERS
from marketplace.roles import ensure_roles
from shop.accounts.models import AuditLine
from shop.checkout.fees import read_charge
from shop.checkout.payments import ask, open_page
from shop.sandbox import provider
from shop.settlement import payees, payouts
from shop.settlement.ledger import balances, total
from shop.settlement.models import CashOffice, CashReceipt, Entry, PayingAccount, Payout, PayoutBatch, RailRule
from shop.settlement.verifying import verify
from tests.factories import make_artisan, make_listing, make_user, pay, place
from tests.second_factor import prove
from tests.shop.settlement.accounts import kz_iban, make_payable, make_sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rates")]
FURTHER = {"payout-file": ["xml"], "cash-sign": ["agent"]}
# Every address whose view lives beside those that pay; the rest of moderation has tests of its own.
PAYING = tuple(f"artisans.moderation.{name}" for name in ("payouts", "payees", "corrections"))
NAMES = [pattern.name for pattern in urls.urlpatterns if pattern.callback.__module__ in PAYING]


def address(name: str) -> str:
    pattern = next(pattern for pattern in urls.urlpatterns if pattern.name == name)
    return reverse(f"moderation:{name}", args=[*([1] if pattern.pattern.converters else []), *FURTHER.get(name, [])])


def member_of(group: str):
    ensure_roles()
    user = make_user()
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def treasurer(client):
    user = member_of(TREASURERS)
    client.force_login(user)
    return user


@pytest.fixture
def batch(treasurer):
    payouts.ask_now(make_payable("silk").partner, "KZT")
    return payouts.gather()[0][0]


def act(client, name: str, batch, **data):
    return client.post(reverse(f"moderation:{name}", args=[batch.pk]), data)


def test_the_matrix_has_every_page_that_pays():
    assert len(NAMES) == 17 and {"payout-send", "payout-file", "cash-sign", "payee"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("who", ["shopper", "maker", MODERATORS])
def test_nobody_else_finds_the_pages(client, name, who):
    user = make_user() if who != MODERATORS else member_of(MODERATORS)
    if who == "maker":
        make_artisan(user=user)
    client.force_login(user)
    assert {client.get(address(name)).status_code, client.post(address(name)).status_code} <= {404, 405}


@pytest.mark.parametrize("name", ["payouts", "balances", "reconciliation", "payout-ways", "corrections"])
def test_a_treasurers_pages_open(client, treasurer, name):
    pay(place(make_listing(make_artisan())))
    make_sent(make_payable().partner)
    assert client.get(address(name)).status_code == 200


def test_a_batch_is_looked_at_sent_fetched_and_answered(client, treasurer, batch):
    act(client, "payout-approve", batch)
    act(client, "payout-send", batch)
    payout = batch.payouts.get()
    html = client.get(reverse("moderation:payout-batch", args=[batch.pk])).content.decode()
    assert "Silk" in html and "… 0100" in html and "5004100100" not in html
    file = client.get(reverse("moderation:payout-file", args=[batch.pk, "xml"]))
    assert b"KZ86125KZT5004100100" in file.content and file["Cache-Control"] == "private, no-store"
    answer = SimpleUploadedFile("answer.csv", f"key,status\n{payout.key},ACSC\nP0,ACSC".encode())
    html = act(client, "payout-answer", batch, file=answer).content.decode()
    assert "1 paid, 0 came back" in html and "no payout of this batch has this number" in html
    batch.refresh_from_db()
    assert batch.status == PayoutBatch.SETTLED
    said = set(AuditLine.objects.filter(person=treasurer).values_list("action", flat=True))
    assert said == {"payout batch approved", "payout batch sent", "bank file fetched", "bank answer read"}
    assert "5004100100" not in str(list(AuditLine.objects.values_list("detail", flat=True)))


def test_a_file_that_is_no_answer_is_told(client, treasurer, batch):
    act(client, "payout-approve", batch)
    act(client, "payout-send", batch)
    response = act(client, "payout-answer", batch, file=SimpleUploadedFile("a.xml", b"<html/>"))
    assert response.status_code == 422 and "no pain.002" in response.content.decode()


def test_one_persons_word_is_not_enough_for_much(client, treasurer, settings, batch):
    PayoutBatch.objects.update(approvals_needed=2)
    act(client, "payout-approve", batch)
    act(client, "payout-send", batch)
    batch.refresh_from_db()
    assert batch.status == PayoutBatch.OPEN
    client.force_login(member_of(TREASURERS))
    act(client, "payout-approve", batch)
    act(client, "payout-send", batch)
    batch.refresh_from_db()
    assert batch.status == PayoutBatch.SENT


def test_what_a_bank_says_by_letter_is_noted_by_hand(client, treasurer, batch):
    act(client, "payout-approve", batch)
    act(client, "payout-send", batch)
    payout = batch.payouts.get()
    client.post(reverse("moderation:payout-outcome", args=[payout.pk]), {"reason": "AC01"})
    payout.refresh_from_db()
    assert (payout.status, payout.reason_code) == (Payout.BOUNCED, "AC01")


def test_payouts_are_stopped_with_a_reason_that_the_maker_reads(client, treasurer):
    artisan = make_payable()
    client.post(reverse("moderation:payee", args=[artisan.partner_id]), {"hold_reason": "We ask about an order."})
    made = payouts.ask_now(artisan.partner, "KZT")
    assert (made.code, made.reason) == ("stopped", "We ask about an order.")


def test_accounts_offices_and_rules_are_set_up_on_one_page(client, treasurer):
    agent, ways = make_user("agent@example.org"), reverse("moderation:payout-ways")
    account = {"country": "KZ", "currency": "KZT", "bank": "Bank", "bic": "NBRKKZKX", "holder": "Karvan LLP"}
    client.post(ways, {"what": "account", **account, "number": kz_iban(5), "tax_id": "971240001315"})
    assert PayingAccount.objects.get().last4 == "0005" and kz_iban(5) not in PayingAccount.objects.get().sealed
    office = {"country": "KZ", "currency": "KZT", "name": "Office", "place": "Almaty", "agent": "AGENT@example.org"}
    client.post(ways, {"what": "office", **office})
    assert CashOffice.objects.get().agent == agent
    rule = {"country": "UZ", "currency": "UZS", "rail": "cash", "preference": 1, "minimum": 0, "reason": "closed"}
    for _again in range(2):
        client.post(ways, {"what": "rule", **rule})
    assert not RailRule.objects.get().is_allowed
    wrong = client.post(ways, {"what": "account", **account, "number": "KZ00", "tax_id": "971240001315"})
    assert wrong.status_code == 422 and "This IBAN is not right" in wrong.content.decode()


def _book(client, what: str, **said):
    form = {"what": what, "sure": "on", "attempt": str(uuid.uuid4()), **said}
    return [client.post(address("corrections"), form, follow=True) for _again in range(2)]


def test_a_makers_balance_is_corrected_once_with_a_reason_and_a_name(client, treasurer):
    artisan = make_payable("silk")
    said = {"account": "maker", "maker": "silk", "amount": "-250.50", "currency": "KZT", "reason": "paid in cash"}
    answers = _book(client, "correct", **said)
    assert balances(artisan.partner)["KZT"].available == Decimal("99749.50")
    assert "paid in cash" in answers[0].text and "Silk" in answers[0].text
    line = AuditLine.objects.get(action="balance corrected")
    assert (line.person, line.detail["reason"]) == (treasurer, "paid in cash")


@pytest.mark.parametrize(
    ("what", "said", "account", "amount"),
    [
        ("correct", {"account": "bank", "amount": "5", "currency": "USD", "reason": "interest"}, "bank", "5"),
        ("bank", {"reference": "po_1", "amount": "70", "currency": "USD"}, "cash", "-70"),
        (
            "exchanged",
            {"sold": "10", "sold_currency": "USD", "bought": "5000", "bought_currency": "KZT"},
            "exchange",
            "10",
        ),
    ],
)
def test_money_of_the_platform_is_booked_once(client, treasurer, what, said, account, amount):
    _book(client, what, **said)
    assert total(account, "USD") == Decimal(amount) and verify().problems == []
    assert AuditLine.objects.filter(person=treasurer).exists()


@pytest.mark.parametrize(
    ("what", "said", "told"),
    [
        ("correct", {"account": "maker", "maker": "nobody", "amount": "5"}, "no maker with this address"),
        ("correct", {"account": "bank", "amount": "0"}, "no amount of this currency"),
        ("correct", {"account": "bank", "amount": "5", "sure": ""}, "required"),
        ("correct", {"account": "frozen", "amount": "5"}, "not one of the available choices"),
        (
            "exchanged",
            {"sold": "-1", "bought": "5", "sold_currency": "USD", "bought_currency": "USD"},
            "two currencies",
        ),
    ],
)
def test_what_cannot_be_booked_is_told(client, treasurer, what, said, told):
    answer = _book(client, what, **{"currency": "USD", "reason": "r", **said})[0]
    assert answer.status_code == 422 and told in answer.text and not Entry.objects.exists()


def test_the_gateways_bookings_match_the_ledger(client, treasurer):
    order = place(make_listing(make_artisan()))
    payment = order.payments.get()
    open_page(payment)
    payment.refresh_from_db()
    provider.conclude(payment.reference, "paid", tell=False)
    ask(payment)
    payment.refresh_from_db()
    read_charge(payment)
    rows = client.get(address("reconciliation") + "?format=csv").content.decode().splitlines()
    assert order.number in rows[1] and rows[1].endswith(",0.00,matched")


def test_a_treasurer_sees_cash_that_only_one_side_signed_for(client, treasurer):
    payout = make_sent(make_payable("silk").partner).payouts.get()
    office = CashOffice.objects.create(country="KZ", currency="KZT", name="Office", place="Almaty", agent=make_user())
    CashReceipt.objects.create(payout=payout, office=office, expires=timezone.now(), agent_signed_at=timezone.now())
    html = client.get(address("payouts")).content.decode()
    assert "Cash that only one side signed for" in html and f"/payouts/batches/{payout.batch_id}/" in html


def test_an_agent_opens_their_own_hand_overs_with_a_second_factor_only(client):
    agent = make_user("agent@example.org")
    artisan = make_payable(country="KG", currency="KGS")
    office = CashOffice.objects.create(country="KG", currency="KGS", name="Office", place="Osh", agent=agent)
    payout = make_sent(artisan.partner).payouts.get()
    details = payees.save_details(
        payout.payee, "cash", "KGS", {"holder": "Bermet", "document": "AN1", "office": office.pk},
        country="KG", number="AN123", label="Office", person=None,
    )  # fmt: skip
    Payout.objects.update(details=details)
    receipt = CashReceipt.objects.create(payout=payout, office=office, expires=timezone.now() + timedelta(days=1))
    page = reverse("moderation:cash", args=[receipt.pk])
    client.force_login(agent)
    assert client.get(page).url == reverse("mfa_activate_totp")
    prove(client, agent)
    html = client.get(page).content.decode()
    assert "Bermet" in html and "AN123" not in html
    client.force_login(make_user())
    assert client.get(page).status_code == 404
