"""What all sections of a page show of pieces and of makers, gathered in one question for each of the two.

Sections say what they want (`Pieces`, `Makers`); `Gathered` asks for all of it and then gives each its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import F, Q

from artisans.models import Artisan
from cms.shelves import Reader, below, maker_card
from shop.currency.rates import current_rates
from shop.listings.cards import Shown, newest_owners, read_shown


@dataclass(frozen=True)
class Pieces:
    """Cards of these products in this order; where none of them is on show, the newest, of one craft (and those below
    it) or one country when named."""

    ids: tuple[int, ...] = ()
    how_many: int = 8
    craft: str = ""
    country: str = ""

    @property
    def crafts(self) -> list[str]:
        return [self.craft, *below(self.craft)] if self.craft else []


@dataclass(frozen=True)
class Makers:
    """These makers in this order; where none of them is on show, of one country or all, the longest at work first."""

    ids: tuple[int, ...] = ()
    how_many: int = 6
    country: str = ""


def ids_of(chosen: Iterable | None) -> tuple[int, ...]:
    """The ids in a list of choosers, as it is stored ({"value": id}) or as it is used (objects)."""
    values = [one["value"] if isinstance(one, dict) else one for one in chosen or ()]
    return tuple(getattr(value, "pk", value) for value in values if value)


@dataclass
class Gathered:
    """Everything that `wanted` asks for, read from the database at once, as cards for one reader."""

    reader: Reader
    wanted: Iterable[Pieces | Makers] = ()
    _shown: dict[int, Shown] = field(default_factory=dict)
    _makers: dict[int, Artisan] = field(default_factory=dict)

    def __post_init__(self):
        pieces = [want for want in self.wanted if isinstance(want, Pieces)]
        makers = [want for want in self.wanted if isinstance(want, Makers)]
        if pieces:
            newest = [newest_owners(want.crafts, _partners_in(want.country), want.how_many) for want in pieces]
            ids = {pk for want in pieces for pk in want.ids}
            reader = self.reader
            self._shown = read_shown(ids, newest, reader.language, reader.currency, current_rates())
        if makers:
            self._makers = _by_id(Artisan.objects.on_show().filter(reduce(or_, map(_asked, makers))))

    def pieces(self, want: Pieces) -> list[dict]:
        chosen = [self._shown[pk].card for pk in want.ids[: want.how_many] if pk in self._shown]
        if chosen:
            return chosen
        fitting = [shown for shown in self._shown.values() if _fits(shown, want)]
        fitting.sort(key=lambda shown: (shown.created, shown.card["id"]), reverse=True)
        return [shown.card for shown in fitting[: want.how_many]]

    def makers(self, want: Makers) -> list[dict]:
        makers = [self._makers[pk] for pk in want.ids if pk in self._makers]
        if not makers:
            fitting = [maker for maker in self._makers.values() if want.country in ("", maker.country)]
            makers = sorted(fitting, key=lambda maker: (maker.since or 9999, maker.name))[: want.how_many]
        return [maker_card(maker, self.reader) for maker in makers]


def _fits(shown: Shown, want: Pieces) -> bool:
    crafts = want.crafts
    return (not crafts or shown.craft in crafts) and want.country in ("", shown.card["country"])


def _partners_in(country: str):
    return Artisan.objects.on_show().filter(country=country).values("partner") if country else None


def _asked(want: Makers) -> Q:
    found = Artisan.objects.on_show().order_by(F("since").asc(nulls_last=True), "name")
    if want.country:
        found = found.filter(country=want.country)
    return Q(pk__in=want.ids) | Q(pk__in=found.values("pk")[: want.how_many])


def _by_id(found) -> dict:
    return {one.pk: one for one in found}
