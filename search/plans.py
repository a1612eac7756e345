"""What an engine runs for a text: groups of weighted index tokens, in steps, each wider than the one before. Pure.

Every group is one thing said (a concept, a word); its options are the ways a listing may answer it. A listing's score
is the sum of its best option in each group. The tokens are those of search/documents.py.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from search.engines.base import Chip

ENOUGH = 10
MOST_TOKENS = 1000  # of one step; 1,024 clauses are the least that an Elasticsearch takes


@dataclass(frozen=True)
class Option:
    """A listing with all these tokens answers the group this well. edits > 0: the one token may be misspelt by so many
    edits in the index."""

    tokens: tuple[str, ...]
    weight: float
    edits: int = 0


@dataclass(frozen=True)
class Group:
    """label: shown to explain a hit. A group that is not required only adds to the score."""

    label: str
    options: tuple[Option, ...]
    required: bool = True


@dataclass(frozen=True)
class Step:
    """All required groups must be answered, or with any_group one of them. otherwise: only tried when no step before
    found anything. suggestion: the corrected text, where this step read the words in another way."""

    groups: tuple[Group, ...]
    any_group: bool = False
    otherwise: bool = False
    suggestion: str | None = None


@dataclass(frozen=True)
class Filters:
    """What must hold because the text says so; the shopper's own selections stand in the SearchQuery."""

    least_usd: float | None = None
    most_usd: float | None = None


class Lazy:
    """An iterable that works out each item when it is first asked for, once: most answers never need the wide steps."""

    def __init__(self, source: Iterable[Step] = ()):
        self._source = iter(source)
        self._known: list[Step] = []

    def __iter__(self) -> Iterator[Step]:
        at = 0
        while True:
            if at == len(self._known):
                try:
                    self._known.append(next(self._source))
                except StopIteration:
                    return
            yield self._known[at]
            at += 1


@dataclass(frozen=True)
class Plan:
    """The first step that finds ENOUGH is the answer, else the one that finds most, the earlier of equals. No steps:
    every listing that passes the filters answers, none if `nothing`."""

    steps: Iterable[Step] = ()
    filters: Filters = field(default_factory=Filters)
    chips: tuple[Chip, ...] = ()
    nothing: bool = False
