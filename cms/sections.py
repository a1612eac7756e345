"""The sections of a page, made ready for its template and kept for a minute.

Prices, stock and counts on an editors' page are thus at most a minute old, like the rates they are shown by; what a
shopper buys is computed anew by the basket. With the sections at hand a page costs only what finding it costs.
"""

import hashlib
import json
from collections.abc import Callable

from django.core.cache import cache
from django.core.serializers.json import DjangoJSONEncoder

from cms.shelves import Reader

CACHE_SECONDS = 60


def sections_of(page, reader: Reader) -> list[dict]:
    """One dict for each block of `page.body`: its kind, its template, and what `prepared()` gave for this reader."""
    return kept(page, "body", reader, lambda: [_section(bound, reader) for bound in page.body])


def kept(page, field: str, reader: Reader, build: Callable[[], list[dict]]) -> list[dict]:
    """What `build` makes of a stream field, kept for a minute; a changed field is made ready anew at once."""
    key = _key(page, field, reader)
    built = cache.get(key)
    if built is None:
        built = build()
        cache.set(key, built, CACHE_SECONDS)
    return built


def _section(bound, reader: Reader) -> dict:
    prepared = bound.block.prepared(bound.value, reader)
    return {"kind": bound.block_type, "template": bound.block.meta.template, "id": f"section-{bound.id}", **prepared}


def _key(page, field: str, reader: Reader) -> str:
    content = json.dumps(getattr(page, field).get_prep_value(), cls=DjangoJSONEncoder, sort_keys=True)
    digest = hashlib.sha256(content.encode()).hexdigest()[:32]
    return f"cms:{field}:{page.pk}:{digest}:{reader.language}:{reader.currency}"
