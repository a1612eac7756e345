import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.folding import APOSTROPHES, MAX_WORD, fold, fold_word, loose, normal, words

LETTERS = "әғқңөұүһіўҳӣӯҷёъьыщəçğışöüäňýžxqw" + APOSTROPHES
texts = st.one_of(st.text(max_size=80), st.text(alphabet=LETTERS + "abcdeghijknosuz ИЙй-", max_size=40))


@given(texts)
def test_folding_gives_plain_lower_ascii(text):
    assert re.fullmatch(r"(?:[a-z0-9]+(?: [a-z0-9]+)*)?", fold(text))


@given(texts)
def test_folding_what_is_folded_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(texts)
def test_a_normal_form_is_normal(text):
    assert normal(normal(text)) == normal(text)


@given(st.text(max_size=200))
def test_words_are_bounded(text):
    assert all(0 < len(word) <= MAX_WORD for word in words(text))
    assert all(len(fold_word(word)) <= 4 * MAX_WORD for word in words(text))


@given(texts)
def test_the_loose_key_is_stable(text):
    for word in fold(text).split():
        assert loose(loose(word)) == loose(word) and len(loose(word)) <= len(word)


@pytest.mark.parametrize("text", ["so‘zana", "со‘зана", "сўзана", "so'zana", "soʻzana", "so`zana", "sozana", "SO’ZANA"])
def test_every_spelling_of_an_uzbek_word_folds_alike(text):
    assert fold(text) == "sozana"


def test_what_is_typed_by_ear_meets_in_the_loose_key():
    assert loose(fold("сузана")) == loose(fold("so‘zana"))
    assert loose(fold("чома")) == loose(fold("ҷома"))
    assert loose(fold("kelagayi")) == loose(fold("келагаи"))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("gümüş", "gumus"), ("gümüş", "gumush"), ("күміс", "кумис"), ("күміс", "kumis"), ("қамшы", "камшы"),
        ("төө", "тоо"), ("мӯҳра", "мухра"), ("çäýnek", "caynek"), ("kəlağayı", "kelagayi"), ("kelaghayi", "kəlağayı"),
        ("İpək", "ipək"), ("IŞIQ", "ışıq"), ("khan", "хан"), ("Zhambyl", "Жамбыл"), ("san’at", "санъат"),
        ("qo‘g‘irchoq", "қўғирчоқ"), ("ҒАЛЫМ", "ғалым"), ("шапан", "shapan"), ("čapan", "чапан"),
    ],
)  # fmt: skip
def test_scripts_and_keyboards_meet(left, right):
    assert fold(left) == fold(right)


def test_yo_and_ye_stay_apart_in_uzbek_but_a_soft_sign_is_heard():
    assert fold("пиёла") == fold("piyola")
    assert fold("платье") != fold("plate")


def test_turkish_i_follows_azerbaijani_rules():
    assert words("QIZIL İPƏK", "az") == ["qızıl", "ipək"]


def test_a_latin_letter_in_a_cyrillic_word_is_read_as_cyrillic():
    assert words("ковep") == ["ковер"]


def test_closing_quotes_are_no_letters():
    assert words("“suzani” ‘ikat’ 'felt'") == ["suzani", "ikat", "felt"]
