"""Which of the eight languages a query is in, when nobody says: a guess, for labels and for what is tried first. Pure.

Finding does not hang on it: words are looked up in every language that their script allows.
"""

from collections import defaultdict

from search.folding import is_cyrillic, words
from search.thesaurus import Thesaurus, get_thesaurus
from search.words import STOPWORDS

# Letters that one language has among those of its script, or two have between them.
_LETTERS = (
    ("әұһі", ("kk",)), ("ғқ", ("kk", "uz", "tg")), ("ңөү", ("ky", "kk")), ("ў", ("uz",)), ("ҳ", ("uz", "tg")),
    ("ӣӯҷ", ("tg",)), ("щъёэ", ("ru",)), ("ə", ("az",)), ("ğı", ("az",)), ("ňýžä", ("tk",)), ("öüşç", ("az", "tk")),
    ("ʻ", ("uz",)), ("w", ("en", "tk")),
)  # fmt: skip
LETTER, KNOWN, PREFERRED, SMALL = 1.5, 1.0, 0.5, 1.0


def guess_language(text: str, default: str = "en", thesaurus: Thesaurus | None = None) -> str:
    """The likeliest language, `default` when nothing tells. Never fails; at most 24 words are looked at."""
    thesaurus, said, score = thesaurus or get_thesaurus(), words(text)[:24], defaultdict[str, float](float)
    for word in said:
        for letters, languages in _LETTERS:
            if any(letter in word for letter in letters):
                for language in languages:
                    score[language] += LETTER / len(languages)
        for language in thesaurus.words.get(word, ()):
            score[language] += KNOWN + PREFERRED * ((language, word) in thesaurus.preferred)
        for language, small in STOPWORDS.items():
            score[language] += SMALL * (word in small)
    best = max(score.values(), default=0.0)
    likely = [language for language, points in score.items() if points == best > 0]
    if not likely:
        return "ru" if is_cyrillic(text) and default in ("en", "az", "tk") else default
    return default if default in likely else min(likely, key=list(STOPWORDS).index)
