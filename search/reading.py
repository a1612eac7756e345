"""How well a listing's tokens answer the words and concepts of a query: the weights of relevance. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from search.folding import fold_word, loose
from search.plans import MOST_TOKENS, Group, Option
from search.spelling import edits_allowed
from search.thesaurus import Thesaurus
from search.words import family, likely_languages, stems
from shop.listings.crafts import materials

# A concept in a title, where the listing is of that craft as well; in a title; as its craft; as something narrower; as
# the family of its craft; in its place or technique; as a part of another term; as its material; in its description.
CONCEPT_WEIGHTS = (
    (("c", "k0"), 1.05), (("c",), 1.0), (("k0",), 0.9), (("n1",), 0.85), (("n2",), 0.8), (("n3",), 0.75),
    (("k1",), 0.7), (("xc",), 0.7), (("pc",), 0.65), (("m",), 0.6), (("dc",), 0.45),
)  # fmt: skip
# A word in a title as written in the shopper's language, folded, as a form of the same word, roughly folded; among the
# maker's name and place; in the description. The second weight is for words that name a concept: there the concept
# tells false friends apart, and a listing that only shares the letters comes last.
WORD_WEIGHTS = {
    "e": (1.0, 1.0), "f": (0.9, 0.55), "s": (0.8, 0.5), "l": (0.7, 0.45), "x": (0.7, 0.4), "d": (0.35, 0.3),
    "ds": (0.3, 0.25),
}  # fmt: skip
UNKNOWN, SOFT = 0.8, 0.4  # how much a word that names no concept, and a soft concept, count beside the others
RELATED, BROADER = 0.4, 0.35
MISSPELT = 0.4
AT_HOME = 0.2  # less than what parts the thing itself from its kin

# What says how a thing is rather than what it is: it ranks, and narrows only when nothing else was said.
SOFT_DOMAINS = frozenset({"colours", "occasions", "motifs", "places", "techniques"})
SOFT_CONCEPTS = frozenset(
    "craft gift souvenir handmade-quality material natural-material home decoration wall-mounted".split()
)
COUNTRY_OF = {
    "kazakhstan": "KZ", "kazakh": "KZ", "kyrgyzstan": "KG", "kyrgyz": "KG", "tajikistan": "TJ", "tajik": "TJ",
    "turkmenistan": "TM", "turkmen": "TM", "uzbekistan": "UZ", "uzbek": "UZ", "azerbaijan": "AZ", "azerbaijani": "AZ",
}  # fmt: skip


@dataclass(frozen=True)
class Item:
    """A stretch of the query's words and the concepts that they name (none for an unknown word), each with how sure.
    maker: the slug of the maker whose whole name it is. optional: it only ranks, though it names nothing. aside: it
    says for whom, of what or with what the thing is."""

    words: tuple[str, ...]
    concepts: tuple[tuple[str, float], ...] = ()
    maker: str = ""
    optional: bool = False
    aside: bool = False


def groups(items: Sequence[Item], language: str, thesaurus: Thesaurus, wide: bool = False) -> tuple[Group, ...]:
    """One group for each item. wide: broader and related concepts answer too, at a low weight."""
    soft = [is_soft(item, thesaurus) for item in items]
    if all(soft):
        soft = [False] * len(items)
    found, room = [], MOST_TOKENS // max(len(items), 1) - 1  # one is left for a slip of the fingers
    for item, only_ranks in zip(items, soft, strict=True):
        scale = SOFT if only_ranks else 1.0 if item.concepts or item.maker else UNKNOWN
        options = [*_word_options(item, language), *_concept_options(item, language)]
        if wide:
            options += _wider_options(item, thesaurus)
        label = item.concepts[0][0] if item.concepts else " ".join(item.words)
        found.append(Group(label, _best(options, scale, room), required=not only_ranks))
    return tuple(found)


def headed(items: Sequence[Item], found: Sequence[Group], head: int) -> tuple[Group, ...]:
    """The groups for answers that must be the thing itself (and of the country and maker that were named); all else
    ranks."""
    kept = []
    for number, (item, group) in enumerate(zip(items, found, strict=True)):
        must = number == head or bool(item.maker) or any(concept in COUNTRY_OF for concept, _ in item.concepts[:1])
        kept.append(Group(group.label, group.options, group.required and must))
    return tuple(kept)


def at_home(people: str) -> Group:
    """Ranks what is made in this people's country."""
    return Group(people, (Option((f"o:{COUNTRY_OF[people]}",), AT_HOME),), required=False)


def misspelt(item: Item) -> tuple[Option, ...]:
    """Words of titles that the item's one word may be a slip for."""
    folded = fold_word(item.words[0]) if len(item.words) == 1 else ""
    edits = edits_allowed(folded)
    return (Option((f"f:{folded}",), MISSPELT, edits),) if edits else ()


