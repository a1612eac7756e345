"""The address of a list, read: every filter checked, every wrong one told, none of it lost."""

from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import cast
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from search.engines.base import SearchQuery, Sort
from shop.currency.rates import Rates
from shop.listings.countries import COUNTRIES
from shop.listings.crafts import crafts, materials

SORTS = ("relevance", "newest", "price", "-price")
PAGE_SIZE = 24
MAX_PAGE = 10_000
MAX_QUERY = 500
TOO_LONG = 2000  # characters that nobody types: a bad request, though it is answered as far as it was read
MAX_VALUES = 20
FACETS = ("country", "craft", "material", "maker")


@dataclass(frozen=True)
class ListAddress:
    """What an address asks for. `as_words`: keys of search chips that are to be read as plain words.
    `problems` are sentences for the shopper about what was passed over."""

    text: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    price_min: Decimal | None = None
    price_max: Decimal | None = None
    ready: bool | None = None
    ships: bool = False
    sort: Sort = "relevance"
    page: int = 1
    as_words: tuple[str, ...] = ()
    too_long: bool = False
    problems: tuple[str, ...] = ()

    def query(
        self, language: str, currency: str, rates: Rates, ship_to: str = "", page_size: int = PAGE_SIZE
    ) -> SearchQuery:
        """The engine's question; prices are turned from the shopper's currency into dollars."""
        return SearchQuery(
            text=self.text,
            language=language,
            crafts=frozenset(self.chosen.get("craft", ())),
            countries=frozenset(self.chosen.get("country", ())),
            materials=frozenset(self.chosen.get("material", ())),
            makers=frozenset(self.chosen.get("maker", ())),
            price_min_usd=_in_dollars(self.price_min, currency, rates),
            price_max_usd=_in_dollars(self.price_max, currency, rates),
            ready=self.ready,
            sort=self.sort,
            page=self.page,
            page_size=page_size,
            ignored=frozenset(self.as_words),
            rates=dollars_for_one(rates),
            currency=currency,
            ship_to=ship_to,
            ships_only=self.ships,
        )

    def items(self) -> list[tuple[str, str]]:
        """The parameters of this address, in one order, without what is default."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(name, value) for name in FACETS for value in self.chosen.get(name, ())]
        limits = (("price_min", self.price_min), ("price_max", self.price_max))
        pairs += [(name, str(value)) for name, value in limits if value is not None]
        if self.ready is not None:
            pairs.append(("ready", "1" if self.ready else "0"))
        if self.ships:
            pairs.append(("ships", "1"))
        pairs += [("as_words", key) for key in self.as_words]
        if self.sort != "relevance":
            pairs.append(("sort", self.sort))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return pairs

    def encoded(self, **changes) -> str:
        """The query string of this address with changes; it starts again at page 1 unless `page` is given."""
        return urlencode(replace(self, **{"page": 1, **changes}).items())

    def without(self, name: str, value: str) -> str:
        kept = tuple(v for v in self.chosen.get(name, ()) if v != value)
        return self.encoded(chosen={**self.chosen, name: kept})

    @property
    def filtered(self) -> bool:
        return bool(self.chosen) or self.ships or (self.price_min, self.price_max, self.ready) != (None, None, None)


def read_address(params) -> ListAddress:
    """Reads a QueryDict. What cannot be used is left out and named in `problems`."""
    problems: list[str] = []
    chosen = {name: _known(name, params.getlist(name), problems) for name in FACETS}
    price_min = _price(params.get("price_min", ""), problems)
    price_max = _price(params.get("price_max", ""), problems)
    if price_min is not None and price_max is not None and price_min > price_max:
        price_min, price_max = price_max, price_min
    return ListAddress(
        text=_text(params.get("q", ""), problems),
        chosen={name: values for name, values in chosen.items() if values},
        price_min=price_min,
        price_max=price_max,
        ready=_ready(params.getlist("ready"), problems),
        ships=params.get("ships") == "1",
        sort=_sort(params.get("sort", "relevance"), problems),
        page=_page(params.get("page", "1"), problems),
        as_words=tuple(dict.fromkeys(key[:80] for key in params.getlist("as_words")[:MAX_VALUES] if key)),
        too_long=len(params.get("q", "")) > TOO_LONG,
        problems=tuple(problems),
    )


def _text(typed: str, problems: list[str]) -> str:
    text = "".join(char if char.isprintable() else " " for char in typed).strip()
    if len(text) > MAX_QUERY:
        problems.append(
            _("The search is too long; only its first %(limit)s characters were used.") % {"limit": MAX_QUERY}
        )
    return text[:MAX_QUERY].strip()


def _known(name: str, values: list[str], problems: list[str]) -> tuple[str, ...]:
    known = {"country": COUNTRIES, "craft": crafts(), "material": materials()}.get(name)
    kept = []
    for value in dict.fromkeys(values[:MAX_VALUES]):
        if known is not None and value.upper() in known:
            kept.append(value.upper())
        elif known is None or value in known:
            kept.extend([value[:80]] if value else [])
        elif value:
            problems.append(_("The filter “%(value)s” is not known and was left out.") % {"value": value[:40]})
    return tuple(dict.fromkeys(kept))


def _price(text: str, problems: list[str]) -> Decimal | None:
    cleaned = "".join(text.split()).replace(",", ".")
    if not cleaned:
        return None
    try:
        amount = Decimal(cleaned) if cleaned.isascii() else Decimal(-1)
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or amount < 0 or amount > Decimal("1e12"):
        problems.append(_("“%(value)s” is not a price; please use digits.") % {"value": text[:40]})
        return None
    return Decimal(format(amount.quantize(Decimal("0.01")).normalize(), "f"))


def _ready(values: list[str], problems: list[str]) -> bool | None:
    """1 is ready to ship, 0 made to order; both together are everything."""
    for value in values:
        if value not in ("1", "0", ""):
            problems.append(_("The filter “%(value)s” is not known and was left out.") % {"value": value[:40]})
    known = {value for value in values if value in ("1", "0")}
    return known == {"1"} if len(known) == 1 else None


def _sort(text: str, problems: list[str]) -> Sort:
    if text in SORTS:
        return cast(Sort, text)
    problems.append(_("This order of results is not known; the usual one is used."))
    return "relevance"


def _page(text: str, problems: list[str]) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MAX_PAGE:
        return int(text[:9])
    problems.append(_("There is no such page; this is the first one."))
    return 1


def dollars_for_one(rates: Rates) -> tuple[tuple[str, float], ...]:
    """The rates as the engines read prices in a text: (currency, US dollars for one unit)."""
    return tuple((code, float(1 / per_usd)) for code, per_usd in rates.per_usd.items())


def _in_dollars(amount: Decimal | None, currency: str, rates: Rates) -> float | None:
    return None if amount is None else float(amount / rates.per_usd.get(currency, Decimal(1)))
