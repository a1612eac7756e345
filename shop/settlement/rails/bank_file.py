"""Bank transfers by a file: pain.001 for each batch (one currency, one paying account), or CSV where a bank has no ISO
20022. A person fetches it, gives it to the bank, and brings back the bank's answer (`bank_answer`)."""

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from pyiso20022.pain import pain_001_001_09 as pain
from xsdata.models.datatype import XmlDate, XmlDateTime

from shop.settlement import vault
from shop.settlement.models import Payout, PayoutBatch
from shop.settlement.rails.iso20022 import write

CSV_COLUMNS = ["key", "holder", "tax_id", "bank", "bank_code", "bic", "account", "amount", "currency", "purpose"]
_CODES = pain.ChargeBearerType1Code


def send(batch: PayoutBatch, payouts: list[Payout]) -> None:
    """Makes the batch's file and seals it; it is fetched from the batch's page."""
    rows = [row_of(payout) for payout in payouts]
    files = {"xml": pain001(batch, payouts, rows).decode(), "csv": to_csv(rows)}
    batch.sealed_file = vault.seal(files)


def file_of(batch: PayoutBatch, kind: str) -> bytes:
    """The file as it was made when the batch was sent: `kind` is "xml" or "csv"."""
    return vault.unseal(batch.sealed_file)[kind].encode()


def row_of(payout: Payout) -> dict[str, str]:
    """What a bank needs to know, in plain text: only ever for the file."""
    secret = vault.unseal(payout.details.sealed)
    return {
        "key": payout.key,
        "holder": secret["holder"],
        "tax_id": secret.get("tax_id", ""),
        "bank": secret.get("bank_name", ""),
        "bank_code": secret.get("bank_code", ""),
        "bic": secret.get("bic", ""),
        "account": secret["number"],
        "amount": str(payout.amount),
        "currency": payout.currency,
        # A cooperative sees whose share it is.
        "purpose": f"Karvan {payout.key} {payout.partner.name}"[:140],
    }


def to_csv(rows: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, CSV_COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    # No cell is read as a formula by a spreadsheet; account numbers and amounts cannot begin like one.
    writer.writerows({**row, **{name: _plain(row[name]) for name in ("holder", "bank", "purpose")}} for row in rows)
    return out.getvalue()


def _plain(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text


# -- pain.001.001.09 ------------------------------------------------------------------------------------------------


def pain001(batch: PayoutBatch, payouts: list[Payout], rows: list[dict[str, str]]) -> bytes:
    """The customer credit transfer initiation of a batch. BadFile when the schema refuses it; its control sum and its
    number of transfers are those of `payouts`."""
    total, count = sum((payout.amount for payout in payouts), Decimal("0.00")), str(len(payouts))
    payer = batch.paying_account
    if payer is None:
        raise ValueError(f"batch {batch} has no paying account")
    account: dict[str, Any] = vault.unseal(payer.sealed)
    party = pain.PartyIdentification135(nm=payer.holder[:140])
    header = pain.GroupHeader85(
        msg_id=batch.reference,
        cre_dt_tm=XmlDateTime.from_datetime(timezone.now().replace(microsecond=0)),
        nb_of_txs=count,
        ctrl_sum=total,
        initg_pty=party,
    )
    payment = pain.PaymentInstruction30(
        pmt_inf_id=batch.reference,
        pmt_mtd=pain.PaymentMethod3Code.TRF,
        nb_of_txs=count,
        ctrl_sum=total,
        reqd_exctn_dt=pain.DateAndDateTime2Choice(dt=XmlDate.from_date(_today())),
        dbtr=party,
        dbtr_acct=pain.CashAccount38(id=_account_id(account["number"]), ccy=batch.currency),
        dbtr_agt=_agent(payer.bic, "", payer.bank),
        # The platform pays the fee: what arrives is what was owed.
        chrg_br=_CODES.DEBT,
        cdt_trf_tx_inf=[_transfer(payout, row) for payout, row in zip(payouts, rows, strict=True)],
    )
    initiation = pain.CustomerCreditTransferInitiationV09(grp_hdr=header, pmt_inf=[payment])
    return write(pain.Document(cstmr_cdt_trf_initn=initiation))


def _today() -> date:
    return timezone.localdate()


def _transfer(payout: Payout, row: dict[str, str]) -> pain.CreditTransferTransaction34:
    amount = pain.ActiveOrHistoricCurrencyAndAmount(value=payout.amount, ccy=payout.currency)
    return pain.CreditTransferTransaction34(
        pmt_id=pain.PaymentIdentification6(instr_id=payout.key, end_to_end_id=payout.key),
        amt=pain.AmountType4Choice(instd_amt=amount),
        cdtr_agt=_agent(row["bic"], row["bank_code"], row["bank"]),
        cdtr=pain.PartyIdentification135(nm=row["holder"][:140], id=_tax(row["tax_id"])),
        cdtr_acct=pain.CashAccount38(id=_account_id(row["account"]), ccy=payout.currency),
        rmt_inf=pain.RemittanceInformation16(ustrd=[row["purpose"]]),
    )


def _account_id(number: str) -> pain.AccountIdentification4Choice:
    if number[:2].isalpha():
        return pain.AccountIdentification4Choice(iban=number)
    return pain.AccountIdentification4Choice(othr=pain.GenericAccountIdentification1(id=number))


def _agent(bic: str, code: str, name: str) -> pain.BranchAndFinancialInstitutionIdentification6:
    member = pain.ClearingSystemMemberIdentification2(mmb_id=code) if code else None
    bank = pain.FinancialInstitutionIdentification18(
        bicfi=bic or None, clr_sys_mmb_id=member, nm=None if bic else name[:140] or None
    )
    return pain.BranchAndFinancialInstitutionIdentification6(fin_instn_id=bank)


def _tax(number: str) -> pain.Party38Choice | None:
    if not number:
        return None
    scheme = pain.PersonIdentificationSchemeName1Choice(cd="TXID")
    known = pain.GenericPersonIdentification1(id=number, schme_nm=scheme)
    return pain.Party38Choice(prvt_id=pain.PersonIdentification13(othr=[known]))
