"""The table of others' searches (bench/others.py)."""

from bench.others import table
from search.evaluation import Judged, measure


def test_each_search_has_a_row_with_its_figures_and_kinds():
    judged = [Judged("term", "en", "bowl", frozenset({"a"})), Judged("typo", "en", "bwol", frozenset({"a"}))]
    report = measure(lambda one: ["a"] if one.kind == "term" else [], {"a": "ru"}, judged)
    head, _, row = table({"stock Oscar": report})
    assert head == "|  | success@5 | nDCG@10 | cross | term | typo |"
    assert row == "| stock Oscar | 0.500 | 0.500 | 0.500 | 1.000 | 0.000 |"
