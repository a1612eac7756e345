"""What a process keeps in memory of the embedded index: which listings have which facet value, as sets of bits.

Listings stand in slots, 0 to size - 1, in the order in which they came. Changes are applied one by one; a slot once
given is kept, so sets stay comparable between two refreshes.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from search.engines import bits
from search.engines.base import FACETS, SearchQuery
from search.engines.ranking import zones_to
from search.engines.store import Row

_SORTS = {"relevance": ("standing", -1), "newest": ("created", -1), "price": ("price", 1), "-price": ("price", -1)}
FEW = 400  # of fewer listings the facets are counted one by one


class Snapshot:
    def __init__(self, rows: Iterable[Row]):
        self.serial = 0
        self.ids: list[int] = []
        self.slot_of: dict[int, int] = {}
        self.rows: list[dict[str, Any]] = []  # empty for a deleted listing
        self.alive = 0
        self._cache: dict[object, Any] = {}
        self._collect: dict[tuple[str, str], list[int]] | None = {}
        self.sets: dict[str, dict[str, int]] = {name: {} for name in (*FACETS, "in_stock", "ships")}
        self.refresh(rows)
        self._finish_loading()

    @property
    def size(self) -> int:
        return len(self.ids)

    def refresh(self, rows: Iterable[Row]) -> bool:
        """Takes changes over; whether there were any."""
        changed = False
        for row in rows:
            changed = True
            self.serial = max(self.serial, row.serial)
            slot = self.slot_of.get(row.id)
            if slot is None:
                if row.facets is None:
                    continue
                slot = self.slot_of[row.id] = len(self.ids)
                self.ids.append(row.id)
                self.rows.append({})
            elif self.rows[slot]:
                self._mark(slot, self.rows[slot], present=False)
            self.rows[slot] = row.facets or {}
            if row.facets:
                self._mark(slot, row.facets, present=True)
        if changed:
            self._cache.clear()
        return changed

    def _mark(self, slot: int, facets: dict[str, Any], present: bool) -> None:
        if self._collect is not None:  # the first load: gather, and make the sets once
            for name, value in _values(facets):
                self._collect.setdefault((name, value), []).append(slot)
            return
        bit = 1 << slot
        for name, value in _values(facets):
            values = self.sets[name]
            values[value] = values.get(value, 0) | bit if present else values.get(value, 0) & ~bit
        self.alive = self.alive | bit if present else self.alive & ~bit

    def _finish_loading(self) -> None:
        for (name, value), slots in (self._collect or {}).items():
            self.sets[name][value] = bits.of(slots, self.size)
        self.alive = bits.of((slot for slot, row in enumerate(self.rows) if row), self.size)
        self._collect = None

    def once(self, key: object, make: Callable[[], Any]) -> Any:
        """What `make` gives, kept until the next change."""
        if key not in self._cache:
            self._cache[key] = make()
        return self._cache[key]

    # -- selections ---------------------------------------------------------------------------------------------------

    def selections(self, query: SearchQuery) -> dict[str, int]:
        """The set that each of the shopper's selections leaves, by facet; facets without a selection are left out."""
        chosen = {"craft": query.crafts, "country": query.countries, "material": query.materials, "maker": query.makers}
        found = {name: self.any_of(name, values) for name, values in chosen.items() if values}
        for name, value in (("ready", query.ready), ("in_stock", query.in_stock)):
            if value is not None:
                found[name] = self.any_of(name, ["true" if value else "false"])
        if query.ship_to and query.ships_only:
            found["ships"] = self.shipped_to(query.ship_to)
        if query.price_min_usd is not None or query.price_max_usd is not None:
            found["price"] = self.priced(query.price_min_usd, query.price_max_usd)
        return found

    def shipped_to(self, country: str) -> int:
        """Listings that can be sent to this country: those of all makers for ""."""
        if not country:
            return self.alive

        def make() -> int:
            at_home, elsewhere = zones_to(country)
            own, ships = self.sets["country"].get(country, 0), self.sets["ships"]
            return (own & ships.get(at_home, 0)) | (ships.get(elsewhere, 0) & ~own)

        return self.once(("shipped to", country), make)

    def any_of(self, name: str, values: Iterable[str]) -> int:
        found = 0
        for value in values:
            found |= self.sets[name].get(value, 0)
        return found

    def priced(self, least: float | None, most: float | None) -> int:
        """Listings within these prices, both ends included."""
        amounts, slots = self.prices()
        low = 0 if least is None else bisect_left(amounts, least)
        high = len(amounts) if most is None else bisect_right(amounts, most)
        return bits.of(slots[low:high], self.size)

    def slots(self, ids: Iterable[int]) -> int:
        return bits.of((self.slot_of[id] for id in ids if id in self.slot_of), self.size)

    # -- orders and counts --------------------------------------------------------------------------------------------

    def order(self, sort: str) -> tuple[list[int], list[int]]:
        """All slots, first to last by this sort, and the place of each slot."""
        return self.once(("order", sort), lambda: self._order(sort))

    def _order(self, sort: str) -> tuple[list[int], list[int]]:
        field, sign = _SORTS[sort]
        present = [slot for slot, row in enumerate(self.rows) if row]
        present.sort(key=lambda slot: (sign * self.rows[slot][field], -self.ids[slot]))
        ranks = [self.size] * self.size
        for rank, slot in enumerate(present):
            ranks[slot] = rank
        return present, ranks

    def prices(self) -> tuple[list[float], list[int]]:
        """All prices ascending, and whose each is."""

        def make() -> tuple[list[float], list[int]]:
            slots = self.order("price")[0]
            return [self.rows[slot]["price"] for slot in slots], slots

        return self.once("prices", make)

    def maker_names(self) -> dict[str, str]:
        rows = (row for row in self.rows if row and row["maker"])
        return self.once("makers", lambda: {row["maker"]: row["maker_name"] for row in rows})

    def counts(self, name: str, members: int) -> dict[str, float]:
        """How many of these listings have each value of a facet, the most frequent first; for price, the range."""
        if name == "price":
            return self._price_range(members)
        if members.bit_count() <= FEW:
            found = Counter(
                value for slot in bits.numbers(members) for one, value in _values(self.rows[slot]) if one == name
            )
        else:
            found = Counter({value: n for value, one in self.sets[name].items() if (n := (one & members).bit_count())})
        return dict(found.most_common())

    def _price_range(self, members: int) -> dict[str, float]:
        if not members:
            return {}
        cheapest = bits.first_in_order(members, *self.order("price"), 1)[0]
        dearest = bits.first_in_order(members, *self.order("-price"), 1)[0]
        return {"min": self.rows[cheapest]["price"], "max": self.rows[dearest]["price"]}


def _values(facets: dict[str, Any]) -> list[tuple[str, str]]:
    found = [("craft", craft) for craft in facets["craft"]]
    found += [("material", material) for material in facets["material"]]
    found += [("ships", zone) for zone in facets["ships"]]
    found += [(name, facets[name]) for name in ("country", "maker") if facets[name]]
    found += [(name, "true" if facets[name] else "false") for name in ("ready", "in_stock")]
    return found
