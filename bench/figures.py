"""The arithmetic: medians, 95th percentiles, ratios of pairs."""

import math
from collections.abc import Sequence
from statistics import median

__all__ = ["median", "p95", "pair_ratio", "summary"]


def p95(values: Sequence[float]) -> float:
    """The smallest value that at least 95 % of them do not exceed (nearest rank). ValueError for none."""
    if not values:
        raise ValueError("No values, no percentile.")
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]


def pair_ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """How many times longer theirs takes: the median of the ratios of pairs measured one right after the other, so
    that what else the machine does weighs on both. ValueError when they are not pairs."""
    return median(other / own for own, other in zip(ours, theirs, strict=True))


def summary(seconds: Sequence[float], wall: float | None = None) -> dict[str, float]:
    """Milliseconds and requests a second; `wall` is how long all took together, their sum when one client made them."""
    return {
        "median_ms": round(median(seconds) * 1000, 2),
        "p95_ms": round(p95(seconds) * 1000, 2),
        "per_second": round(len(seconds) / (wall if wall is not None else sum(seconds)), 2),
        "requests": len(seconds),
    }
