"""The bank's file says what the ledger says, in a form that the schema accepts; its answer is read row by row."""

import csv
import io
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.settlement import payouts
from shop.settlement.ledger import balances
from shop.settlement.models import Entry, Payout
from shop.settlement.rails import bank_file
from shop.settlement.rails.bank_answer import read_answer
from shop.settlement.rails.iso20022 import BadFile, read_pain002
from tests.factories import make_user
from tests.shop.settlement.accounts import ACCOUNTS, make_payable, make_sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rates")]
NS = "{urn:iso:std:iso:20022:tech:xsd:pain.001.001.09}"
AMOUNTS = ["12345.67", "50000.00", "2000.01"]


@pytest.fixture
def batch():
    return make_sent(*(make_payable(amount=amount).partner for amount in AMOUNTS))


def texts(root, name: str) -> list[str]:
    return [node.text for node in root.iter(NS + name)]


def test_amounts_and_control_sums_are_the_ledgers(batch):
    root = ElementTree.fromstring(bank_file.file_of(batch, "xml"))
    booked = Entry.objects.filter(kind=Entry.PAYOUT)
    in_ledger = sorted(posting.amount for entry in booked for posting in entry.postings.all() if posting.amount > 0)
    assert sorted(map(Decimal, texts(root, "InstdAmt"))) == in_ledger == sorted(map(Decimal, AMOUNTS))
    assert {Decimal(text) for text in texts(root, "CtrlSum")} == {sum(in_ledger)} == {batch.total}
    assert texts(root, "NbOfTxs") == ["3", "3"]


def test_the_file_is_made_once_and_sealed(batch):
    assert bank_file.file_of(batch, "xml") == bank_file.file_of(batch, "xml")
    assert "KZ86" not in batch.sealed_file and batch.reference in bank_file.file_of(batch, "xml").decode()


@pytest.mark.parametrize("where", ACCOUNTS)
def test_every_countrys_accounts_fit_the_schema(where):
    country, currency = where
    sent = make_sent(make_payable(country=country, currency=currency, amount="1000000.00").partner)
    root = ElementTree.fromstring(bank_file.file_of(sent, "xml"))
    account = ACCOUNTS[where]
    assert (account.get("iban") or account["account"]) in texts(root, "IBAN") + texts(root, "Id")
    assert account.get("bank_code", "") in ["", *texts(root, "MmbId")]
    assert {node.get("Ccy") for node in root.iter(NS + "InstdAmt")} == {currency}


def test_a_name_that_xml_or_a_spreadsheet_would_misread_is_carried_safely():
    artisan = make_payable(name='=SUM(A1) & <"Ustoz">')
    from tests.shop.settlement.accounts import save_bank

    save_bank(artisan, ready=True, holder="@ЖК «Айгерім» & Co <x>")
    sent = make_sent(artisan.partner)
    root = ElementTree.fromstring(bank_file.file_of(sent, "xml"))
    assert "@ЖК «Айгерім» & Co <x>" in texts(root, "Nm")
    row = next(csv.DictReader(io.StringIO(bank_file.file_of(sent, "csv").decode())))
    assert row["holder"].startswith("'@") and Decimal(row["amount"]) == Decimal(100000)


def test_a_file_that_the_schema_refuses_leaves_everything_as_it_was(monkeypatch):
    artisan = make_payable()
    payouts.ask_now(artisan.partner, "KZT")
    waiting = payouts.gather()[0][0]
    payouts.approve(waiting.pk, make_user())
    monkeypatch.setattr(bank_file, "_account_id", lambda number: bank_file.pain.AccountIdentification4Choice())
    with pytest.raises(BadFile):
        payouts.send(waiting.pk, make_user())
    assert balances(artisan.partner)["KZT"].available == Decimal(100000)
    assert Payout.objects.get().status == Payout.BATCHED


# -- The answer -----------------------------------------------------------------------------------------------------


