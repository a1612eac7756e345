"""Inflection and everyday derivation: what a word may be a form of, nearest first. Pure.

Russian and English go through Snowball (package snowballstemmer); the Turkic languages and Tajik through the suffix
tables below, on the folded form. Suffixes are ambiguous (kk/tk altyn "gold" ends like a genitive), so nothing is cut
for good: `stems` gives the whole chain, and the first that is known wins. The tables are our own, of the regular
declension; for the grammar behind them see L. Johanson, É. Á. Csató (eds.), The Turkic Languages (2021) and
J. R. Perry, A Tajik Persian Reference Grammar (2005).
"""

import re
import threading
from functools import lru_cache

import snowballstemmer

from search.folding import fold_word, is_cyrillic, is_latin

TURKIC = ("kk", "ky", "uz", "tk", "az")

# Folded, so one entry covers several spellings: lar = lar, лар; ler = ler, lər, лер; si = si, sı, сі; sy = sy, сы, шы.
_PLURAL = "lar ler lor dar der dor tar ter tor"
_CASES = (
    "nyn nin nun dyn din dun tyn tin tun ning yn in un "  # genitive
    "ny ni nu dy di du ty ti tu y i u "  # accusative (and possessive of the third person)
    "ga ge go ka ke ko na ne ya ye a e "  # dative
    "da de do ta te to nda nde "  # locative
    "dan den don tan ten ton nan nen ndan nden "  # ablative, "made of"
    "men ben pen"  # instrumental
)
_POSSESSIVE = "sy si su im ym um imiz ymyz umuz ymiz imyz lary leri lari myz miz muz"
_DERIVED = (
    "ly li lu dy di ty ti luu duu tuu "  # with, having
    "lyk lik luk dyk dik duk tyk tik tuk lig lyg "  # -ness, -ware
    "ci cy cu su sy si cilik cylyk culuk culyk silik sylyk suluk "  # maker, making
    "siz syz suz ca ce cik cyk cuk cek cak"  # without; diminutives
)
_TURKIC_SUFFIXES = sorted(set(f"{_PLURAL} {_CASES} {_POSSESSIVE} {_DERIVED}".split()), key=len, reverse=True)
# Tajik: plural -ҳо, -он, -гон, ezafe and abstract -и/-ӣ, object -ро, indefinite -е, pronoun suffixes, "with -дор".
_TAJIK_PLURAL = re.compile("(?<=..)[ҳх]о(?:ро|и|е)?$")
# A consonant between vowels and what it is at the end of the word: yaylığı, yaylıq; jorabı, jorap; çörəyi, çörək.
_VOICED = {"g": "k", "b": "p", "y": "k"}
_EZAFE = "i"  # the link of a noun to what follows it; it stands after short words too (деги чӯян)
_TAJIK_SUFFIXES = "hoi horo ho hoyi gon yon on ro i e am at as dor ca ak ina in".split()

# Russian: from adjective or diminutive to the noun, on the Snowball stem (our own list of the common ones). Fleeting
# vowels are met from both sides: хлопков- → хлопк- → хлоп-, хлопок- → хлоп-.
_RUSSIAN_SUFFIXES = (
    "ическ очниц ушечк ович ован янн енн онн очк ечк ушк юшк оньк еньк овск чик щик ищ иц ян ов ев ск ик"
    " ок ек оч еч к н"
).split()
_ENGLISH_SUFFIXES = "war work eri ri ing en ed er ish y i".split()

_SNOWBALL = {"ru": "russian", "en": "english"}
_stemmers = threading.local()


def stems(word: str, language: str) -> tuple[str, ...]:
    """Folded forms that this word (in normal form) may be inflected from in a language, nearest first."""
    if language == "ru":
        return _russian(word.replace("ё", "е")) if is_cyrillic(word) else ()
    if language == "en":
        return _english(word) if is_latin(word) else ()
    if language == "tg":
        return _tajik(word)
    return _chain(fold_word(word), False)


def roots(word: str, language: str) -> tuple[str, ...]:
    """Folded roots that it may be derived from (серебряный, of silver; golden), farther than a stem. For the Turkic
    languages and Tajik stems already say it all."""
    if language == "ru":
        return _russian_roots(word.replace("ё", "е")) if is_cyrillic(word) else ()
    return _english_roots(word) if language == "en" and is_latin(word) else ()


def stem(word: str, language: str) -> str:
    """The one nearest stem, for phrases: Snowball's where it exists, else the folded word."""
    if language in _SNOWBALL:
        found = stems(word, language)
        return found[0] if found else fold_word(word)
    return fold_word(word)


def family(language: str) -> str:
    """Languages whose stems may be compared: ru, en, tg alone, the Turkic ones together."""
    return "tr" if language in TURKIC else language


def _snowball(language: str, word: str) -> str:
    """A stemmer holds the word it is at: each thread has its own."""
    stemmer = getattr(_stemmers, language, None)
    if stemmer is None:
        stemmer = snowballstemmer.stemmer(_SNOWBALL[language])
        setattr(_stemmers, language, stemmer)
    return stemmer.stemWord(word)


@lru_cache(maxsize=100_000)
def _russian(word: str) -> tuple[str, ...]:
    root = _snowball("ru", word)
    found = [root]
    if len(root) > 4 and root[-2:] in ("ок", "ек"):  # a fleeting vowel: платок, платки
        found.append(root[:-2] + "к")
    if len(root) > 4 and root[-2] == "е" and root[-1] in "рлнц":  # ковёр, ковры; перстень, перстни
        found.append(root[:-2] + root[-1])
    return _folded(found)


