import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.spelling import Vocabulary, distance, edits_allowed

short = st.text(alphabet="abcd", max_size=7)


@pytest.mark.parametrize(
    ("a", "b", "edits"), [("abcd", "abdc", 1), ("abc", "abc", 0), ("abc", "ab", 1), ("abc", "xyz", 3)]
)
def test_edits_are_counted_and_a_swap_is_one(a, b, edits):
    assert distance(a, b, 3) == edits


@given(short, short)
def test_distance_is_symmetric_and_stops_at_its_limit(a, b):
    exact = distance(a, b, 10)
    assert exact == distance(b, a, 10)
    assert distance(a, b, 2) == min(exact, 3)


@given(st.text(alphabet="abcdefgh", min_size=5, max_size=9), st.data())
def test_one_slip_is_always_found(word, data):
    at = data.draw(st.integers(0, len(word) - 1))
    slip = word[:at] + "z" + word[at + 1 :]
    assert (word, 1) in Vocabulary([word]).near(slip, 1)


def test_short_words_are_left_alone():
    assert edits_allowed("tar") == 0
    assert Vocabulary(["tar", "dar"]).near("tar") == []


def test_the_nearest_word_comes_first():
    assert Vocabulary(["silver", "sliver", "silvery"]).near("silvr")[0] == ("silver", 1)
