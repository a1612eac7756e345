"""An account that cannot be right is refused, with the field and how to go on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.settlement.account_forms import BadAccount, clean_account, field_names, form_of, kg_mod97, kz_iin
from tests.shop.settlement.accounts import ACCOUNTS


@pytest.mark.parametrize(("where", "account"), ACCOUNTS.items())
def test_a_sound_account_is_taken_and_written_as_banks_do(where, account):
    number = account.get("iban") or account["account"]
    spaced = " ".join(number[at : at + 4] for at in range(0, len(number), 4)).lower()
    cleaned = clean_account(*where, {**account, "iban": spaced, "account": spaced})
    assert cleaned["number"] == number


def test_the_bank_of_an_iban_is_looked_up():
    assert clean_account("KZ", "KZT", ACCOUNTS["KZ", "KZT"])["bic"] == "NBRKKZKX"


@pytest.mark.parametrize(
    ("where", "change", "field"),
    [
        (("KZ", "KZT"), {"iban": "KZ87125KZT5004100100"}, "iban"),
        (("KZ", "KZT"), {"iban": "DE89370400440532013000"}, "iban"),
        (("KZ", "KZT"), {"iban": "KZ61999KZT5004100100"}, "iban"),
        (("KZ", "KZT"), {"bic": "ABCDKZKX"}, "bic"),
        (("KZ", "KZT"), {"bic": "DEUTDEFF"}, "bic"),
        (("KZ", "KZT"), {"tax_id": "971240001316"}, "tax_id"),
        (("KZ", "KZT"), {"tax_id": ""}, "tax_id"),
        (("KZ", "KZT"), {"holder": "  "}, "holder"),
        (("AZ", "AZN"), {"bic": ""}, "bic"),
        (("AZ", "AZN"), {"bic": "IBAZAZ2X"}, "bic"),
        (("UZ", "UZS"), {"account": "2020800090012345600"}, "account"),
        (("UZ", "UZS"), {"account": "20208840900123456001"}, "account"),
        (("UZ", "UZS"), {"bank_code": "873"}, "bank_code"),
        (("UZ", "UZS"), {"account": "2020800090012345600O"}, "account"),
        (("UZ", "UZS"), {"bank_name": ""}, "bank_name"),
        (("KG", "KGS"), {"account": "1090180000001299"}, "account"),
        (("KG", "KGS"), {"bank_code": "110018"}, "bank_code"),
        (("TJ", "TJS"), {"bank_code": "35010162"}, "bank_code"),
        (("TJ", "TJS"), {"account": "20206840600000001234"}, "account"),
        (("TM", "TMT"), {"tax_id": "12"}, "tax_id"),
    ],
)
def test_what_cannot_be_right_is_named(where, change, field):
    with pytest.raises(BadAccount) as refused:
        clean_account(*where, {**ACCOUNTS[where], **change})
    assert list(refused.value.errors) == [field]


def test_an_account_is_in_the_currency_of_the_money():
    dollars = {**ACCOUNTS["UZ", "UZS"], "account": "20208840900123456001"}
    assert clean_account("UZ", "USD", dollars)["number"] == dollars["account"]
    with pytest.raises(BadAccount):
        clean_account("UZ", "UZS", dollars)


@pytest.mark.parametrize("country", ["KZ", "AZ", "UZ", "KG", "TJ", "TM", "DE"])
def test_every_country_has_a_form_with_its_source(country):
    assert form_of(country)["source"] and field_names(country)[0] == "holder"


@given(st.integers(0, 10**14 - 1), st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_of_a_kyrgyz_account_is_seen(first, place, by):
    digits = f"{first:014}"
    assert kg_mod97(f"{digits}{first % 97:02}" if first % 97 else f"{digits}97")
    wrong = digits[:place] + str((int(digits[place]) + by) % 10) + digits[place + 1 :]
    assert not kg_mod97(f"{wrong}{first % 97:02}" if first % 97 else f"{wrong}97")


@given(st.integers(0, 10**12 - 1))
def test_a_kazakh_tax_number_fits_by_the_rule_written_out(number):
    digits = f"{number:012}"
    assert kz_iin(digits) == (int(digits[11]) == _by_hand(digits))


def test_the_number_of_a_kazakh_company_fits():
    assert kz_iin("971240001315")


def _by_hand(number: str) -> int:
    """The rule once more, written out."""
    first = sum(int(digit) * weight for digit, weight in zip(number[:11], range(1, 12), strict=True)) % 11
    shifted = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
    second = sum(int(digit) * weight for digit, weight in zip(number[:11], shifted, strict=True)) % 11
    return first if first != 10 else second
