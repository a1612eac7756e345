"""One script- and accent-neutral form for Kazakh, Kyrgyz, Uzbek, Tajik, Turkmen, Azerbaijani, Russian and English.

`normal` is the form of a word in its own alphabet (case, apostrophes and look-alikes settled); `fold` writes it in
plain ASCII, so that сўзана, so‘zana, so'zana and sozana meet; `loose` also gives up what people hear or type
differently (o and u, i and y, j and ch, double letters), so that сузана joins them. All are pure and never fail.
"""

import re
import unicodedata
from functools import lru_cache

# Longer "words" are noise; the bound keeps every later step (stemming, edit distance) bounded too.
MAX_WORD = 48

# Every sign used for the Uzbek oʻ gʻ and the tutuq, the Azerbaijani and English apostrophe, and the prime of
# romanisations. The right one for Uzbek is U+02BB (law of 2 September 1993, amended 6 May 1995); keyboards give others.
APOSTROPHES = "'`´‘’‛ʻʼʽʹ′＇"

# Cyrillic to Latin, one table for all: Unicode CLDR transforms (Kazakh, Kirghiz, Uzbek, Turkmen, Azerbaijani and
# Russian to Latin/BGN; uz_Cyrl to uz_Latn), the Uzbek alphabet law of 1995 and the Azerbaijani law of 25 December 1991.
# Where they differ the letter's sound decides: ж is j (uz, kk), х is h (with kh, x and ҳ).
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "j", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    # Kazakh, Kyrgyz
    "ә": "a", "ғ": "g", "қ": "k", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "і": "i",
    # Uzbek, Tajik
    "ў": "o", "ҳ": "h", "ӣ": "i", "ӯ": "u", "ҷ": "j",
    # Azerbaijani until 1991, Turkmen until 1993
    "ҝ": "g", "ҹ": "j", "ј": "y", "җ": "j",
    # Neighbours, in borrowed names
    "ґ": "g", "є": "e", "ї": "i", "ѐ": "e", "ѝ": "i",
}  # fmt: skip

# Latin letters that lose their sign: the alphabets of Azerbaijan (1991), Turkmenistan (1993, 1999), Uzbekistan (1995;
# the drafts with ş ç ō ḡ read too), Kazakhstan (2021 draft), Turkish. Others fall to NFKD, which parts letter and sign.
_LATIN = {
    "ə": "e", "ä": "a", "ı": "i", "ş": "sh", "ș": "sh", "š": "sh", "ç": "ch", "č": "ch", "ž": "j", "ň": "n", "ñ": "n",
    "ŋ": "n", "ğ": "g", "ḡ": "g", "ǵ": "g", "ö": "o", "ü": "u", "ū": "u", "ý": "y", "ø": "o", "ß": "ss", "æ": "e",
    "œ": "e", "đ": "d", "ð": "d", "þ": "t", "ł": "l", "x": "h", "q": "k", "w": "v",
}  # fmt: skip

_LETTERS = str.maketrans(_CYRILLIC | _LATIN)
# Digraphs of Uzbek Latin and of English romanisation, and the single letter they share with ş ç ж ғ х typed without the
# keyboard: `gumus`, `gumush` and gümüş are one. `ye` at a word's start is Cyrillic е (BGN, uz 1995).
_DIGRAPHS = ((re.compile(r"d?zh+"), "j"), (re.compile(r"dj"), "j"), (re.compile(r"kh+"), "h"),
             (re.compile(r"([scg])h+"), r"\1"), (re.compile(r"^ye"), "e"))  # fmt: skip

_LOOSE = str.maketrans({"o": "u", "y": "i", "j": "c"})
_LOOSE_RULES = (
    (re.compile(r"ng"), "n"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"i(?=[aeu])|(?<=[aeu])i(?=[aeui])"), ""),
)

