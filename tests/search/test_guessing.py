import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.guessing import guess_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("күміс сырға", "kk"), ("құрақ көрпе", "kk"), ("ак калпак", "ky"), ("кийиз үй жасалгасы", "ky"),
        ("so‘zana", "uz"), ("ayollar uchun bilaguzuk", "uz"), ("сўзана", "uz"), ("гаҳвораи кӯдак", "tg"),
        ("дастпонаи нуқрагӣ", "tg"), ("zenanlar üçin bilezik", "tk"), ("ýüň jorap", "tk"), ("ipək kəlağayı", "az"),
        ("qadınlar üçün sırğa", "az"), ("шёлковый платок", "ru"), ("купить сундук", "ru"), ("silver ring", "en"),
        ("wooden box for her", "en"),
    ],
)  # fmt: skip
def test_the_language_of_a_query_is_guessed(text, language):
    assert guess_language(text) == language


def test_what_tells_nothing_is_in_the_default_language():
    assert guess_language("xyzzy", "uz") == "uz" and guess_language("", "kk") == "kk" == guess_language("123", "kk")


@given(st.text(max_size=80))
def test_any_text_is_in_one_of_the_eight(text):
    assert guess_language(text) in "en ru kk ky uz tg tk az".split()
