"""A Redis that is gone behaves like an empty cache, whatever is asked of it."""

import pytest

from marketplace.cache import ForgivingRedisCache
from tests.live.site import free_port


@pytest.fixture
def gone():
    return ForgivingRedisCache(f"redis://127.0.0.1:{free_port()}/0", {})


def test_nothing_is_in_a_cache_that_is_gone(gone):
    gone.set("key", "value", 60)
    assert gone.get("key") is None
    assert gone.get("key", "default") == "default"
    assert gone.get("key", default="default") == "default"
    assert "key" not in gone


def test_what_is_not_there_is_made_each_time(gone):
    assert [gone.get_or_set("key", lambda: "made") for _ in range(2)] == ["made", "made"]


@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        (lambda cache: cache.add("key", 1), True),
        (lambda cache: cache.touch("key"), False),
        (lambda cache: cache.delete("key"), False),
        (lambda cache: cache.incr("key"), 1),
        (lambda cache: cache.has_key("key"), False),
        (lambda cache: cache.get_many(["key"]), {}),
        (lambda cache: cache.set_many({"key": 1}), []),
        (lambda cache: cache.delete_many(["key"]), None),
        (lambda cache: cache.clear(), False),
    ],
)
def test_no_question_to_a_cache_that_is_gone_raises(gone, ask, answer):
    assert ask(gone) == answer
