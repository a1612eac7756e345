"""How addresses differ by country: which fields, in which order, what they are called, how postcodes look.

Order and fields: Google's address data (libaddressinput), of the countries most parcels go to; regions are asked for in
all of our six. Postcode patterns: Unicode CLDR's postalCodeData.
"""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from phonenumbers import PhoneNumberFormat, PhoneNumberType, example_number_for_type, format_number

# A street, house, flat; C city; S region or state; Z postcode. "|" begins a line.
_USUAL = "A|Z C|S"
_FORMATS = {
    "KZ": "Z|S|C|A", "KG": "A|Z C|S", "TJ": "A|Z C|S", "TM": "A|Z C|S", "UZ": "A|Z C|S", "AZ": "A|Z C|S",
    "RU": "A|C|S|Z", "UA": "A|C|S|Z", "AM": "A|Z|C|S", "GE": "A|Z C", "BY": "S|Z C|A", "TR": "A|Z C/S",
    "US": "A|C, S Z", "CA": "A|C S Z", "AU": "A|C S Z", "IN": "A|C Z|S", "BR": "A|C-S|Z", "MX": "A|Z C, S",
    "GB": "A|C|Z", "IE": "A|C|S Z", "IL": "A|C Z", "IT": "A|Z C S", "ES": "A|Z C|S",
    "CN": "Z|S|C|A", "JP": "Z|S C|A", "KR": "S C|A|Z",
    **dict.fromkeys(("DE", "AT", "CH", "FR", "BE", "NL", "LU", "PL", "CZ", "SK", "DK", "SE", "NO", "FI", "HU"),
                    "A|Z C"),
}  # fmt: skip
_FIELDS = {"A": "line1", "C": "city", "S": "state", "Z": "postcode"}

_STATES = {
    **dict.fromkeys(("US", "AU", "IN", "BR", "MX"), gettext_lazy("State")),
    **dict.fromkeys(("CA", "CN", "TR", "IT", "ES", "KR"), gettext_lazy("Province")),
    "JP": gettext_lazy("Prefecture"),
    "IE": pgettext_lazy("part of an address", "County"),
    "KZ": gettext_lazy("Region (oblys)"),
    "UZ": gettext_lazy("Region (viloyat)"),
    "TJ": gettext_lazy("Region (viloyat)"),
    "TM": gettext_lazy("Region (welayat)"),
    "KG": gettext_lazy("Region (oblast)"),
    "RU": gettext_lazy("Region (oblast)"),
    "AZ": gettext_lazy("District (rayon)"),
}
# Without it, a parcel does not arrive.
_STATE_NEEDED = {"US", "CA", "AU", "IN", "BR", "CN", "JP", "IT"}

_POSTCODES = {
    "KZ": r"\d{6}|[A-Z]\d{2}[A-Z]\d[A-Z]\d",
    "KG": r"\d{6}",
    "TJ": r"\d{6}",
    "TM": r"\d{6}",
    "UZ": r"\d{6}",
    "AZ": r"(AZ ?)?\d{4}",
    "RU": r"\d{6}",
    "TR": r"\d{5}",
    "DE": r"\d{5}",
    "FR": r"\d{2} ?\d{3}",
    "US": r"\d{5}(-\d{4})?",
    "GB": r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}",
    "CA": r"[A-Z]\d[A-Z] ?\d[A-Z]\d",
    "CN": r"\d{6}",
    "JP": r"\d{3}-?\d{4}",
    "KR": r"\d{5}",
}
_EXAMPLES = {
    "KZ": "050000", "KG": "720000", "TJ": "734000", "TM": "744000", "UZ": "100000", "AZ": "AZ1000", "RU": "101000",
    "TR": "34000", "DE": "10115", "FR": "75001", "US": "10001", "GB": "SW1A 1AA", "CA": "K1A 0B1", "CN": "100000",
    "JP": "100-0001", "KR": "03051",
}  # fmt: skip
# In the region, letters in villages arrive without a postcode; elsewhere carriers refuse them.
_OPTIONAL = {"KZ", "KG", "TJ", "TM", "UZ", "AZ"}


def rows(country: str) -> list[list[str]]:
    """The fields of an address there, line by line in the order people write them; "state" is not among all."""
    return [[_FIELDS[sign] for sign in line if sign in _FIELDS] for line in _FORMATS.get(country, _USUAL).split("|")]


def written(country: str, values: dict[str, str]) -> list[str]:
    """The lines of an address as they are written there, without those that would be empty.

    `values`: line1, city, state, postcode; what has no place in that country's order follows at the end.
    """
    pattern = _FORMATS.get(country, _USUAL)
    lines = [_line(line, values) for line in pattern.split("|")]
    return [line for line in [*lines, "" if "S" in pattern else values.get("state", "")] if line]


def _line(pattern: str, values: dict[str, str]) -> str:
    """What stands before a field is written only after another one."""
    text, before = "", ""
    for sign in pattern:
        if sign not in _FIELDS:
            before += sign
            continue
        value = values.get(_FIELDS[sign], "")
        text, before = text + (before if text and value else "") + value, ""
    return text


def region_label(country: str):
    return _STATES.get(country, gettext_lazy("Region"))


def needs_region(country: str) -> bool:
    return country in _STATE_NEEDED


def postcode_label(country: str):
    return gettext_lazy("ZIP code") if country == "US" else gettext_lazy("Postcode")


def postcode_hint(country: str) -> str:
    example = _EXAMPLES.get(country)
    return _("For example %(example)s") % {"example": example} if example else ""


def phone_example(country: str) -> str:
    """A mobile number as it is written for callers from abroad: +998 90 123 45 67."""
    mobile = PhoneNumberType.MOBILE
    number = example_number_for_type(country, mobile) or example_number_for_type("UZ", mobile)
    return format_number(number, PhoneNumberFormat.INTERNATIONAL) if number else ""


def phone_hint(country: str) -> str:
    example = phone_example(country)
    return _("Couriers call it. With the country's code, for example %(example)s.") % {"example": example}


def check_postcode(country: str, postcode: str) -> str:
    """What is wrong with this postcode, in the reader's language; empty when nothing is."""
    pattern, typed = _POSTCODES.get(country), postcode.strip().upper()
    if pattern is None:
        return ""
    if not typed:
        return "" if country in _OPTIONAL else _("Carriers need the postcode.")
    if re.fullmatch(pattern, typed):
        return ""
    return _("This is not a postcode of that country; it looks like %(example)s.") % {"example": _EXAMPLES[country]}
