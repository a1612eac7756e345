import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import snowballstemmer
from hypothesis import given
from hypothesis import strategies as st

from search.folding import fold_word, words
from search.words import _snowball, is_stopword, likely_languages, roots, stems


@pytest.mark.parametrize(
    ("form", "base", "language"),
    [
        ("кілемдер", "кілем", "kk"), ("жүннен", "жүн", "kk"), ("қамшымен", "қамшы", "kk"),
        ("килемдерди", "килем", "ky"),
        ("gilamlarni", "gilam", "uz"), ("choponning", "chopon", "uz"), ("halylar", "haly", "tk"),
        ("xalçası", "xalça", "az"),
        ("yaylığı", "yaylıq", "az"), ("қолини", "қолин", "tg"), ("косаҳо", "коса", "tg"), ("кашталик", "кашта", "uz"),
    ],
)  # fmt: skip
def test_a_form_leads_to_its_word(form, base, language):
    assert fold_word(words(base, language)[0]) in stems(words(form, language)[0], language)


@pytest.mark.parametrize(
    ("form", "base", "language"),
    [
        ("ковры", "ковров", "ru"), ("платки", "платок", "ru"), ("сапоги", "сапог", "ru"), ("rings", "ring", "en"),
        ("headscarves", "headscarf", "en"), ("knives", "knife", "en"),
    ],
)  # fmt: skip
def test_two_forms_share_a_stem(form, base, language):
    assert set(stems(form, language)) & {*stems(base, language), base}


@pytest.mark.parametrize(
    ("derived", "noun", "language"),
    [
        ("серебряный", "серебро", "ru"), ("шерстяной", "шерсть", "ru"), ("войлочный", "войлок", "ru"),
        ("golden", "gold", "en"),
        ("хлопковый", "хлопок", "ru"), ("сумочка", "сумка", "ru"), ("woollen", "wool", "en"),
        ("copperware", "copper", "en"),
    ],
)  # fmt: skip
def test_an_adjective_or_diminutive_shares_a_root_with_its_noun(derived, noun, language):
    of_noun = {*stems(noun, language), *roots(noun, language)}
    assert of_noun & {*stems(derived, language), *roots(derived, language)}


@given(st.text(max_size=60), st.sampled_from(["en", "ru", "kk", "ky", "uz", "tg", "tk", "az", "xx"]))
def test_any_word_has_finitely_many_short_stems(text, language):
    for word in words(text, language):
        found = stems(word, language) + roots(word, language)
        assert len(found) < 400 and all(one.isascii() for one in found)


def test_script_rules_languages_out_and_the_hint_goes_first():
    assert likely_languages("килем", "az")[0] == "az"
    assert "en" not in likely_languages("килем", "ru")
    assert "ru" not in likely_languages("kilim", "en")


def test_stopwords_are_of_one_language():
    assert is_stopword("at", "en") and not is_stopword("at", "tk")


def inflections():
    """(language, word, form) of the table beside this file."""
    lines = (Path(__file__).parent / "inflections.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if not line.startswith("#"):
            language, word, forms = line.split("|")
            yield from ((language, word, form) for form in forms.split())


def leads_to(word, form, language):
    """Whether a form and its word share a stem or a root."""
    word, form = words(word, language)[0], words(form, language)[0]
    known = {fold_word(word), *stems(word, language), *roots(word, language)}
    if language in ("ru", "en"):
        return bool(known & {fold_word(form), *stems(form, language), *roots(form, language)})
    return fold_word(word) in stems(form, language)


@pytest.mark.parametrize(
    ("language", "share"),
    [("kk", 1.0), ("ky", 1.0), ("uz", 1.0), ("tk", 0.9), ("az", 0.9), ("tg", 0.95), ("ru", 0.9), ("en", 0.95)],
)
def test_forms_of_the_regular_declension_lead_to_their_word(language, share):
    table = [(word, form) for tongue, word, form in inflections() if tongue == language]
    missed = [form for word, form in table if not leads_to(word, form, language)]
    assert len(table) >= 60 and 1 - len(missed) / len(table) >= share, missed


def _wrong_in_threads(stem, words: list[str]) -> int:
    """How many words eight threads that stem at once get wrong, or fail at."""
    right = [stem(word) for word in words]

    def wrong(_thread: int) -> int:
        found = 0
        for word, root in zip(words, right, strict=True):
            try:
                found += stem(word) != root
            except Exception:  # an index out of range, an assertion: whatever the word left behind makes of it
                found += 1
        return found

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            return sum(pool.map(wrong, range(8)))
    finally:
        sys.setswitchinterval(before)


def test_threads_that_stem_at_once_do_not_disturb_each_other():
    """Snowball's stemmers hold the word they are at. The control shares one."""
    some = [f"{word}{ending}" for word in ("шкатулк", "расписн", "войлочн", "ковр") for ending in ("ами", "ого", "ыми")]
    assert _wrong_in_threads(snowballstemmer.stemmer("russian").stemWord, some * 40)
    assert not _wrong_in_threads(lambda word: _snowball("ru", word), some * 40)
