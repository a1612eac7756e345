"""ISO 20022 as XML: pain.001.001.09 written from pyiso20022's classes and checked against the schema that sepaxml
ships; pain.002 of any version read."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from xml.etree import ElementTree

import sepaxml
import xmlschema
from pyiso20022.pain import pain_001_001_09 as pain
from xsdata.formats.dataclass.serializers import XmlSerializer
from xsdata.formats.dataclass.serializers.config import SerializerConfig

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
MAX_ANSWER_BYTES = 5 * 1024 * 1024


class BadFile(ValueError):
    """A file that cannot be what it should be; the message says why, with the line where one is known."""


@cache
def _schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(os.path.join(os.path.dirname(sepaxml.__file__), "schemas", "pain.001.001.09.xsd"))


def write(document: pain.Document) -> bytes:
    """The document as XML; BadFile when the schema refuses it."""
    serializer = XmlSerializer(config=SerializerConfig(indent="  ", encoding="UTF-8"))
    text = serializer.render(document, ns_map={"": NAMESPACE})
    try:
        _schema().validate(text)
    except xmlschema.XMLSchemaValidationError as error:
        # Its message would quote what is wrong, which may be an account number.
        raise BadFile(f"the schema refuses {error.path}") from None
    return text.encode()


@dataclass(frozen=True)
class Answer:
    """What a bank says of one transfer. `status`: ISO 20022 (ACSC, RJCT …); `amount` where it was repeated."""

    where: str
    key: str
    status: str
    reason: str = ""
    text: str = ""
    reference: str = ""
    amount: Decimal | None = None
    currency: str = ""


def read_pain002(content: bytes) -> tuple[str, list[Answer]]:
    """(our message's id, what is said of each transfer) of a pain.002 of any version. A status of the whole message or
    payment counts for its transfers that have none: their key is "" then."""
    root = _parse(content)
    report = next((node for node in root.iter() if _name(node) == "CstmrPmtStsRpt"), None)
    if report is None:
        raise BadFile("this is no pain.002: it has no CstmrPmtStsRpt")
    message = _text(report, "OrgnlMsgId")
    answers = [_answer(node, number) for number, node in enumerate(_all(report, "TxInfAndSts"), start=1)]
    for level, tag in (("OrgnlPmtInfAndSts", "PmtInfSts"), ("OrgnlGrpInfAndSts", "GrpSts")):
        for node in _all(report, level):
            if status := _own(node, tag):
                reason, words = _reason(node)
                answers.append(Answer(level, "", status, reason, words))
    return message, answers


def _parse(content: bytes) -> ElementTree.Element:
    if len(content) > MAX_ANSWER_BYTES:
        raise BadFile("the file is larger than 5 MB")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise BadFile("a bank's answer has no document type of its own")
    try:
        return ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise BadFile(f"this is no XML: {error}") from None


def _answer(node: ElementTree.Element, number: int) -> Answer:
    reason, words = _reason(node)
    amount_node = next((inner for inner in node.iter() if _name(inner) == "InstdAmt"), None)
    amount = None
    if amount_node is not None:
        try:
            amount = Decimal((amount_node.text or "").strip())
        except InvalidOperation:
            raise BadFile(f"transfer {number}: {amount_node.text!r} is no amount") from None
    return Answer(
        where=f"transfer {number}",
        key=_text(node, "OrgnlEndToEndId"),
        status=_own(node, "TxSts"),
        reason=reason,
        text=words,
        reference=_text(node, "AcctSvcrRef"),
        amount=amount,
        currency=amount_node.get("Ccy", "") if amount_node is not None else "",
    )


def _reason(node: ElementTree.Element) -> tuple[str, str]:
    for inner in node:
        if _name(inner) == "StsRsnInf":
            return _text(inner, "Cd") or _text(inner, "Prtry"), _text(inner, "AddtlInf")
    return "", ""


def _name(node: ElementTree.Element) -> str:
    return node.tag.rpartition("}")[2]


def _all(node: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (inner for inner in node.iter() if _name(inner) == name)


def _text(node: ElementTree.Element, name: str) -> str:
    return next(((inner.text or "").strip() for inner in _all(node, name)), "")


def _own(node: ElementTree.Element, name: str) -> str:
    return next(((inner.text or "").strip() for inner in node if _name(inner) == name), "")
