import pytest

from bench.figures import p95, pair_ratio, summary
from bench.measure import Measured


def test_p95_is_a_value_that_was_measured():
    assert p95([float(n) for n in range(1, 101)]) == 95.0
    assert p95([3.0, 1.0, 2.0]) == 3.0


def test_no_values_have_no_percentile():
    with pytest.raises(ValueError, match="No values"):
        p95([])


def test_ratio_is_of_pairs_so_that_a_slow_moment_weighs_on_both():
    ours, theirs = [1.0, 10.0, 1.0], [4.0, 40.0, 4.0]
    assert pair_ratio(ours, theirs) == 4.0


def test_ratio_refuses_what_are_no_pairs():
    with pytest.raises(ValueError, match="shorter|longer"):
        pair_ratio([1.0, 2.0], [3.0])


def test_summary_counts_requests_a_second_of_all_clients_together():
    told = summary([0.5, 0.5, 0.5, 0.5], wall=1.0)
    assert told == {"median_ms": 500.0, "p95_ms": 500.0, "per_second": 4.0, "requests": 4}


def test_pairs_are_of_the_visits_that_both_shops_had():
    measured = Measured()
    measured.add("karvan", 0, [1.0, 2.0], 3.0)
    measured.add("karvan", 2, [3.0], 3.0)
    measured.add("oscar", 2, [9.0], 9.0)
    assert measured.pairs("oscar") == ([3.0], [9.0])
