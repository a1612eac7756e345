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
    before, previous = [], list(range(len(b) + 1))
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
    """Words to correct to. Candidates are found by length and letters first, so that few are measured."""

    def __init__(self, words: Iterable[str]):
        self._by_length: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for word in words:
            if len(word) >= SHORTEST - 1:
                self._by_length[len(word)].append((_letters(word), word))

    def near(self, word: str, limit: int | None = None) -> list[tuple[str, int]]:
        """Words within `limit` edits (as many as the word's length allows), nearest first, the word itself left out."""
        limit = edits_allowed(word) if limit is None else limit
        if limit == 0:
            return []
        letters, found = _letters(word), []
        for length in range(len(word) - limit, len(word) + limit + 1):
            for mask, candidate in self._by_length.get(length, ()):
                if (mask ^ letters).bit_count() <= 2 * limit and candidate != word:
                    edits = distance(word, candidate, limit)
                    if edits <= limit:
                        found.append((candidate, edits))
        return sorted(found, key=lambda item: (item[1], item[0][:1] != word[:1], item[0]))


def _letters(word: str) -> int:
    mask = 0
    for letter in word:
        mask |= 1 << (ord(letter) & 63)
    return mask