def pain002(batch, *transfers: str, group: str = "") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
<GrpHdr><MsgId>ANSWER</MsgId><CreDtTm>2026-12-01T10:00:00</CreDtTm></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>{batch.reference}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>
{f"<GrpSts>{group}</GrpSts>" if group else ""}</OrgnlGrpInfAndSts>
<OrgnlPmtInfAndSts><OrgnlPmtInfId>{batch.reference}</OrgnlPmtInfId>{"".join(transfers)}</OrgnlPmtInfAndSts>
</CstmrPmtStsRpt></Document>""".encode()


def transfer(key: str, status: str, reason: str = "", amount: str = "", currency: str = "KZT") -> str:
    why = f"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn><AddtlInf>the bank's words</AddtlInf></StsRsnInf>" if reason else ""
    sum_ = f'<OrgnlTxRef><Amt><InstdAmt Ccy="{currency}">{amount}</InstdAmt></Amt></OrgnlTxRef>' if amount else ""
    return f"<TxInfAndSts><OrgnlEndToEndId>{key}</OrgnlEndToEndId><TxSts>{status}</TxSts>{why}{sum_}</TxInfAndSts>"


def states(batch) -> list[str]:
    return list(batch.payouts.order_by("pk").values_list("status", flat=True))


def test_an_answer_in_xml_settles_each_transfer_as_it_says(batch):
    first, second, third = batch.payouts.order_by("pk")
    answer = pain002(
        batch, transfer(first.key, "ACSC"), transfer(second.key, "RJCT", "AC04"), transfer(third.key, "ACSP")
    )
    result = read_answer(batch, answer, make_user())
    assert (result.paid, result.bounced, result.waiting, result.problems) == (1, 1, 1, [])
    second.refresh_from_db()
    assert (second.reason_code, second.reason_text) == ("AC04", "the bank's words")
    assert states(batch) == ["paid", "bounced", "sent"]


def test_the_same_answer_twice_changes_nothing_more(batch):
    first = batch.payouts.first()
    answer = pain002(batch, transfer(first.key, "RJCT", "AC01"))
    read_answer(batch, answer, None)
    entries = Entry.objects.count()
    again = read_answer(batch, answer, None)
    assert (again.bounced, again.problems, Entry.objects.count()) == (0, [], entries)


def test_a_message_refused_as_a_whole_bounces_all_of_it(batch):
    result = read_answer(batch, pain002(batch, group="RJCT"), None)
    assert result.bounced == 3 and states(batch) == ["bounced"] * 3


def test_bad_rows_are_named_and_the_good_ones_done(batch):
    first, second, third = batch.payouts.order_by("pk")
    rows = [
        "key,status,reason,amount,currency",
        f"{first.key},PAID,,12345.67,KZT",
        f"{second.key},PAID,,50000.01,KZT",
        f"{third.key},WHAT,,,",
        "P999999-NOBODY,PAID,,,",
        f"{third.key},PAID,,many,KZT",
        f"{third.key},PAID,,2000.01,UZS",
    ]
    result = read_answer(batch, "\n".join(rows).encode(), None)
    assert result.paid == 1 and states(batch) == ["paid", "sent", "sent"]
    assert [problem.split(" ")[1] for problem in result.problems] == ["3", "4", "5", "6", "7"]
    assert "50000.00" in result.problems[0] and "WHAT" in result.problems[1]


def test_a_spreadsheets_file_with_semicolons_is_read(batch):
    rows = "".join(f"{payout.key};paid\r\n" for payout in batch.payouts.all())
    assert read_answer(batch, ("\ufeffkey;status\r\n" + rows).encode(), None).paid == 3


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"<xml", "no XML"),
        (b"<Document/>", "no pain.002"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><Document/>", "document type"),
        (b"one,two\n1,2", "missing column key, status"),
        (b"key,status\n\xff\xfe", "UTF-8"),
    ],
)
def test_what_is_no_answer_is_refused(batch, content, reason):
    with pytest.raises(BadFile, match=reason):
        read_answer(batch, content, None)
    assert states(batch) == ["sent"] * 3


def test_an_answer_to_another_batch_is_refused(batch):
    other = make_sent(make_payable().partner)
    with pytest.raises(BadFile, match=other.reference):
        read_answer(batch, pain002(other, group="RJCT"), None)


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(content):
    try:
        read_pain002(content)
    except BadFile:
        pass


def test_a_log_never_holds_an_account_number(batch, caplog):
    caplog.set_level("DEBUG")
    make_sent(make_payable().partner)
    read_answer(batch, pain002(batch, group="RJCT"), None)
    assert "5004100100" not in caplog.text