# платье is platye (BGN), not "plate"; but the Uzbek sunʼiy is сунъий.
_SIGN_BEFORE_VOWEL = re.compile("ь(?=[еэио])|ъ(?=[еэ])")
_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
_WORD = re.compile(r"[^\W_]+(?:ʻ[^\W_]+)*ʻ?")
_CYRILLIC_LETTER = re.compile("[Ѐ-ӿ]")
_LATIN_LETTER = re.compile("[a-zÀ-ɏəı]")
# Letters that look alike and get mixed on keyboards: the Latin one inside a Cyrillic word is read as Cyrillic.
# Azerbaijani Cyrillic (1958 to 1991) gives letters other sounds than its neighbours do: г is q there, ҝ is g.
_AZERBAIJANI = re.compile("[ҝҹј]")
_OUT_OF_CYRILLIC = str.maketrans("абвгғдеәжзиыјкҝлмноөпрстуүфхһчҹшй", "abvqğdeəjziıykglmnoöprstuüfxhçcşy")
_INTO_CYRILLIC = str.maketrans("aceopxyiəöÿ", "асеорхуіәөў")


def words(text: str, language: str = "") -> list[str]:
    """The words of a text, each in its normal form; anything but letters and digits parts words."""
    # Before NFKC, which makes a space and an accent of ´.
    lowered = _lower(unicodedata.normalize("NFKC", _APOSTROPHE.sub("ʻ", text)), language)
    return [normal for word in _WORD.findall(lowered) if (normal := _settle(word[:MAX_WORD]))]


def normal(text: str, language: str = "") -> str:
    """The text's words in their own alphabet, lower case, one space between, one sign (ʻ) for every apostrophe."""
    return " ".join(words(text, language))


def fold(text: str) -> str:
    """The text's words in [a-z0-9], one space between. Idempotent, total, and at most twice as long as the text is
    in NFKC. Words in other scripts fall away."""
    return " ".join(folded for word in words(text) if (folded := fold_word(word)))


@lru_cache(maxsize=200_000)
def fold_word(word: str) -> str:
    """`fold` for one word in normal form."""
    plain = unicodedata.normalize("NFKD", _SIGN_BEFORE_VOWEL.sub("й", word).translate(_LETTERS))
    folded = "".join(letter for letter in plain if letter.isascii() and letter.isalnum()).translate(_LETTERS)
    while True:  # each round shortens the word, so this ends
        before = folded
        for pattern, replacement in _DIGRAPHS:
            folded = pattern.sub(replacement, folded)
        if folded == before:
            return folded


@lru_cache(maxsize=200_000)
def loose(folded: str) -> str:
    """A rougher key for one folded word, for the last comparison before edit distance."""
    key = folded.translate(_LOOSE)
    while True:
        before = key
        for pattern, replacement in _LOOSE_RULES:
            key = pattern.sub(replacement, key)
        if key == before:
            return key


def is_cyrillic(text: str) -> bool:
    return bool(_CYRILLIC_LETTER.search(text))


def is_latin(text: str) -> bool:
    return bool(_LATIN_LETTER.search(text))


def _lower(text: str, language: str) -> str:
    """Turkish-i rules where they hold: in Azerbaijani (and Kazakh Latin) I is the capital of ı, İ of i."""
    if language == "az":
        text = text.replace("I", "ı")
    return text.replace("İ", "i").lower()


@lru_cache(maxsize=100_000)
def _settle(word: str) -> str:
    if word.endswith("ʻ") and word[-2:-1] not in ("o", "g"):  # a closing quote, not a letter's sign
        word = word.rstrip("ʻ")
    word = word.lstrip("ʻ")
    if _AZERBAIJANI.search(word):
        word = word.translate(_OUT_OF_CYRILLIC)
    if _CYRILLIC_LETTER.search(word):
        # со‘зана: an Uzbek Latin sign in a Cyrillic word makes о the letter ў, г the letter ғ.
        word = word.translate(_INTO_CYRILLIC).replace("оʻ", "ў").replace("гʻ", "ғ").replace("ʻ", "")
    return word
