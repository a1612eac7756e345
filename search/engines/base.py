"""What every search engine takes and gives: plain, frozen data and one protocol. Nothing here knows an engine."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

LANGUAGES = ("en", "ru", "kk", "ky", "uz", "tg", "tk", "az")
ZONES = ("domestic", "region", "world")
FACETS = ("craft", "country", "material", "maker", "ready")
MAX_QUERY_LENGTH = 500
MAX_PAGE_SIZE = 100

Sort = Literal["relevance", "newest", "price", "-price"]


@dataclass(frozen=True)
class Document:
    """One listing that is on sale. Built by search/documents.py.

    crafts: the craft and what it belongs to, nearest first. titles and descriptions: by language; the maker's own
    (`language`) is always there. price: decimal string in the maker's `currency`; price_usd: the same in US dollars,
    for sorting and filtering across currencies. created: Unix seconds. rating: 0..5. quality: 0..1. priority: an
    editor's push, 0 for most. ships: which of ZONES its maker sends to. card: JSON-able extras for the listing card,
    opaque to the engine. read_at: when the database was asked for it, in nanoseconds (0: now); of two writes the one
    read later stands, in whatever order they arrive. tokens: what it is found by, where that was worked out already.
    """

    id: int
    upc: str
    titles: dict[str, str]
    language: str = "en"
    descriptions: dict[str, str] = field(default_factory=dict)
    extra: str = ""
    craft: str = ""
    crafts: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    country: str = ""
    maker: str = ""
    maker_name: str = ""
    partner_id: int = 0
    price: str = "0"
    currency: str = "USD"
    price_usd: float = 0.0
    in_stock: bool = True
    ready: bool = True
    created: int = 0
    rating: float | None = None
    quality: float = 0.5
    priority: int = 0
    ships: tuple[str, ...] = ZONES
    card: dict[str, Any] = field(default_factory=dict)
    read_at: int = field(default=0, compare=False)
    tokens: tuple[str, ...] = field(default=(), compare=False, repr=False)

    def title(self, language: str) -> tuple[str, str]:
        """The best title for a reader and the language it is in: theirs, else the maker's own, else any."""
        for choice in (language, self.language, *self.titles):
            if self.titles.get(choice):
                return self.titles[choice], choice
        return "", self.language


@dataclass(frozen=True)
class SearchQuery:
    """What a shopper asks. Values of one facet are alternatives; facets narrow each other.

    ready: True ready to ship, False made to order. exclude: a product id to leave out. similar_to: a product id;
    the answer is then its kin. ignored: keys of chips (see Chip) that the shopper took away, read as plain text.
    rates: (currency, US dollars for one unit) pairs, to understand "up to 5000 tenge"; without them only dollars are.
    currency: the shopper's, for a price without one. ship_to: the shopper's country ("" when it is not known): what
    cannot be sent there comes after what can, or with ships_only not at all.
    """

    text: str = ""
    language: str = "en"
    crafts: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    materials: frozenset[str] = frozenset()
    makers: frozenset[str] = frozenset()
    price_min_usd: float | None = None
    price_max_usd: float | None = None
    ready: bool | None = None
    in_stock: bool | None = None
    sort: Sort = "relevance"
    page: int = 1
    page_size: int = 24
    facets: bool = True
    exclude: int | None = None
    similar_to: int | None = None
    ignored: frozenset[str] = frozenset()
    rates: tuple[tuple[str, float], ...] = ()
    currency: str = "USD"
    ship_to: str = ""
    ships_only: bool = False

    def __post_init__(self) -> None:
        """Refuses what no engine answers: a ValueError with a plain reason, for the view to show."""
        if len(self.text) > MAX_QUERY_LENGTH:
            raise ValueError(f"The search text is longer than {MAX_QUERY_LENGTH} characters.")
        if self.page < 1:
            raise ValueError("Pages are counted from 1.")
        if not 1 <= self.page_size <= MAX_PAGE_SIZE:
            raise ValueError(f"A page holds 1 to {MAX_PAGE_SIZE} results.")
        if self.sort not in ("relevance", "newest", "price", "-price"):
            raise ValueError(f"Unknown order: {self.sort}")


@dataclass(frozen=True)
class Chip:
    """A part of the text that was understood. `hard` ones filter, the others only rank.

    key: what SearchQuery.ignored holds to take it away. kind: country, price_max, price_min or concept.
    value: country code, amount in US dollars, or concept id. text: the words as typed.
    """

    key: str
    kind: str
    value: str
    text: str
    hard: bool = False


@dataclass(frozen=True)
class Hit:
    """why: what matched, best first, e.g. ("concept suzani", "word suzani")."""

    document: Document
    score: float
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class SearchResult:
    """facets: {"craft": {id: count}, "country": …, "material": …, "maker": {slug: count},
    "ready": {"true": n, "false": n}, "price": {"min": …, "max": …}}, prices in US dollars. A facet's counts ignore its
    own selection, price ignores the price limits. step: the search.plans.Step that was answered, to show by what.
    """

    total: int
    hits: list[Hit]
    facets: dict[str, dict[str, float]] = field(default_factory=dict)
    suggestion: str | None = None
    engine: str = ""
    degraded: bool = False
    chips: tuple[Chip, ...] = ()
    step: Any = None


@dataclass(frozen=True)
class Suggestion:
    """kind: craft, country, maker, listing or query. value: craft id, country code, maker slug, product id or text.
    language: of a listing's text; "" where the text is in the reader's."""

    kind: str
    text: str
    value: str
    card: dict[str, Any] = field(default_factory=dict)
    language: str = ""


Progress = Callable[[int], None]
"""Told how many documents are done so far."""


class EngineError(Exception):
    """The engine cannot answer: it is away, its index is missing or damaged."""


class EngineAway(EngineError):
    """Nobody answers there, or not in time: asking again at once only costs the same wait again."""


class Engine(Protocol):
    name: str

    def search(self, query: SearchQuery) -> SearchResult: ...

    def suggest(self, text: str, language: str, limit: int = 8) -> list[Suggestion]: ...

    def index(self, documents: Iterable[Document]) -> int:
        """Adds or replaces; returns how many. Seen by every process's next search."""
        ...

    def update(self, documents: Iterable[Document]) -> int:
        """As index, for documents whose words are as before: price, stock and standing alone are written. Those that
        are not there yet are added whole."""
        ...

    def delete(self, ids: Iterable[int], read_at: int = 0) -> None:
        """read_at: as of a Document."""
        ...

    def rebuild(self, documents: Iterable[Document], progress: Progress | None = None) -> int:
        """Replaces everything. The old index answers until the new one is complete."""
        ...

    def count(self) -> int: ...

    def ids(self) -> set[int]: ...

    def get(self, ids: Iterable[int]) -> list[Document]:
        """Documents in the order asked for; unknown ids are left out."""
        ...

    def ping(self) -> bool: ...

    def generation(self) -> str:
        """Changes whenever the content changes; for cache keys."""
        ...