@lru_cache(maxsize=100_000)
def _russian_roots(word: str) -> tuple[str, ...]:
    root, found = _snowball("ru", word), []
    for _ in range(3):
        root = _cut(root, _RUSSIAN_SUFFIXES, least=3)
        if not root:
            break
        found.append(root)
        if root.endswith("ч"):  # войлоч-н- is of войлок
            found.append(root[:-1] + "к")
    return _folded(found)


@lru_cache(maxsize=100_000)
def _english(word: str) -> tuple[str, ...]:
    root = _snowball("en", _bare(word))
    if not word.endswith("ves"):
        return _folded([root])
    front = root.removesuffix("e")[:-1]
    return _folded([root, front + "f", front + "fe"])  # scarves, knives


@lru_cache(maxsize=100_000)
def _english_roots(word: str) -> tuple[str, ...]:
    root = _cut(_snowball("en", _bare(word)), _ENGLISH_SUFFIXES, least=4)
    doubled = bool(root) and root[-1] == root[-2]  # woollen is of wool
    return _folded([root, root[:-1]] if doubled else [root])


@lru_cache(maxsize=100_000)
def _tajik(word: str) -> tuple[str, ...]:
    """The plural -ҳо comes off before folding, for кҳ would fold like the kh of English spelling."""
    bare = _TAJIK_PLURAL.sub("", word)
    chain = _chain(fold_word(bare), True)
    return chain if bare == word else (fold_word(bare), *chain)


def _bare(word: str) -> str:
    return word.replace("ʻs", "").replace("ʻ", "")


@lru_cache(maxsize=200_000)
def _chain(folded: str, tajik: bool) -> tuple[str, ...]:
    """Every stem within three cuts, fewest cuts first; an open vowel gives its consonant back (yaylıqğı → yaylıq)."""
    suffixes = _TAJIK_SUFFIXES if tajik else _TURKIC_SUFFIXES
    found: dict[str, None] = {}
    level = [folded]
    for _ in range(3):
        following = []
        for word in level:
            for suffix in suffixes:
                if not _may_cut(word, suffix, tajik):
                    continue
                shorter = word[: -len(suffix)]
                following.append(shorter)
                if suffix[0] in "aeiouy" and shorter[-1] in _VOICED:
                    following.append(shorter[:-1] + _VOICED[shorter[-1]])
        level = [shorter for shorter in dict.fromkeys(following) if shorter not in found]
        found.update(dict.fromkeys(level))
    return tuple(found)


def _may_cut(word: str, suffix: str, tajik: bool) -> bool:
    """Short suffixes need a longer rest, or every word would end in one."""
    least = {1: 4, 2: 3}.get(len(suffix), 2) if suffix != _EZAFE or not tajik else 3
    return word.endswith(suffix) and len(word) - len(suffix) >= least and _has_vowel(word[: -len(suffix)])


def _cut(word: str, suffixes: list[str], least: int) -> str:
    for suffix in suffixes:
        if word.endswith(suffix) and len(word) - len(suffix) >= least:
            return word[: -len(suffix)]
    return ""


def _has_vowel(word: str) -> bool:
    return any(letter in "aeiouy" for letter in word)


def _folded(found: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(folded for word in found if (folded := fold_word(word))))


# Words too common to tell anything, in normal form: our own short lists of what stands in titles and queries.
STOPWORDS: dict[str, frozenset[str]] = {
    language: frozenset(text.replace("‘", "ʻ").split())
    for language, text in {
        "en": "a an and as at but by for from in into is it its my of on or our that the their this to was with your"
        " you made i want need buy some any looking price cost sale shop store online order delivery",
        "ru": "а без в во для до за и из или как к ко мне мой на над не но о об от по под при с со у это я хочу купить"
        " мы где есть бы же ищу нужен нужна нужно нужны цена цены стоимость продажа заказать магазин доставка какой",
        "kk": "және мен бен пен үшін бір бұл осы сол ол да де та те ма ме ба бе па пе не керек сатып алу алам"
        " аламын іздеймін баға бағасы сату сатылады дүкен қайда",
        "ky": "жана менен үчүн бир бул ушул ал да де та те же деп керек сатып алуу алам издейм"
        " баа баасы сатылат дүкөн кайда кол колдон",
        "uz": "va bilan uchun bir bu shu u ham yoki kerak sotib olish olaman"
        " narx narxi sotuvda sotiladi do‘kon qayerda qo‘lda ва билан учун бир бу шу ҳам ёки керак",
        "tg": "ва бо барои аз дар ба як ин он ки то ё бе бар ҳам кори устои лозим харидан"
        " мехарам нарх нархи фурӯш мағоза куҷо даркор",
        "tk": "we bilen üçin bir bu şu ol hem ýa ýada gerek satyn almak isleýärin baha bahasy satlyk dükan nirede işi",
        "az": "və ilə üçün bir bu o da də ya yaxud lazım almaq istəyirəm qiymət qiyməti satılır satış mağaza harada əl",
    }.items()
}


@lru_cache(maxsize=100_000)
def is_stopword(word: str, language: str) -> bool:
    return word in STOPWORDS.get(language, frozenset())


@lru_cache(maxsize=100_000)
def is_stopword_somewhere(word: str) -> bool:
    return any(word in known for known in STOPWORDS.values())


def likely_languages(word: str, hint: str) -> tuple[str, ...]:
    """Languages to try for a word, the hinted one first; only script rules one out, for hints are often wrong."""
    others = ("ru", "kk", "ky", "uz", "tg") if is_cyrillic(word) else ("en", "uz", "az", "tk", "kk")
    return tuple(dict.fromkeys(language for language in (hint, *others) if language))
