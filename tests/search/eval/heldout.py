"""Makes the held-out evaluation: `python -m tests.search.eval.heldout` writes heldout_catalogue.csv and _queries.tsv.

heldout_words.txt (id|en|ru|kk|ky|uz|tg|tk|az, `;` between terms) and heldout_phrases.txt (id|language|query) were
written by hand from knowledge of the crafts, without looking into the thesaurus, on 244 things not in the benchmark.
From each term come a listing in its language and a query; from some, by rule, queries of other kinds: script (Uzbek in
Cyrillic), lazy (a keyboard without the letters), inflected (plural or accusative, the usual suffix), typo (one slip).
"""

import csv
import hashlib
import unicodedata
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).parent
LANGUAGES = ("en", "ru", "kk", "ky", "uz", "tg", "tk", "az")
TITLES = {
    "en": ("Handmade {}", "{} from a family workshop", "Traditional {}, made to order", "{}"),
    "ru": ("{} ручной работы", "{}, мастерская в Бухаре", "{} на заказ", "{} по старинной технике"),
    "kk": ("Қолдан жасалған {}", "{}, шебер қолынан", "Дәстүрлі {}", "{} тапсырыспен"),
    "ky": ("Кол менен жасалган {}", "{}, усталардан", "Салттуу {}", "{} буйрутмага"),
    "uz": ("Qo‘lda yasalgan {}", "{}, usta qo‘lidan", "An’anaviy {}", "{} buyurtmaga"),
    "tg": ("{} аз дасти усто", "{}, кори дастӣ", "{} бо фармоиш", "{}, ҳунари мардумӣ"),
    "tk": ("El işi {}", "{}, ussanyň elinden", "Milli {}", "{} sargyt boýunça"),
    "az": ("Əl işi {}", "{}, usta əlindən", "Ənənəvi {}", "{} sifarişlə"),
}
COUNTRY = {"en": "UZ", "ru": "KZ", "kk": "KZ", "ky": "KG", "uz": "UZ", "tg": "TJ", "tk": "TM", "az": "AZ"}
CURRENCY = {"KZ": "KZT", "KG": "KGS", "UZ": "UZS", "TJ": "TJS", "TM": "TMT", "AZ": "AZN"}
LAZY = str.maketrans("әғқңөұүһіўҳӣӯҷёə", "агкноуухиухиуче" + "e")
UZ_CYRILLIC = (
    ("o‘", "ў"), ("g‘", "ғ"), ("sh", "ш"), ("ch", "ч"), ("yo", "ё"), ("yu", "ю"), ("ya", "я"), ("ye", "е"),
    *zip("abdefghijklmnopqrstuvxyz’", "абдефгҳижклмнопқрстувхйзъ", strict=True),
)  # fmt: skip


def words() -> dict[str, dict[str, list[str]]]:
    found = {}
    for line in (HERE / "heldout_words.txt").read_text(encoding="utf-8").splitlines():
        id, *cells = line.split("|")
        found[id] = {language: cell.split(";") for language, cell in zip(LANGUAGES, cells, strict=True)}
    return found


def phrases() -> list[tuple[str, str, str]]:
    lines = (HERE / "heldout_phrases.txt").read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("|")) for line in lines]


def listings(things: dict) -> tuple[list[dict], dict[tuple[str, str], set[str]], dict[str, set[str]]]:
    """Rows of the catalogue; the UPCs that a term of a language answers to; those of each thing."""
    rows, by_thing, meant = [], defaultdict(set), defaultdict(set)
    for id, terms in things.items():
        for language in LANGUAGES:
            for number, term in enumerate(terms[language]):
                upc = f"HELD-{len(rows) + 1:04d}"
                country, title = COUNTRY[language], TITLES[language][(len(rows) + number) % 4].format(term)
                rows.append({
                    "upc": upc, "artisan": f"held-{country.lower()}", "country": country, "language": language,
                    "title": title[:1].upper() + title[1:], "description": "", "price": "100",
                    "currency": CURRENCY[country], "num_in_stock": "3",
                })  # fmt: skip
                by_thing[id].add(upc)
                meant[language, term.lower()].add(id)
    answers = {term: set().union(*(by_thing[id] for id in ids)) for term, ids in meant.items()}
    return rows, answers, by_thing