def any_of(items: Sequence[Item], found: Sequence[Group], least: float = 0.3) -> tuple[Group, ...]:
    """The groups for answers that need not answer all: weak options (descriptions) do not count, and words that name
    nothing only rank, unless there is nothing else."""
    named = any(item.concepts and group.required for item, group in zip(items, found, strict=True))
    kept = []
    for item, group in zip(items, found, strict=True):
        options = tuple(option for option in group.options if option.weight > least)
        if options:
            kept.append(Group(group.label, options, group.required and (bool(item.concepts) or not named)))
    return tuple(kept)


def is_soft(item: Item, thesaurus: Thesaurus) -> bool:
    """Whether it says how a thing is rather than what it is, and so only ranks beside what does."""
    if not item.concepts:
        return item.optional
    concept = item.concepts[0][0]
    if concept in COUNTRY_OF:
        return False
    return concept in SOFT_CONCEPTS or thesaurus.concepts[concept].domain in SOFT_DOMAINS


def _word_options(item: Item, language: str) -> list[Option]:
    column = 1 if item.concepts else 0
    folded = [fold_word(word) for word in item.words]
    found = [Option(_as_written(item, language), WORD_WEIGHTS["e"][column])]
    if item.maker:
        found.append(Option(tuple(f"x:{word}" for word in folded if word), 1.0))
    if not all(folded):
        return found
    for kind, key in (("f", None), ("x", None), ("d", None), ("l", loose)):
        tokens = tuple(f"{kind}:{key(word) if key else word}" for word in folded)
        found.append(Option(tokens, WORD_WEIGHTS[kind][column]))
    if len(item.words) == 1:
        for kind in ("s", "ds"):
            weight = WORD_WEIGHTS[kind][column]
            found += [Option((f"{kind}:{stem}",), weight) for stem in _stems(item.words[0], language)]
    return found


def _as_written(item: Item, language: str) -> tuple[str, ...]:
    return tuple(f"e:{language}:{word.replace('ё', 'е')}" for word in item.words)


def _stems(word: str, language: str) -> list[str]:
    """What the word may be a form of, in any likely language, the folded word itself included: a listing may have a
    form of it."""
    found = []
    for tongue in likely_languages(word, language):
        found += [f"{family(tongue)}:{stem}" for stem in (fold_word(word), *stems(word, tongue)[:3]) if len(stem) > 2]
    return list(dict.fromkeys(found))[:12]


def _concept_options(item: Item, language: str) -> list[Option]:
    written = _as_written(item, language)
    # The shopper's very word on a listing of that craft: nothing is nearer.
    found = [Option((*written, f"k0:{concept}"), 1.1 * sure) for concept, sure in item.concepts]
    found += [
        Option(tuple(f"{kind}:{concept}" for kind in kinds), weight * sure)
        for concept, sure in item.concepts
        for kinds, weight in CONCEPT_WEIGHTS
    ]
    return found + [Option((f"o:{COUNTRY_OF[one]}",), sure) for one, sure in item.concepts if one in COUNTRY_OF]


def _wider_options(item: Item, thesaurus: Thesaurus) -> list[Option]:
    found = []
    for concept, sure in item.concepts:
        entry = thesaurus.concepts[concept]
        near = [(one, RELATED) for one in entry.related]
        near += [(one, BROADER) for one in entry.broader if _may_stand_for(one, thesaurus)]
        found += [Option((f"c:{one}",), weight * sure) for one, weight in near if one not in SOFT_CONCEPTS]
    return found


def _may_stand_for(broader: str, thesaurus: Thesaurus) -> bool:
    """A root (textile, clothing) is too wide to stand for one of its pieces, silk is no silk scarf, and what a thing is
    for, or whose (a wedding, the Kazakhs), is no such thing."""
    entry = thesaurus.concepts.get(broader)
    if entry is None or not entry.broader or entry.domain in SOFT_DOMAINS:
        return False
    return entry.domain != "materials" and broader not in materials()


def _best(options: Iterable[Option], scale: float, room: int) -> tuple[Option, ...]:
    """Each set of tokens once, at its best weight, in twentieths, so that engines count with few levels; the best ones
    with so many tokens in all."""
    best: dict[tuple[str, ...], Option] = {}
    for option in options:
        weight = round(option.weight * scale * 20) / 20
        if weight > 0 and (option.tokens not in best or best[option.tokens].weight < weight):
            best[option.tokens] = Option(option.tokens, weight, option.edits)
    ranked = sorted(best.values(), key=lambda option: -option.weight)
    used = accumulate(len(option.tokens) for option in ranked)
    return tuple(option for option, so_far in zip(ranked, used, strict=True) if so_far <= room)
