"""Prices said in words: "up to 5000 tenge", «от 10 до 50 $», "200 ming so‘mgacha", «не дороже 3 тыс. сом». Pure."""

import re
from dataclasses import dataclass

from search.folding import fold_word, words

# Folded beginnings of currency names (endings are case suffixes), longest first; the national names of the six
# currencies, of the dollar and the euro, and of those that many shoppers think in but that have no rate here.
_CURRENCY_STARTS = (
    ("somoni", "TJS"), ("tenge", "KZT"), ("teng", "KZT"), ("dollar", "USD"), ("dollor", "USD"), ("manat", "manat"),
    ("manad", "manat"), ("yevro", "EUR"), ("evro", "EUR"), ("euro", "EUR"), ("avro", "EUR"), ("rubl", "RUB"),
)  # fmt: skip
_SOM = re.compile(
    r"(?:som|sum)(?:[aiouy]|am|ov|om|ga|go|gacha|gocha|dan|don|dyn|din|lik|luk|duk|ni|nu)?$"
)  # no сумка, no somsa
_CURRENCY_WORDS = {
    **{sign: code for sign, code in zip("$€₸₼₽", ("USD", "EUR", "KZT", "AZN", "RUB"), strict=True)},
    **{code.lower(): code for code in ("KZT", "KGS", "UZS", "TJS", "TMT", "AZN", "USD", "EUR")},
    "тг": "KZT",
    "tg": "KZT",
    "руб": "RUB",
    "buck": "USD",
    "bucks": "USD",
}


def _folded(text: str) -> frozenset[str]:
    return frozenset(fold_word(word) for word in text.split())


# Words that make a number a limit, before and after it. In the Turkic languages the limit follows its number and
# "least" and "most" go before it ("ən çox 50", "50 manatdan çox" is more than 50); Tajik «аз» before it is "from".
_MOST_BEFORE = _folded(
    "under below less cheaper within most max maximum до дешевле менее меньше ниже максимум макс пределах "
    "то кам камтар арзон арзонтар камтаре çox köp көп ko‘p ko‘pi кўпи максимум maksimum maksimal"
)
_LEAST_BEFORE = _folded(
    "over above more least min minimum dearer свыше более больше дороже выше минимум зиёда зиёд зиёдтар бештар "
    "гаронтар кемінде кеминде kamida камида azyndan azı"
)
_FROM = _folded("from between от между аз az")
_TO = _folded("to до то")
_MOST_AFTER = _folded(
    "дейін deıin deiin шейін чейин дейин gacha гача çenli qədər кам камтар арзон арзонтар arzon kam ucuz арзан "
    "арзаныраак arzan az aşağı aşak төмен төмөн кем аз less under max maximum меньше дешевле менее"
)
_LEAST_AFTER = _folded(
    "жоғары жогору ortiq yuqori юқори зиёд зиёда артық артык artyk köp көп çox artıq ýokary yuxarı qimmat қиммат "
    "qimmatroq гаронтар гарон қымбат кымбат gymmat baha bahalı more over up больше дороже более выше ko‘p ko‘proq"
)
_NOT = _folded("not no не на")
_FILLER = _folded(
    "up or and than not no at the price only и или не в на цена ценой по баға бағасы баа баасы narx narxi нарх нарҳ "
    "нархаш baha bahasy qiymət qiyməti ən eng энг ең эң iň bilan билан ga dan nan дан ден нан нен тан тен дон ə"
)
_TIMES = {
    **dict.fromkeys(_folded("тыс тысяч тысячи тысяча k к мың миң ming минг müň ҳазор hazor thousand"), 1_000),
    **dict.fromkeys(_folded("млн миллион миллиона миллионов million mln milyon милён"), 1_000_000),
}
_THOUSAND_AZ = "min"  # Azerbaijani; in other languages the least
# A number of these is a size, an age or a count.
_MEASURES = _folded(
    "cm mm m km kg g gr ml l inch inches years year yo pcs pieces percent см мм м кг г гр мл л лет года год век века "
    "шт штук размер дюймов жас жаш yil yosh йил yaş il сол сола санти x х"
)

_TOKEN = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f,.]\d{3})+(?!\d)|\d{1,9}(?:[.,]\d{1,2})?(?!\d)"  # 5 000, 5000, 12,50
    r"|[$€₸₼₽%×]|[-–—]|[^\W\d_]+(?:['ʻʼ‘’`][^\W\d_]+)*"
)


@dataclass(frozen=True)
class PriceLimits:
    """Amounts in `currency` ("" when none was said); `start` and `end` bound the part of the text that said so."""

    least: float | None
    most: float | None
    currency: str
    start: int
    end: int


@dataclass(frozen=True)
class _Token:
    text: str
    start: int
    end: int
    plain: str
    folded: str


