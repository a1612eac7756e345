"""How addresses differ by country: what the region is called, how postcodes look.

Postcode patterns: Unicode CLDR's postalCodeData (the six countries and those most parcels go to).
"""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
_STATE = {"US", "AU", "IN", "BR", "MX"}


def region_label(country: str):
    if country in _STATE:
        return gettext_lazy("State")
    return gettext_lazy("Province") if country in ("CA", "CN", "TR") else gettext_lazy("Region")


def postcode_hint(country: str) -> str:
    example = _EXAMPLES.get(country)
    return _("For example %(example)s") % {"example": example} if example else ""


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
