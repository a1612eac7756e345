"""Whatever is typed, sent or pasted: an answer or a clear word, never an error of ours."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from search import engines, indexing
from search.engines.base import MAX_QUERY_LENGTH, SearchQuery
from tests.factories import make_listing
from tests.search.odd_texts import odd_texts

pytestmark = pytest.mark.usefixtures("shop")

ODD = [
    "\x00", "\x01\x1f\x7f", "🧶🧵👩🏽", '"', '"a b', "'", "title:(a OR b", "a AND NOT b", "*:*", "[1 TO *]", "a~2^9",
    "\\", "/.*/", "'; DROP TABLE document_1; --", "1' OR '1'='1", "NEAR(a b, 3)", "{!func}1", "{{7*7}}", "<script>",
    "\u202eabc\u202c", "\u200f\u200eсюзане", "a\u0300\u0301\u0302" * 30, "ﷺ" * 25, "漢字", "١٢٣ ₸", "%", "_", "%s%n",
    "-suzani", "+", "()", "до до до 5", "от до", "$", "$$$ 9999999999999", "1e309 $", "NaN USD", "под $" * 30, "ſ",
    "İ" * 50, "ǅ",
]  # fmt: skip


@pytest.fixture
def shop(rates):
    make_listing(title="So‘zana")
    indexing.rebuild()


@pytest.mark.parametrize("text", ODD)
def test_odd_input_gets_an_answer_everywhere(client, text):
    assert client.get("/en/catalogue/", {"q": text}).status_code == 200
    assert client.get("/api/v1/search/", {"q": text}).status_code == 200
    assert client.get("/api/v1/suggest/", {"q": text}).status_code == 200


@pytest.mark.parametrize("raw", ["%ff%fe", "%00", "%ed%a0%80", "a%0d%0aSet-Cookie:x", "%F0%9F", "%u0041"])
def test_bytes_that_are_no_text_get_an_answer_everywhere(client, raw):
    for address in ("/en/catalogue/", "/api/v1/search/", "/api/v1/suggest/"):
        assert client.get(f"{address}?q={raw}").status_code == 200


def test_what_is_far_too_long_is_refused_with_a_word(client):
    for address in ("/api/v1/search/", "/api/v1/suggest/"):
        response = client.get(address, {"q": "сюзане " * 1500})
        assert response.status_code == 400 and "500" in response.json()["error"]
    page = client.get("/en/catalogue/", {"q": "сюзане " * 1500})
    assert page.status_code == 400 and "only its first 500 characters" in page.content.decode()


def test_a_lone_surrogate_is_no_error_of_an_engine():
    assert engines.search(SearchQuery(text="\ud800 suzani \udfff")).engine
    assert isinstance(engines.suggest("\ud800suz", "en"), list)


def as_sent(text: str) -> str:
    """A lone surrogate arrives as three bytes that are no letter, so there is room for a third of the letters."""
    odd = any("\ud800" <= letter <= "\udfff" for letter in text)
    return quote((text[: MAX_QUERY_LENGTH // 3] if odd else text).encode("utf-8", "surrogatepass"))


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=odd_texts())
@example(text="\ud800" * MAX_QUERY_LENGTH)
def test_any_text_gets_an_answer_everywhere(client, text):
    raw = as_sent(text)
    for address in ("/en/catalogue/?", "/api/v1/search/?highlight=1&", "/api/v1/suggest/?language=kk&"):
        assert client.get(f"{address}q={raw}").status_code == 200


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["craft", "country", "material", "maker", "price_min", "price_max", "ready", "sort", "page",
                          "as_words", "ships", "explain"]),
    value=st.text(max_size=60),
)  # fmt: skip
def test_any_filter_gets_an_answer(client, name, value):
    raw = quote(value.encode("utf-8", "surrogatepass"))
    assert client.get(f"/en/catalogue/?q=suzani&{name}={raw}").status_code == 200
