"""Slips of the fingers: words at one or two edits from a word, a swap of neighbours counting one. Pure."""

from collections import defaultdict
from collections.abc import Iterable

SHORTEST = 4  # shorter words have too many neighbours
TWO_EDITS_FROM = 8


def edits_allowed(word: str) -> int:
    if len(word) < SHORTEST:
        return 0
    return 1 if len(word) < TWO_EDITS_FROM else 2


def distance(a: str, b: str, limit: int) -> int:
    """Edits from a to b (insert, delete, replace, swap neighbours), or limit + 1 when it takes more."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    previous = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        row = [i]
        for j, other in enumerate(b, 1):
            cost = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit and (not previous or min(previous) > limit):
            return limit + 1
        before, previous = previous, row
    return previous[-1] if previous[-1] <= limit else limit + 1


class Vocabulary:
    """Words to correct to. Only words that begin or end with the same two letters are looked at (of four letters, one
    is enough): two slips in one word seldom spoil both ends, and the rest is found a hundred times faster."""

    def __init__(self, words: Iterable[str]):
        self._by_end: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for word in sorted(set(words)):
            if len(word) >= SHORTEST - 1:
                entry = (_letters(word), word)
                for key in _ends(word, 2):
                    self._by_end[key].append(entry)
                if len(word) <= SHORTEST + 1:
                    for key in _ends(word, 1):
                        self._by_end[key].append(entry)

    def near(self, word: str, limit: int | None = None) -> list[tuple[str, int]]:
        """Words within `limit` edits (as many as the word's length allows), nearest first, the word itself left out."""
        limit = edits_allowed(word) if limit is None else limit
        if limit == 0:
            return []
        letters, size, found = _letters(word), len(word), {}
        for key in _ends(word, 1 if size <= SHORTEST else 2):
            for mask, candidate in self._by_end.get(key, ()):
                if (mask ^ letters).bit_count() > 2 * limit or abs(len(candidate) - size) > limit:
                    continue
                if candidate != word and candidate not in found:
                    found[candidate] = distance(word, candidate, limit)
        close = [(candidate, edits) for candidate, edits in found.items() if edits <= limit]
        return sorted(close, key=lambda item: (item[1], item[0][:1] != word[:1], item[0]))


def _ends(word: str, size: int) -> tuple[str, str]:
    return word[:size] + "-", "-" + word[-size:]


def _letters(word: str) -> int:
    mask = 0
    for letter in word:
        mask |= 1 << (ord(letter) & 63)
    return mask
