"""Why a search gave what it gave, in words that an editor can read (`?explain=1`, staff only)."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search.cards import ships_to
from search.documents import standing_parts
from search.engines.base import Hit, SearchQuery, SearchResult
from search.engines.ranking import REPEAT
from search.plans import Step

# What the kinds of tokens (search/documents.py) say.
KINDS = {
    "e": gettext_lazy("word of a title as written"),
    "f": gettext_lazy("word of a title in any alphabet"),
    "l": gettext_lazy("word of a title, roughly"),
    "s": gettext_lazy("form of a word of a title"),
    "c": gettext_lazy("subject of a title"),
    "n1": gettext_lazy("kind of it in a title"),
    "n2": gettext_lazy("kind of a kind of it in a title"),
    "n3": gettext_lazy("remote kind of it in a title"),
    "pc": gettext_lazy("part of a longer term in a title"),
    "dc": gettext_lazy("subject of a story"),
    "d": gettext_lazy("word of a story"),
    "ds": gettext_lazy("form of a word of a story"),
    "x": gettext_lazy("word of maker or place"),
    "xc": gettext_lazy("subject of the place"),
    "k0": gettext_lazy("the listing's craft"),
    "k1": gettext_lazy("what its craft belongs to"),
    "m": gettext_lazy("its material"),
    "o": gettext_lazy("its country"),
}
PARTS = {
    "stock": gettext_lazy("in stock"),
    "description": gettext_lazy("described"),
    "rating": gettext_lazy("rated"),
    "age": gettext_lazy("young"),
    "fresh": gettext_lazy("just come"),
    "editors": gettext_lazy("pushed by editors"),
}


def explain(query: SearchQuery, result: SearchResult, now: float) -> dict[str, Any]:
    """{"query", "result", "reading": how the text was read, "groups": what was asked, "hits": why each}."""
    seen: dict[tuple[float, str], int] = {}
    hits = []
    for hit in result.hits:
        key = (hit.score, hit.document.maker)
        hits.append(_hit(hit, query, now, seen.get(key, 0)))
        seen[key] = seen.get(key, 0) + 1
    return {
        "query": query,
        "result": result,
        "reading": _reading(result.step),
        "groups": _groups(result.step),
        "hits": hits,
    }


def _hit(hit: Hit, query: SearchQuery, now: float, of_maker: int) -> dict[str, Any]:
    parts = standing_parts(hit.document, now)
    title, language = hit.document.title(query.language)
    return {
        "title": title,
        "language": language,
        "document": hit.document,
        "score": round(hit.score, 3),
        "reasons": [_reason(why) for why in hit.why],
        "ships": ships_to(hit.document, query.ship_to) if query.ship_to else None,
        "standing": round(sum(parts.values()), 3),
        "parts": [{"label": PARTS[name], "value": round(value, 3)} for name, value in parts.items()],
        "of_maker": of_maker + 1,
        "maker_loss": round(of_maker * REPEAT, 2),
    }


def _reason(why: str) -> dict[str, str]:
    """Of "ring (c:ring + k0:ring: 1.05)": {"what": "ring", "how": "subject of a title: ring …", "weight": "1.05"}."""
    what, _sep, rest = why.rpartition(" (")
    tokens, _sep, weight = rest.removesuffix(")").rpartition(": ")
    return {"what": what, "how": " + ".join(_token(token) for token in tokens.split(" + ")), "weight": weight}


def _token(token: str) -> str:
    kind, _sep, value = token.partition(":")
    return f"{KINDS.get(kind, kind)}: {value}"


def _reading(step: Step | None) -> str:
    if step is None:
        return _("No words were asked for: all that passes the filters, by standing.")
    if step.suggestion:
        return _("Slips of the fingers were corrected to “%(words)s”.") % {"words": step.suggestion}
    if step.any_group:
        return _("Too little answered all words: some may be unanswered.")
    if step.otherwise:
        return _("Nothing answered as written: words at an edit or two count too.")
    return _("Every required word or subject is answered.")


def _groups(step: Step | None) -> list[dict[str, Any]]:
    return [
        {
            "label": group.label,
            "required": group.required,
            "options": [
                {"how": " + ".join(map(_token, option.tokens)), "weight": option.weight, "edits": option.edits}
                for option in group.options
            ],
        }
        for group in (step.groups if step else ())
    ]
