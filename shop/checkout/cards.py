"""Numbers that look like a payment card's, so that none is ever kept: typed into the wrong field, or sent to us by
mistake.

13 to 19 digits that pass the Luhn check and begin as cards do: 2 to 6 (ISO/IEC 7812: UnionPay 62, Mir 22, Mastercard,
Visa, American Express), 86 and 98 (Uzcard and Humo). Digits may be grouped by spaces or hyphens. A number after + is a
telephone's.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy

_DIGITS = re.compile(r"(?<![\w+.])(?:\d[ \u00a0-]?){12,18}\d(?![\w])")
_BEGINNINGS = ("2", "3", "4", "5", "6", "86", "98")
MASK = "[card number removed]"
# Told in forms that no card belongs into.
NO_CARDS = gettext_lazy("This looks like a card's number. It was not kept: nobody here needs it.")


def refuse_cards(form: Any, names: Iterable[str], told: str) -> None:
    """A card's number in these fields of a form that was sent is neither kept nor shown again; `told` says so."""
    for name in names:
        if has_card(str(form.data.get(form.add_prefix(name), ""))):
            form.data = form.data.copy()
            form.data[form.add_prefix(name)] = ""
            form.cleaned_data.pop(name, None)
            form.add_error(name, told)


def has_card(text: str) -> bool:
    return any(_is_card(found.group()) for found in _DIGITS.finditer(text))


def without_cards(value: Any) -> Any:
    """The same JSON value with every such number replaced, in keys too."""
    if isinstance(value, dict):
        return {without_cards(key): without_cards(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [without_cards(inner) for inner in value]
    if isinstance(value, str):
        return _DIGITS.sub(lambda found: MASK if _is_card(found.group()) else found.group(), value)
    if isinstance(value, int) and not isinstance(value, bool) and _is_card(str(value)):
        return MASK
    return value


def _is_card(typed: str) -> bool:
    digits = re.sub(r"\D", "", typed)
    return 13 <= len(digits) <= 19 and digits.startswith(_BEGINNINGS) and _luhn(digits)


def _luhn(digits: str) -> bool:
    doubled = [int(digit) for digit in reversed(digits)]
    total = sum(digit if place % 2 == 0 else digit * 2 - 9 * (digit > 4) for place, digit in enumerate(doubled))
    return total % 10 == 0
