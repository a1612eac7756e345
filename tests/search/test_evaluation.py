"""The benchmark. Its figures may only fall with a decision page that says why (tests/search_baseline.json)."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from search.engines.embedded import EmbeddedEngine
from search.evaluation import MEASURES, Judged, evaluate, measure, read_catalogue, read_queries, score, shortfalls

HERE = Path(__file__).parent
BASELINE = json.loads((HERE.parent / "search_baseline.json").read_text())
TOLERANCE = 0.01


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    catalogue = read_catalogue(HERE / "eval" / "catalogue.csv")
    engine = EmbeddedEngine(tmp_path_factory.mktemp("eval") / "index.sqlite3")
    engine.rebuild(catalogue)
    return evaluate(engine, catalogue, read_queries(HERE / "eval" / "queries.tsv"))


@pytest.mark.parametrize("group", sorted(BASELINE))
def test_search_finds_no_less_than_it_did(report, group):
    for measured in MEASURES:
        assert report.figures[group][measured] >= BASELINE[group][measured] - TOLERANCE, measured


def test_search_reaches_what_was_aimed_at(report):
    figures = report.figures["all"]
    assert figures["success@5"] >= 0.97 and figures["ndcg@10"] >= 0.90 and figures["cross"] >= 0.85
    kinds = {name: one["ndcg@10"] for name, one in report.figures.items() if name.startswith("kind/")}
    assert min(kinds.values()) >= 0.85, kinds


def test_the_measures():
    judged = Judged("term", "en", "q", frozenset("abc"))
    languages = {"a": "en", "b": "ru", "c": "uz", "x": "en"}
    perfect = score(["a", "b", "c"], judged, languages)
    assert perfect == {"success@5": 1.0, "recall@10": 1.0, "ndcg@10": 1.0, "cross": 1.0}
    late = score(["x", "b"], judged, languages)
    assert late["recall@10"] == pytest.approx(1 / 3) and late["cross"] == 0.5
    assert late["ndcg@10"] == pytest.approx(0.6309 / 2.1309, abs=1e-3)
    assert score([], judged, {"a": "en", "b": "en", "c": "en"})["cross"] is None


def test_only_the_first_ten_count_and_failures_are_named():
    judged = Judged("term", "en", "q", frozenset({"late"}))
    report = measure(lambda _: [*"abcdefghij", "late"], {"late": "ru"}, [judged])
    assert report.figures["all"]["recall@10"] == 0 and report.failures == [judged]
    assert report.lines()[-1].startswith("all")


def test_a_figure_below_the_baseline_is_named():
    judged = Judged("term", "en", "q", frozenset("a"))
    report = measure(lambda _: ["a"], {"a": "ru"}, [judged])
    assert shortfalls(report, {"all": {"success@5": 1.0}}, 0.01) == []
    missed = shortfalls(report, {"all": {"ndcg@10": 1.1}, "kind/none": {"cross": 0.5}}, 0.01)
    assert missed == ["all: ndcg@10 is 1.0000, the baseline 1.1000", "kind/none: cross is 0.0000, the baseline 0.5000"]


def test_the_command_measures_in_an_index_of_its_own(tmp_path):
    head, *rows = (HERE / "eval" / "queries.tsv").read_text().splitlines()
    few = tmp_path / "queries.tsv"
    few.write_text("\n".join([head, *rows[::100]]) + "\n")
    high = tmp_path / "baseline.json"
    high.write_text('{"all": {"success@5": 2.0}}')
    out = io.StringIO()
    call_command("search_eval", HERE / "eval" / "catalogue.csv", few, stdout=out)
    assert out.getvalue().splitlines()[-1].startswith("all ")
    with pytest.raises(CommandError, match="Below the baseline"):
        call_command("search_eval", HERE / "eval" / "catalogue.csv", few, "--baseline", high, stdout=io.StringIO())
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("search_eval", tmp_path / "none.csv", few)


def test_queries_on_things_that_the_benchmark_lacks_are_answered_too(tmp_path):
    """A quarter of the held-out queries; `manage.py search_eval` asks all of them."""
    catalogue = read_catalogue(HERE / "eval" / "heldout_catalogue.csv")
    engine = EmbeddedEngine(tmp_path / "index.sqlite3")
    engine.rebuild(catalogue)
    figures = evaluate(engine, catalogue, read_queries(HERE / "eval" / "heldout_queries.tsv")[::4]).figures
    assert figures["all"]["success@5"] >= 0.97 and figures["all"]["ndcg@10"] >= 0.92
    assert figures["all"]["cross"] >= 0.85 and figures["kind/phrase"]["ndcg@10"] >= 0.85


def test_the_held_out_files_are_what_their_words_make(tmp_path, monkeypatch):
    from tests.search.eval import heldout

    for name in ("heldout_words.txt", "heldout_phrases.txt"):
        (tmp_path / name).write_text((heldout.HERE / name).read_text(encoding="utf-8"), encoding="utf-8")
    known = {
        name: (heldout.HERE / name).read_text(encoding="utf-8")
        for name in ("heldout_catalogue.csv", "heldout_queries.tsv")
    }
    monkeypatch.setattr(heldout, "HERE", tmp_path)
    heldout.write()
    assert {name: (tmp_path / name).read_text(encoding="utf-8") for name in known} == known
