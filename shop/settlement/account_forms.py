"""What a bank account looks like in each country, and whether one that was typed can be right. The forms are data
(`data/account_forms.json`, each with its source); a country that has none there is asked for IBAN and BIC."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from schwifty import BIC, IBAN
from schwifty.exceptions import SchwiftyException

_FILE = Path(__file__).parent / "data" / "account_forms.json"
_IBAN_ONLY: dict[str, Any] = {"form": "iban", "source": "SWIFT IBAN registry, as in the package schwifty."}
# Latin letters, digits and what a name may have besides: what every bank's file takes (ISO 20022 text).
_HOLDER_LENGTH = 140


class BadAccount(ValueError):
    """What was typed is no account. `.errors`: field → what is wrong and how to go on, in the active language."""

    def __init__(self, errors: dict[str, str]):
        super().__init__("; ".join(sorted(errors)))
        self.errors = errors


@cache
def _forms() -> dict[str, Any]:
    return json.loads(_FILE.read_text(encoding="utf-8"))


def form_of(country: str) -> dict[str, Any]:
    """The form of accounts in `country`: "iban" or "local", with its parts and the source of the rule."""
    return _forms().get(country, _IBAN_ONLY)


def field_names(country: str) -> list[str]:
    """What to ask for, in this order."""
    form = form_of(country)
    names = ["holder", "iban", "bic"] if form["form"] == "iban" else ["holder", "bank_name", "bank_code", "account"]
    return names + (["tax_id"] if "tax_id" in form else [])


def clean_account(country: str, currency: str, typed: dict[str, str]) -> dict[str, str]:
    """The account as banks write it: without spaces, in capitals. BadAccount names every field that cannot be right.

    `typed` has the names of `field_names(country)`; what is returned has "number" too, the IBAN or the account.
    """
    form, errors = form_of(country), {}
    cleaned = {name: _squeeze(name, typed.get(name, "")) for name in field_names(country)}
    if not cleaned["holder"] or len(cleaned["holder"]) > _HOLDER_LENGTH:
        errors["holder"] = _("Please write the name exactly as the bank has it.")
    if form["form"] == "iban":
        errors |= _check_iban(country, cleaned)
    else:
        errors |= _check_local(form, currency, cleaned)
    if "tax_id" in form and (problem := _check_tax_id(form["tax_id"], cleaned["tax_id"])):
        errors["tax_id"] = problem
    if errors:
        raise BadAccount(errors)
    return {**cleaned, "number": cleaned["iban"] if form["form"] == "iban" else cleaned["account"]}


def _squeeze(name: str, text: str) -> str:
    if name in ("holder", "bank_name"):
        return " ".join(text.split())
    return re.sub(r"[\s\-]", "", text).upper()


def _check_iban(country: str, cleaned: dict[str, str]) -> dict[str, str]:
    errors = {}
    try:
        iban = IBAN(cleaned["iban"])
    except SchwiftyException:
        return {"iban": _("This IBAN is not right: a digit is missing or two changed places. Please copy it again.")}
    if iban.country_code != country:
        errors["iban"] = _("This IBAN is of another country: it must begin with %(code)s.") % {"code": country}
    elif country == "KZ" and iban.bank is None:
        errors["iban"] = _("No bank with this code is known. Please copy the IBAN again, or ask us.")
    if errors:
        return errors
    if not cleaned["bic"]:
        # Where the IBAN says which bank it is, nobody needs to know its BIC.
        cleaned["bic"] = str(iban.bic or "")
    try:
        bic = BIC(cleaned["bic"])
    except SchwiftyException:
        errors["bic"] = _("A BIC has 8 or 11 letters and digits; your bank's is in your contract or app.")
        return errors
    if bic.country_code != country:
        errors["bic"] = _("This bank is in another country than the account.")
    elif country == "AZ" and iban.bank_code != bic.bank_code:
        errors["bic"] = _("This is the BIC of another bank: the IBAN says %(code)s.") % {"code": iban.bank_code}
    elif country == "KZ" and not bic.exists:
        errors["bic"] = _("No bank with this BIC is known. Please copy it again, or ask us.")
    return errors


def _check_local(form: dict[str, Any], currency: str, cleaned: dict[str, str]) -> dict[str, str]:
    errors = {}
    account, bank = form["account"], form["bank_code"]
    if not cleaned["bank_name"]:
        errors["bank_name"] = _("Please write the name of the bank and its branch.")
    if problem := _digits(cleaned["bank_code"], bank["digits"]):
        errors["bank_code"] = problem
    number = cleaned["account"]
    if problem := _digits(number, account["digits"]):
        errors["account"] = problem
    elif account["check"] and not CHECKS[account["check"]](number):
        errors["account"] = _("Its last digits do not fit the others: one is wrong or two changed places.")
    elif account["currencies"] and not _has_currency(account, currency, number):
        errors["account"] = _("This account is not in %(currency)s. Please give one that is.") % {"currency": currency}
    begins = bank.get("begins_account")
    if begins and not errors and number[:begins] != cleaned["bank_code"][:begins]:
        errors["bank_code"] = _("The account is of another bank than this code says.")
    return errors


def _has_currency(account: dict[str, Any], currency: str, number: str) -> bool:
    at = account["currency_at"]
    return number[at : at + 3] == account["currencies"].get(currency)


def _check_tax_id(rule: dict[str, Any], number: str) -> str:
    if not number:
        return _("Banks ask for it with every payment.") if rule["required"] else ""
    if problem := _digits(number, rule["digits"]):
        return problem
    if rule["check"] and not CHECKS[rule["check"]](number):
        return _("Its last digit does not fit the others: one is wrong or two changed places.")
    return ""


def _digits(number: str, lengths: list[int]) -> str:
    if number.isascii() and number.isdigit() and len(number) in lengths:
        return ""
    counts = _(" or ").join(str(length) for length in lengths)
    return _("It has %(counts)s digits and nothing else.") % {"counts": counts}


def kg_mod97(number: str) -> bool:
    """Kyrgyz account: the last two digits are the remainder of the first fourteen by 97 (NBKR, Resolution 3/5 of
    2005). Where nothing remains, banks write 97 or 00."""
    remainder = int(number[:14]) % 97
    return number[14:] in ({"97", "00"} if remainder == 0 else {f"{remainder:02}"})


def kz_iin(number: str) -> bool:
    """Kazakh IIN or BIN: weights 1…11, then 3…11, 1, 2 when the remainder by 11 is ten; ten again is never given out
    (Decree 853 of 2007)."""
    digits = [int(digit) for digit in number]
    for weights in (range(1, 12), [*range(3, 12), 1, 2]):
        remainder = sum(weight * digit for weight, digit in zip(weights, digits, strict=False)) % 11
        if remainder != 10:
            return remainder == digits[11]
    return False


CHECKS = {"kg_mod97": kg_mod97, "kz_iin": kz_iin}
