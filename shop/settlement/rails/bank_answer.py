"""The bank's answer to a batch, pain.002 or CSV: good rows are done, each bad one is named and changes nothing."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction

from shop.accounts.audit import note
from shop.settlement.models import Payout, PayoutBatch
from shop.settlement.payout_states import mark_bounced, mark_paid
from shop.settlement.rails.iso20022 import MAX_ANSWER_BYTES, Answer, BadFile, read_pain002

# ISO 20022 ExternalPaymentTransactionStatus1Code: what has arrived, what never will; the others are on their way.
PAID = {"ACSC", "ACCC", "PAID"}
REFUSED = {"RJCT", "CANC", "BOUNCED"}
UNDER_WAY = {"ACCP", "ACSP", "ACTC", "ACWC", "ACFC", "RCVD", "PDNG", "PART", "PATC"}
_COLUMNS = {"key", "status"}


@dataclass
class Result:
    """How many were paid, came back, are on their way; `problems` names each row that could not be used."""

    paid: int = 0
    bounced: int = 0
    waiting: int = 0
    problems: list[str] = field(default_factory=list)


@transaction.atomic
def read_answer(batch: PayoutBatch, content: bytes, person: Any) -> Result:
    """Does what the bank says of each transfer of this batch. Reading the same answer again changes nothing more.
    BadFile when it is no answer, or one to another batch."""
    answers = _answers(batch, content)
    payouts = {payout.key: payout for payout in batch.payouts.select_related("partner")}
    named = {answer.key for answer in answers if answer.key}
    result = Result()
    for answer in answers:
        if answer.key:
            _apply(payouts.get(answer.key), answer, result)
        elif answer.status in PAID | REFUSED:
            # Said of the whole: it counts for those that are not named one by one.
            for key, payout in payouts.items():
                if key not in named:
                    _apply(payout, answer, result)
    note(person, "bank answer read", batch, paid=result.paid, bounced=result.bounced, problems=len(result.problems))
    return result


def _answers(batch: PayoutBatch, content: bytes) -> list[Answer]:
    if not content.strip():
        raise BadFile("the file is empty")
    if not content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return list(_read_csv(content))
    message, answers = read_pain002(content)
    if message != batch.reference:
        raise BadFile(f"this answers message {message or '(none)'}, not {batch.reference}")
    return answers


def _read_csv(content: bytes) -> Iterable[Answer]:
    if len(content) > MAX_ANSWER_BYTES:
        raise BadFile("the file is larger than 5 MB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFile("the file is not in UTF-8") from None
    first = text.splitlines()[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    missing = _COLUMNS - set(reader.fieldnames or [])
    if missing:
        raise BadFile(f"line 1: missing column {', '.join(sorted(missing))}")
    for row in reader:
        clean = {name: (value or "").strip() for name, value in row.items() if isinstance(name, str)}
        where = f"line {reader.line_num}"
        yield Answer(
            where=where,
            key=clean["key"] or "?",
            status=clean["status"].upper(),
            reason=clean.get("reason", ""),
            text=clean.get("text", ""),
            reference=clean.get("reference", ""),
            amount=_amount(clean.get("amount", ""), where),
            currency=clean.get("currency", ""),
        )


def _amount(text: str, where: str) -> Decimal | None:
    """NaN for what is no amount: it equals nothing, so that the row is named and not used."""
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return Decimal("NaN")


def _apply(payout: Payout | None, answer: Answer, result: Result) -> None:
    problem = _problem(payout, answer)
    if problem or payout is None:
        result.problems.append(f"{answer.where} ({answer.key or 'whole file'}): {problem}")
    elif answer.status in PAID:
        result.paid += mark_paid(payout.pk, answer.reference)
    elif answer.status in REFUSED:
        result.bounced += mark_bounced(payout.pk, answer.reason or "NARR", answer.text, answer.reference)
    else:
        result.waiting += 1


def _problem(payout: Payout | None, answer: Answer) -> str:
    if payout is None:
        return "no payout of this batch has this number"
    if answer.status not in PAID | REFUSED | UNDER_WAY:
        return f"the status {answer.status or '(none)'} is not known"
    if answer.amount is not None and (answer.amount.is_nan() or answer.amount != payout.amount):
        return f"the amount is not {payout.amount}"
    if answer.currency and answer.currency != payout.currency:
        return f"the currency is not {payout.currency}"
    if answer.status in PAID and payout.status == Payout.BOUNCED:
        return "it came back already"
    if payout.status not in (Payout.SENT, Payout.PAID, Payout.BOUNCED):
        return f"it is {payout.status}, not on its way"
    return ""
