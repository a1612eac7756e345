"""From a listing to what an engine stores: the tokens it is found by and its standing among equals. Pure.

Tokens are plain strings, the same for every engine; a token's first letters say what it stands for:
    e:<language>:<word>  a title's word as written        f:<word>  the same folded     l:<word>  roughly folded
    s:<family>:<stem>    what a title's word is a form of  c:<id>    a concept in a title
    n1:<id> n2: n3:      a title's concept is 1, 2, 3 or more steps narrower than this one
    pc:<id>              a concept named by a part of a longer term in a title (felt in "felt hat")
    dc:<id>              a concept in a description        d:<word>  a description's word, folded; ds:<family>:<stem>
    x:<word>             a word of maker, place, technique, folded; xc:<id> a concept there
    k0:<id> k1:<id>      the listing's craft; what that belongs to
    m:<id>               a material                        o:<code>  the country
"""

from functools import lru_cache
from weakref import WeakKeyDictionary

from search.engines.base import Document
from search.folding import fold_word, loose, words
from search.thesaurus import Thesaurus, get_thesaurus
from search.words import family, is_stopword, stems
from shop.listings.crafts import crafts as all_crafts
from shop.listings.crafts import lineage, materials

STEMS_KEPT = 3
PART = 0.05  # how much less a word alone says of the craft than the whole term that it stands in
SURE = 0.7  # a concept less sure than this is no tag
UNRATED = 0.7  # of the full rating
FRESH = 60 * 86_400  # seconds for which a listing counts as just come, less each day
BESIDE_KEPT = 5000  # texts of makers and places of which the tokens are kept
AGE_ZERO, AGE_FULL = 1_577_836_800, 20 * 365 * 86_400  # 1 January 2020; newness grows to 1 over twenty years

_beside: WeakKeyDictionary[Thesaurus, dict[tuple[str, str], frozenset[str]]] = WeakKeyDictionary()


def tokens(document: Document, thesaurus: Thesaurus | None = None) -> frozenset[str]:
    """Everything this listing is found by."""
    thesaurus = thesaurus or get_thesaurus()
    found: set[str] = set()
    for language, title in document.titles.items():
        found |= _title_tokens(words(title, language), language, thesaurus)
    for language, text in document.descriptions.items():
        found |= _description_tokens(words(text[:5000], language), language, thesaurus)
    for text in (document.extra, document.maker_name):
        found |= _tokens_beside(text[:2000], document.language, thesaurus)
    if document.craft:
        found.add(f"k0:{document.craft}")
    found.update(f"k1:{craft}" for craft in document.crafts if craft != document.craft)
    found.update(f"m:{material}" for material in document.materials)
    if document.country:
        found.add(f"o:{document.country}")
    return frozenset(found)


def _title_tokens(title: list[str], language: str, thesaurus: Thesaurus) -> set[str]:
    found: set[str] = set()
    for word in title:
        found.update(_title_word(word, language))
    for concept in concepts_in(title, language, thesaurus):
        for broader, steps in thesaurus.ancestors(concept).items():
            found.add(f"c:{broader}" if steps == 0 else f"n{min(steps, 3)}:{broader}")
    for word in title:
        if not is_stopword(word, language):
            found.update(f"pc:{one}" for one, sure in thesaurus.named((word,), language, True) if sure >= SURE)
    return found


@lru_cache(maxsize=100_000)
def _title_word(word: str, language: str) -> tuple[str, ...]:
    if is_stopword(word, language):
        return ()
    folded, kind = fold_word(word), family(language)
    stemmed = (f"s:{kind}:{stem}" for stem in (folded, *stems(word, language)[:STEMS_KEPT]))
    return f"e:{language}:{word.replace('ё', 'е')}", f"f:{folded}", f"l:{loose(folded)}", *stemmed


def _description_tokens(text: list[str], language: str, thesaurus: Thesaurus) -> set[str]:
    found = {f"dc:{concept}" for concept in concepts_in(text, language, thesaurus)}
    for word in text:
        found.update(_description_word(word, language))
    return found


def _tokens_beside(text: str, language: str, thesaurus: Thesaurus) -> frozenset[str]:
    """Of maker and place: the same for many listings, so it is kept."""
    kept = _beside.setdefault(thesaurus, {})
    if (text, language) not in kept:
        if len(kept) >= BESIDE_KEPT:
            kept.clear()
        said = words(text)
        found = [f"x:{folded}" for word in said if (folded := fold_word(word))]
        found += [f"xc:{concept}" for concept in concepts_in(said, language, thesaurus)]
        kept[text, language] = frozenset(found)
    return kept[text, language]


@lru_cache(maxsize=100_000)
def _description_word(word: str, language: str) -> tuple[str, ...]:
    if is_stopword(word, language):
        return ()
    return f"d:{fold_word(word)}", *(f"ds:{family(language)}:{stem}" for stem in stems(word, language)[:1])


def concepts_in(text: list[str], language: str, thesaurus: Thesaurus) -> dict[str, float]:
    """The concepts that a listing's words name in its language, with how sure each is."""
    kept = [word for word in text if not is_stopword(word, language)]
    return {
        concept: sure
        for match in thesaurus.match(kept, language, strict=True)
        for concept, sure in match.concepts
        if sure >= SURE
    }


def infer_craft(title: str, language: str, thesaurus: Thesaurus | None = None) -> str:
    """The craft that a title speaks of: the most special one named, else the nearest broader one, else ""."""
    thesaurus = thesaurus or get_thesaurus()
    known, best = all_crafts(), ("", (-9.0, 0.0))
    said = words(title, language)
    parts = (one for word in said for one in concepts_in([word], language, thesaurus).items())
    named = {concept: sure - PART for concept, sure in parts}
    for concept, sure in {**named, **concepts_in(said, language, thesaurus)}.items():
        for candidate, steps in thesaurus.ancestors(concept).items():
            if candidate not in known:
                continue
            # "Silk headscarf" is a headscarf: what a thing is made of says less than what it is.
            rank = (-float(steps), sure + 0.1 * len(lineage(candidate)) - 0.2 * (candidate in materials()))
            if rank > best[1]:
                best = (candidate, rank)
    return best[0]


def standing_parts(document: Document, now: float) -> dict[str, float]:
    """What ranks equals, by part: in stock, well described, well rated (unrated ones like average), young, just come
    (so that new makers are seen before anyone has rated them), pushed by an editor. now: Unix seconds."""
    age = min(max((document.created - AGE_ZERO) / AGE_FULL, 0.0), 1.0)
    fresh = min(max(1 - (now - document.created) / FRESH, 0.0), 1.0)
    rating = UNRATED if document.rating is None else document.rating / 5
    parts = {
        "stock": 0.36 * document.in_stock,
        "description": 0.18 * document.quality,
        "rating": 0.135 * rating,
        "age": 0.09 * age,
        "fresh": 0.135 * fresh,
        "editors": min(document.priority, 10) * 0.01,
    }
    return {name: round(value, 6) for name, value in parts.items()}


def standing(document: Document, now: float) -> float:
    """The sum of its parts, 0 to 1. It ages: `search.comparing` brings what is young up to date each night."""
    return round(min(1.0, sum(standing_parts(document, now).values())), 6)