def queries(things: dict, answers: dict, by_thing: dict) -> list[tuple[str, str, str, set[str], str]]:
    found = []
    for id, terms in things.items():
        for language in LANGUAGES:
            for term in terms[language]:
                right = answers[language, term.lower()]
                found.append(("term", language, term, right, id))
                for kind, query in others(term, language):
                    found.append((kind, language, query, right, id))
    found += [("phrase", language, query, by_thing[id], id) for id, language, query in phrases()]
    return found


def others(term: str, language: str):
    """Queries made by rule; a hash chooses, so a term always gives the same."""
    chance = int(hashlib.sha1(f"{language}{term}".encode()).hexdigest(), 16)
    if language == "uz" and chance % 2:
        yield "script", cyrillic(term)
    if lazy(term) != term and chance // 3 % 3 == 0:
        yield "lazy", lazy(term)
    if chance // 11 % 4 == 0 and (form := inflected(term, language)):
        yield "inflected", form
    if chance // 53 % 3 == 0 and len(term) > 5:
        yield "typo", typo(term, chance)


def cyrillic(term: str) -> str:
    text = term.lower()
    if text.startswith("e"):
        text = "э" + text[1:]
    for latin, letter in UZ_CYRILLIC:
        text = text.replace(latin, letter)
    return text


def lazy(term: str) -> str:
    """The term on a keyboard without its letters."""
    text = term.translate(LAZY).replace("ı", "i").replace("‘", "").replace("’", "")
    plain = unicodedata.normalize("NFKD", text.replace("й", "\0").replace("Й", "\0"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).replace("\0", "й")


def inflected(term: str, language: str) -> str:
    """The plural of a word (and for Russian, of words that decline plainly), by the rule of vowel harmony."""
    if " " in term or "-" in term:
        return ""
    last, vowel = (
        term[-1],
        next((letter for letter in reversed(term.lower()) if letter in "аәеёиоөуүұыіэюяaäeəiıoöuü"), "a"),
    )
    front = vowel in "әеёиөүіэюяäeəiöü"
    if language == "en":
        return term + "s" if last not in "shyxz" else ""
    if language == "ru":
        if last in "кгхчжшщ":
            return term + "и"
        return term[:-1] + "ы" if last == "а" and term[-2] not in "кгхчжшщ" else term + "ы" if last in "нтрлдм" else ""
    if language == "kk":
        start = "л" if last in "аәеиоөуүұыіэюяйр" else "д" if last in "лмнңзж" else "т"
        return term + start + ("ер" if front else "ар")
    if language == "ky":
        start = "л" if last in "аеёиоөуүыэюяйр" else "д" if last in "лмнңзж" else "т"
        return term + start + {"о": "ор", "ө": "өр", "ү": "өр"}.get(vowel, "ер" if front else "ар")
    if language == "uz":
        return term + "lar"
    if language == "tg":
        return term + "ҳо"
    return term + ("lər" if language == "az" and front else "ler" if front else "lar")


def typo(term: str, chance: int) -> str:
    at = 1 + chance // 101 % (len(term) - 3)
    return (
        term[:at] + term[at] + term[at:],
        term[:at] + term[at + 1 :],
        term[:at] + term[at + 1] + term[at] + term[at + 2 :],
    )[chance // 1009 % 3]


def write() -> None:
    things = words()
    rows, answers, by_thing = listings(things)
    with open(HERE / "heldout_catalogue.csv", "w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    with open(HERE / "heldout_queries.tsv", "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter="\t", lineterminator="\n")
        table.writerow(["kind", "language", "query", "relevant", "concepts"])
        for kind, language, query, right, id in queries(things, answers, by_thing):
            table.writerow([kind, language, query, " ".join(sorted(right)), id])


if __name__ == "__main__":
    write()
