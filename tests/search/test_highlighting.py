import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.base import SearchQuery
from search.highlighting import Sought, excerpt, marked, sought
from search.query import plan


def looked_for(text: str, language: str = "en", step: int = 0) -> Sought:
    return sought(list(plan(SearchQuery(text=text, language=language)).steps)[step])


@pytest.mark.parametrize(
    ("text", "language", "title", "written_in", "expected"),
    [
        ("suzani", "en", "Old suzani from Nurata", "en", "Old <mark>suzani</mark> from Nurata"),
        ("сюзане", "ru", "So‘zana, qo‘lda tikilgan", "uz", "<mark>So‘zana</mark>, qo‘lda tikilgan"),
        ("silver ring", "en", "Күміс жүзік, қолдан", "kk", "<mark>Күміс жүзік</mark>, қолдан"),
        ("gumus", "az", "Gümüş üzük", "az", "<mark>Gümüş</mark> üzük"),
        ("rings", "en", "A ring of silver", "en", "A <mark>ring</mark> of silver"),
        ("jewellery", "en", "Gümüş üzük", "az", "Gümüş <mark>üzük</mark>"),
        ("helicopter", "en", "Old suzani", "en", "Old suzani"),
    ],
)
def test_words_are_marked_across_languages_and_alphabets(text, language, title, written_in, expected):
    assert marked(title, written_in, looked_for(text, language)) == expected


def test_a_slip_is_marked_where_it_led():
    assert marked("Carpet", "en", looked_for("carppet", step=-1)) == "<mark>Carpet</mark>"


def test_what_stands_in_a_title_stays_text():
    html = marked('<script>suzani</script> & "x"', "en", looked_for("suzani"))
    assert html == "&lt;script&gt;<mark>suzani</mark>&lt;/script&gt; &amp; &quot;x&quot;"


def test_a_story_is_cut_around_the_word_found():
    story = (
        "Much is said before it. " * 6
        + "Then comes the silk thread of the bazaar. "
        + "And much is said after it. " * 6
    )
    cut = excerpt(story, "en", looked_for("silk"))
    assert "<mark>silk</mark>" in cut and cut.startswith("… ") and cut.endswith(" …") and len(cut) < 140
    assert excerpt("Nothing of it", "en", looked_for("silk")) == ""


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=80), st.sampled_from(["en", "ru", "uz", "az"]))
def test_without_marks_the_text_is_as_before(text, language):
    from django.utils.html import escape

    html = marked(text, language, looked_for("suzani red silver"))
    assert html.replace("<mark>", "").replace("</mark>", "") == escape(text)
