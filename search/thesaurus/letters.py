"""The letters of the eight languages, and a term as an editor typed it in the spelling of the data. Pure.

Sources: the alphabet laws of Uzbekistan (1995), Azerbaijan (1991) and Turkmenistan (1999); for Kazakh, Kyrgyz and Tajik
the Cyrillic alphabets in use. English and Uzbek terms may keep the signs of the words that they borrow.
"""

import re

from search.folding import APOSTROPHES

ALPHABETS = {
    "en": r"a-zA-Zàâçéôöüİışğəý",
    "ru": r"а-яёА-ЯЁ",
    "kk": r"а-яёА-ЯЁәғқңөұүһіӘҒҚҢӨҰҮҺІ",
    "ky": r"а-яёА-ЯЁңөүҢӨҮ",
    "uz": r"a-zA-Z‘’а-яёғқўҳА-ЯЁҒҚЎҲ",
    "tg": r"а-яёА-ЯЁғӣқӯҳҷҒӢҚӮҲҶ",
    "tk": r"a-zA-ZçäňöşüýžÇÄŇÖŞÜÝŽ",
    "az": r"a-zA-ZçəğıöşüÇƏĞIİÖŞÜ",
}
_ANY_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")


def is_written_in(term: str, language: str) -> bool:
    """Whether the term has only letters of the language, digits, spaces and the signs within words."""
    return bool(re.fullmatch(rf"(?:3D|[{ALPHABETS[language]}0-9 '’.\-])+", term))


def as_written(term: str, language: str) -> str:
    """One space between words; in Uzbek ‘ in o‘ and g‘, ’ elsewhere, whatever sign the keyboard gave."""
    term = " ".join(term.split())
    if language == "uz":
        term = re.sub("(?<=[ogOG])’", "‘", _ANY_APOSTROPHE.sub("’", term))
    return term
