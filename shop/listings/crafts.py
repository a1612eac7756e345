"""Crafts and materials: the ids that listings, facets and commission rules share, with labels in eight languages.

They are data (`data/*.json`), not rows: an id is never renamed, so that rules and links keep their meaning.
"""

import json
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"


@cache
def _load(name: str) -> dict[str, dict]:
    return json.loads((_DATA / f"{name}.json").read_text(encoding="utf-8"))


def crafts() -> dict[str, dict]:
    """All crafts by id: {"parent": id or None, "names": {language: label}}, broader ones first."""
    return _load("crafts")


def materials() -> dict[str, dict]:
    return _load("materials")


@cache
def lineage(craft: str) -> tuple[str, ...]:
    """The craft and what it belongs to, nearest first: suzani → ("suzani", "embroidery", "textile")."""
    chain: list[str] = []
    while craft and craft in crafts():
        chain.append(craft)
        craft = crafts()[craft]["parent"]
    return tuple(chain)


@cache
def children(craft: str | None) -> tuple[str, ...]:
    """The crafts right below this one; those of the first level for None."""
    return tuple(id for id, entry in crafts().items() if entry["parent"] == craft)


def craft_name(craft: str, language: str) -> str:
    return _name(crafts(), craft, language)


def material_name(material: str, language: str) -> str:
    return _name(materials(), material, language)


def _name(table: dict[str, dict], id: str, language: str) -> str:
    names = table.get(id, {}).get("names", {})
    return names.get(language) or names.get("en") or id
