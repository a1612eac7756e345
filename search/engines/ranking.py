"""The order among hits that answer a query equally well, shared by the engines. Pure."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from shop.currency.money import NATIONAL

WINDOW = 240  # the first hits, among which makers are spread; later ones stand as they come
REPEAT = 0.06  # what a maker's standing loses with each listing already shown
SHIPS = 0.025  # what a score gains where the listing can be sent to the shopper: less than any step of relevance


def zones_to(country: str) -> tuple[str, str]:
    """First letters of the zones that a parcel to this country is in: (of makers who live there, of all others)."""
    return "d", "r" if country in NATIONAL else "w"


class Candidate(NamedTuple):
    """score: how well the words are answered, and SHIPS. standing: 0 to 1, see documents.standing."""

    id: int
    score: float
    standing: float
    maker: str


def spread_makers(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Best answer first; among equals by standing, each further listing of a maker counting less, so that no maker
    fills the page and a new one is seen."""
    seen: Counter[tuple[float, str]] = Counter()
    ranked = []
    for candidate in sorted(candidates, key=lambda one: (-one.score, -one.standing, -one.id)):
        shown = seen[candidate.score, candidate.maker]
        seen[candidate.score, candidate.maker] += 1
        ranked.append((-candidate.score, -(candidate.standing - REPEAT * shown), -candidate.id, candidate))
    return [candidate for *_, candidate in sorted(ranked, key=lambda item: item[:3])]