def find_limits(text: str, language: str, own: str = "") -> PriceLimits | None:
    """The price limits that a text names, if any: a number with a word of limit, or with a currency (a top price).
    own: the shopper's currency, which decides between the two som and the two manat."""
    tokens = [_read(match) for match in _TOKEN.finditer(text)]
    numbers = [index for index, token in enumerate(tokens) if token.text[0].isdecimal()]
    if not numbers:
        return None
    first, last = numbers[0], numbers[0]
    if len(numbers) > 1 and _one_range(tokens, first, numbers[1], language):
        last = numbers[1]
    low, high = _stretch(tokens, first, last, language)
    if high < len(tokens) and (tokens[high].folded in _MEASURES or tokens[high].text in "%×"):
        return None
    said = tokens[low:high]
    currency = next((code for token in said if (code := _currency(token, language, own))), "")
    most, least = _direction(tokens, low, first, last, high)
    amounts = _amounts(tokens, first, last, language)
    ends: tuple[float | None, float | None] | None = None
    if first != last:
        limited = most or least or any(token.folded in _FROM for token in said)
        ends = (min(amounts), max(amounts)) if limited or currency else None
    elif not (most or least or currency):
        ends = None
    else:
        ends = (amounts[0], None) if least and not most else (None, amounts[0])
    if ends is None:
        return None
    return PriceLimits(ends[0], ends[1], currency, tokens[low].start, tokens[high - 1].end)


def _read(match: re.Match) -> _Token:
    token = match.group()
    plain = (words(token) or [token])[0]
    return _Token(token, match.start(), match.end(), plain, fold_word(plain))


def _one_range(tokens: list[_Token], first: int, second: int, language: str) -> bool:
    """Whether two numbers are the ends of one range: only what belongs to prices stands between them."""
    return all(_belongs(token, language) or token.text in "-–—" for token in tokens[first + 1 : second])


def _belongs(token: _Token, language: str) -> bool:
    return (
        token.folded in _FILLER | _FROM | _TO | _MOST_AFTER | _LEAST_AFTER | _MOST_BEFORE | _LEAST_BEFORE
        or _times(token, language) > 1
        or bool(_currency(token, language))
    )


def _stretch(tokens: list[_Token], first: int, last: int, language: str) -> tuple[int, int]:
    """The tokens around the numbers that speak of the price: tokens[low:high]."""
    low, high = first, last + 1
    before = _MOST_BEFORE | _LEAST_BEFORE | _FROM | _TO | _FILLER
    while low > 0 and (tokens[low - 1].folded in before or _currency(tokens[low - 1], language)):
        low -= 1
    after = _MOST_AFTER | _LEAST_AFTER | _FILLER
    while high < len(tokens):
        token = tokens[high]
        dash = token.text in "-–—" and high + 1 < len(tokens) and tokens[high + 1].folded in after
        if not (dash or token.folded in after or _times(token, language) > 1 or _currency(token, language)):
            break
        high += 1
    return low, high


def _direction(tokens: list[_Token], low: int, first: int, last: int, high: int) -> tuple[bool, bool]:
    """Whether the words make it a top price, a lowest price. "Not more than" turns "more than" around, and a word of
    comparison («камтар аз») is stronger than a bare "from"."""
    before = {token.folded for token in tokens[low:first]}
    after = {token.folded for token in tokens[last + 1 : high]}
    most, least = bool(before & _MOST_BEFORE), bool(before & _LEAST_BEFORE)
    if before & _NOT and most != least:
        most, least = least, most
    if most or least:
        return most, least and not most
    most, least = bool(after & _MOST_AFTER), bool(after & _LEAST_AFTER)
    if most or least:
        return most, least
    return bool(before & _TO), bool(before & _FROM)


def _amounts(tokens: list[_Token], first: int, last: int, language: str) -> list[float]:
    """Both ends; a "thousand" said once, after the second ("100–200 ming"), is meant for both."""
    low, high = _amount(tokens[first].text), _amount(tokens[last].text)
    times_low, times_high = _after(tokens, first, language), _after(tokens, last, language)
    if first != last and times_low == 1 and low < high:
        times_low = times_high
    return [low * times_low, high * times_high]


def _after(tokens: list[_Token], at: int, language: str) -> int:
    return _times(tokens[at + 1], language) if at + 1 < len(tokens) else 1


def _times(token: _Token, language: str) -> int:
    if token.folded == _THOUSAND_AZ and language == "az":
        return 1_000
    return _TIMES.get(token.folded, 1)


def _currency(token: _Token, language: str, own: str = "") -> str:
    if token.plain in _CURRENCY_WORDS:
        return _CURRENCY_WORDS[token.plain]
    if token.plain.startswith(("soʻm", "сўм")):
        return "UZS"
    found = next((code for start, code in _CURRENCY_STARTS if token.folded.startswith(start)), "")
    if not found and _SOM.match(token.folded):  # Kyrgyz сом; typed without the sign also Uzbek soʻm; Russian сум
        if token.folded.startswith("sum"):
            return "UZS"
        return "UZS" if language == "uz" or (language != "ky" and own == "UZS") else "KGS"
    if found == "manat":
        return "TMT" if language == "tk" or (language != "az" and own == "TMT") else "AZN"
    return found


def _amount(token: str) -> float:
    grouped = re.sub(r"[ \u00a0\u202f,.](?=\d{3}(?:\D|$))", "", token)
    return float(grouped.replace(",", "."))
