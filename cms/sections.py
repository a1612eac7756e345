"""The sections of a page, made ready for its template and kept for a minute.

Prices, stock and counts on an editors' page are thus at most a minute old, like the rates they are shown by; what a
shopper buys is computed anew by the basket. With the sections at hand a page costs only what finding it costs.
"""

import hashlib
import json

from django.core.cache import cache
from django.core.serializers.json import DjangoJSONEncoder

from cms.gathering import Gathered, Pieces, ids_of
from cms.shelves import Reader

CACHE_SECONDS = 60
HERO_PIECES = 3


def content_of(page, reader: Reader) -> dict[str, list[dict]]:
    """{"hero": cards of the pieces above all (for a page that has a hero), "sections": of its body}, kept for a minute;
    a changed field is made ready anew at once."""
    stored = {name: getattr(page, name).get_prep_value() for name in ("hero", "body") if hasattr(page, name)}
    key = _key(page, stored, reader)
    built = cache.get(key)
    if built is None:
        built = _built(page, stored, reader)
        cache.set(key, built, CACHE_SECONDS)
    return built


def _built(page, stored: dict[str, list[dict]], reader: Reader) -> dict[str, list[dict]]:
    blocks = [_Stored(page, number, one) for number, one in enumerate(stored["body"])]
    hero = Pieces(ids_of(stored.get("hero")), HERO_PIECES)
    wanted = [want for one in blocks for want in one.block.wants(one.value)]
    gathered = Gathered(reader, [hero, *wanted] if "hero" in stored else wanted)
    return {
        "hero": gathered.pieces(hero) if "hero" in stored else [],
        "sections": [one.section(gathered) for one in blocks],
    }


class _Stored:
    """A block of a page's body: its value as it is stored, where that is enough and spares a question."""

    def __init__(self, page, number: int, stored: dict):
        self.kind, self.id = stored["type"], stored["id"]
        self.block = page.body.stream_block.child_blocks[self.kind]
        self.value = stored["value"] if self.block.stored else page.body[number].value

    def section(self, gathered: Gathered) -> dict:
        prepared = self.block.prepared(self.value, gathered)
        return {"kind": self.kind, "template": self.block.meta.template, "id": f"section-{self.id}", **prepared}


def _key(page, stored: dict, reader: Reader) -> str:
    content = json.dumps(stored, cls=DjangoJSONEncoder, sort_keys=True)
    digest = hashlib.sha256(content.encode()).hexdigest()[:32]
    return f"cms:content:{page.pk}:{digest}:{reader.language}:{reader.currency}"
