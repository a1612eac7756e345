"""Are the first ten answers of the craft asked for, when many other listings stand beside the judged ones? Pure.

The others are made up, the same for the same number: each of a craft, titled with the craft's name in its maker's
language, of some material, from some place. A made-up listing is right for a query when its own craft, what that
belongs to, or its material is one of the query's concepts; a judged one when it is judged so.
"""

import hashlib
from collections.abc import Iterable, Iterator

from search.engines.base import Document, Engine, SearchQuery
from search.evaluation import Judged
from search.thesaurus import get_thesaurus
from shop.listings.crafts import crafts, lineage, materials

_PLACES = {
    "KZ": ("kk", "Алматы"), "KG": ("ky", "Нарын"), "UZ": ("uz", "Buxoro"), "TJ": ("tg", "Хуҷанд"),
    "TM": ("tk", "Aşgabat"), "AZ": ("az", "Şəki"),
}  # fmt: skip
_FIRST_ID = 1_000_000
_TITLES = ("{craft}, {place}, № {n}", "{material}: {craft}, № {n}", "{craft} № {n}")


def crowd(size: int) -> Iterator[Document]:
    """Made-up listings of every craft that has a parent, in the makers' languages, Russian and English."""
    leaves = [craft for craft, entry in crafts().items() if entry["parent"]]
    known, countries = list(materials()), list(_PLACES)
    for n in range(size):
        dice = int.from_bytes(hashlib.blake2b(str(n).encode(), digest_size=16).digest())
        craft, material = leaves[dice % len(leaves)], known[dice // 997 % len(known)]
        country = countries[dice // 99_991 % len(countries)]
        own, place = _PLACES[country]
        language = (own, own, "ru", "en")[dice // 1_000_003 % 4]
        title = _TITLES[dice // 10_000_019 % 3].format(
            craft=crafts()[craft]["names"][language],
            material=materials()[material]["names"][language],
            place=place,
            n=n + 1,
        )
        yield Document(
            id=_FIRST_ID + n, upc=f"CROWD-{n}", titles={language: title}, language=language, craft=craft,
            crafts=lineage(craft), materials=(material,), country=country, maker=f"maker-{dice % 60}", extra=place,
            price="50.00", currency="USD", price_usd=50.0, in_stock=True, created=1_700_000_000 + n,
        )  # fmt: skip


def precision(engine: Engine, queries: Iterable[Judged]) -> float:
    """The share of right listings among the first ten, averaged over the queries; one without an answer counts 0."""
    shares = [_share(engine, judged) for judged in queries]
    return sum(shares) / len(shares)


def _share(engine: Engine, judged: Judged) -> float:
    query = SearchQuery(text=judged.text, language=judged.language, page_size=10, facets=False)
    hits = [hit.document for hit in engine.search(query).hits]
    return sum(is_right(document, judged) for document in hits) / len(hits) if hits else 0.0


def is_right(document: Document, judged: Judged) -> bool:
    if document.id < _FIRST_ID:
        return document.upc in judged.relevant
    thesaurus = get_thesaurus()
    named = {*document.crafts, *document.materials}
    known = {broader for one in named for broader in thesaurus.ancestors(one)}
    return not known.isdisjoint(judged.concepts.split())
