"""Prices said in words: "up to 5000 tenge", «от 10 до 50 $», "100 manatdan arzon". Pure."""

import re
from dataclasses import dataclass

from search.folding import fold_word, words

# Folded beginnings of currency names (endings are case suffixes), longest first; the national names of the six
# currencies, of the dollar and the euro.
_CURRENCY_STARTS = (
    ("somoni", "TJS"),
    ("tenge", "KZT"),
    ("teng", "KZT"),
    ("dollar", "USD"),
    ("dollor", "USD"),
    ("manat", "manat"),
    ("evro", "EUR"),
    ("euro", "EUR"),
    ("yevro", "EUR"),
    ("sum", "UZS"),
    ("som", "som"),
)
_CURRENCY_WORDS = {
    **{sign: code for sign, code in zip("$€₸₼", ("USD", "EUR", "KZT", "AZN"), strict=True)},
    **{code.lower(): code for code in ("KZT", "KGS", "UZS", "TJS", "TMT", "AZN", "USD", "EUR")},
    "тг": "KZT",
    "tg": "KZT",
}
# Words before or after a number that make it a limit, in normal form.
_MOST_BEFORE = frozenset("under below to than most max maximum до дороже дешевле более то".split())
_LEAST_BEFORE = frozenset("over above from least min minimum от аз".split())
_MOST_AFTER = frozenset("дейін чейин gacha гача çenli qədər кам арзон arzon ucuz арзан arzan".split())
_LEAST_AFTER = frozenset("жоғары жогору ortiq yuqori юқори зиёд артық köp çox artıq ýokary".split())
_FILLER = frozenset("up less more cheaper not no at не price цена баға баа narx narxi нарх baha qiymət".split())

_TOKEN = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f,.]\d{3})+(?!\d)|\d{1,9}(?:[.,]\d{1,2})?(?!\d)"  # 5 000, 5000, 12,50
    r"|[$€₸₼]|[-–—]|[^\W\d_]+(?:['ʻʼ‘’`][^\W\d_]+)*"
)


@dataclass(frozen=True)
class PriceLimits:
    """Amounts in `currency` ("" when none was said); `start` and `end` bound the part of the text that said so."""

    least: float | None
    most: float | None
    currency: str
    start: int
    end: int


def find_limits(text: str, language: str) -> PriceLimits | None:
    """The price limits that a text names, if any: a number with a word of limit, or with a currency (a top price)."""
    tokens = [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)]
    numbers = [index for index, (token, _, _) in enumerate(tokens) if token[0].isdecimal()]
    if not numbers:
        return None
    first, last = numbers[0], numbers[0]
    if len(numbers) > 1 and numbers[1] - first <= 3:
        last = numbers[1]
    low, high = _stretch(tokens, first, last, language)
    said = [_plain(token) for token, _, _ in tokens[low:high]]
    currency = next((code for word in said if (code := _currency(word, language))), "")
    amounts = [_amount(tokens[first][0]), _amount(tokens[last][0])]
    span = (tokens[low][1], tokens[high - 1][2])
    limited = set(said) & (_MOST_AFTER | _MOST_BEFORE | _LEAST_AFTER | _LEAST_BEFORE)
    if first != last and (currency or limited):
        return PriceLimits(min(amounts), max(amounts), currency, *span)
    if first != last or not (currency or limited):
        return None
    if limited and not limited & (_MOST_AFTER | _MOST_BEFORE):
        return PriceLimits(amounts[0], None, currency, *span)
    return PriceLimits(None, amounts[0], currency, *span)


def _stretch(tokens: list, first: int, last: int, language: str) -> tuple[int, int]:
    """The tokens around the numbers that speak of the price: tokens[low:high]."""
    low, high = first, last + 1
    before = _MOST_BEFORE | _LEAST_BEFORE | _FILLER
    while low > 0 and (_plain(tokens[low - 1][0]) in before or _currency(_plain(tokens[low - 1][0]), language)):
        low -= 1
    after = _MOST_AFTER | _LEAST_AFTER | _FILLER
    while high < len(tokens) and (_plain(tokens[high][0]) in after or _currency(_plain(tokens[high][0]), language)):
        high += 1
    return low, high


def _plain(token: str) -> str:
    return (words(token) or [token])[0]


def _currency(word: str, language: str) -> str:
    if word in _CURRENCY_WORDS:
        return _CURRENCY_WORDS[word]
    if word.startswith(("soʻm", "сўм")):
        return "UZS"
    folded = fold_word(word)
    found = next((code for start, code in _CURRENCY_STARTS if folded.startswith(start)), "")
    if found == "som":  # Kyrgyz сом; typed without the sign also Uzbek soʻm
        return "UZS" if language == "uz" else "KGS"
    if found == "manat":
        return "TMT" if language == "tk" else "AZN"
    return found


def _amount(token: str) -> float:
    grouped = re.sub(r"[ \u00a0\u202f,.](?=\d{3}(?:\D|$))", "", token)
    return float(grouped.replace(",", "."))
