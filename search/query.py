"""From what a shopper typed to a plan: a price becomes a filter, the rest groups of words to answer. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from search.engines.base import Chip, SearchQuery
from search.folding import fold_word, words
from search.heads import head, mark_asides
from search.plans import Filters, Group, Lazy, Option, Plan, Step
from search.prices import find_limits
from search.reading import COUNTRY_OF, Item, any_of, at_home, groups, headed, is_soft, misspelt
from search.spelling import SHORTEST, Vocabulary
from search.thesaurus import EXACT, Match, Thesaurus, Variant, get_thesaurus
from search.words import is_stopword, is_stopword_somewhere

MOST_WORDS = 24  # of a longer text the first words decide
LONGEST_NAME, SHORTEST_NAME = 5, 4  # words of a maker's name; letters of one that is a single word
CORRECTIONS = 4  # how many other spellings of one word are tried
SLIP = {1: 0.75, 2: 0.6}  # how likely a word at one or two edits is meant
SIMILAR = {"c": 1.0, "k0": 0.9, "n1": 0.4, "k1": 0.3, "m": 0.3, "o": 0.1}


def plan(query: SearchQuery, thesaurus: Thesaurus | None = None, makers: Mapping[str, str] | None = None) -> Plan:
    """What to run for the text of a query. makers: slug by folded name. Never fails on any text that a SearchQuery
    accepts."""
    if not query.text.strip():
        return Plan()
    thesaurus = thesaurus or get_thesaurus()
    text, filters, chips = _take_price(query)
    said = words(text, query.language)[:MOST_WORDS]
    matches = [match for match in thesaurus.match(said, query.language) if _says_something(match, said)]
    named = {
        start: one for start, one in _makers_in(said, matches, makers or {}).items() if one[1] not in query.ignored
    }
    items = _items(said, matches, named, query, thesaurus)
    if not items:
        return Plan(filters=filters, chips=chips, nothing=not chips)
    peoples = _peoples_in_names(items, query, thesaurus)
    steps = _preferring(peoples, _steps(items, query.language, thesaurus))
    return Plan(Lazy(steps), filters, chips + _concept_chips(items) + _people_chips(peoples))


def _says_something(match: Match, said: Sequence[str]) -> bool:
    """A small word of any language («на», "for") names a concept only as it is written, never as a form of another."""
    alone = match.end - match.start == 1
    return not alone or match.concepts[0][1] >= EXACT or not is_stopword_somewhere(said[match.start])


def similar(tokens: Iterable[str]) -> Plan:
    """The kin of a listing with these tokens: same concepts and craft first, then material and country."""
    found = tuple(
        Group(token, (Option((token,), SIMILAR[kind]),))
        for token in sorted(tokens)
        if (kind := token.partition(":")[0]) in SIMILAR
    )
    return Plan((Step(found, any_group=True),) if found else (), nothing=not found)


def _take_price(query: SearchQuery) -> tuple[str, Filters, tuple[Chip, ...]]:
    """The text without the price that it names, and that price. A currency of unknown rate is no filter."""
    limits = find_limits(query.text, query.language, query.currency)
    rates = {"USD": 1.0, **dict(query.rates)}
    rate = rates.get(limits.currency or query.currency) if limits else None
    if limits is None or rate is None:
        return query.text, Filters(), ()
    said = query.text[limits.start : limits.end]
    ends = {"price_min": limits.least, "price_max": limits.most}
    chips = tuple(
        Chip(kind, kind, f"{amount * rate:.2f}", said, hard=True)
        for kind, amount in ends.items()
        if amount is not None and kind not in query.ignored
    )
    usd = {chip.kind: float(chip.value) for chip in chips}
    rest = query.text[: limits.start] + " " + query.text[limits.end :]
    return rest, Filters(usd.get("price_min"), usd.get("price_max")), chips


def maker_key(name: str) -> str:
    """A maker's name as `plan` looks it up."""
    return " ".join(filter(None, map(fold_word, words(name))))


def _makers_in(said: Sequence[str], matches: Sequence[Match], makers: Mapping[str, str]) -> dict[int, tuple[int, str]]:
    """Where whole names of makers stand: {start: (end, "maker:<slug>")}, longer names first. A name of one word that
    names something else too (a town, a craft) is not taken for the maker's."""
    folded, found, at = [fold_word(word) for word in said], {}, 0
    other = {place for match in matches for place in range(match.start, match.end)}
    while makers and at < len(said):
        for size in range(min(LONGEST_NAME, len(said) - at), 0, -1):
            name = " ".join(folded[at : at + size])
            if name in makers and (size > 1 or (at not in other and len(name) >= SHORTEST_NAME)):
                found[at] = (at + size, f"maker:{makers[name]}")
                at += size - 1
                break
        at += 1
    return found


def _items(
    said: Sequence[str],
    matches: Sequence[Match],
    named: Mapping[int, tuple[int, str]],
    query: SearchQuery,
    thesaurus: Thesaurus,
) -> list[Item]:
    """The words in order: makers' names, those that name something together, the others one by one, without those
    that say nothing."""
    taken = {place for start, (end, _) in named.items() for place in range(start, end)}
    starts = {match.start: match for match in matches if taken.isdisjoint(range(match.start, match.end))}
    items, at = [], 0
    while at < len(said):
        if at in named:
            end, key = named[at]
            items.append(Item(tuple(said[at:end]), maker=key.partition(":")[2]))
        else:
            match = starts.get(at)
            end = match.end if match else at + 1
            items.append(_item(tuple(said[at:end]), match.concepts if match else (), query, thesaurus))
        at = end
    items = mark_asides(items)
    telling = [item for item in items if item.concepts or item.maker or not is_stopword(item.words[0], query.language)]
    return telling or items


def _item(
    said: tuple[str, ...], concepts: tuple[tuple[str, float], ...], query: SearchQuery, thesaurus: Thesaurus
) -> Item:
    """One item, without the concepts that the shopper took away. What only ranked goes on only ranking."""
    kept = tuple((one, sure) for one, sure in concepts if f"concept:{one}" not in query.ignored)
    whole = Item(said, concepts)
    return Item(said, kept, optional=len(kept) < len(concepts) and is_soft(whole, thesaurus))


def _concept_chips(items: Iterable[Item]) -> tuple[Chip, ...]:
    found = {}
    for item in items:
        text = " ".join(item.words)
        if item.maker:
            found[f"maker:{item.maker}"] = Chip(f"maker:{item.maker}", "maker", item.maker, text, hard=True)
        elif item.concepts:
            concept = item.concepts[0][0]
            country, key = COUNTRY_OF.get(concept), f"concept:{concept}"
            found[key] = Chip(key, "country" if country else "concept", country or concept, text, hard=bool(country))
    return tuple(found.values())


def _peoples_in_names(items: Iterable[Item], query: SearchQuery, thesaurus: Thesaurus) -> dict[str, str]:
    """Peoples that are part of what a thing is called (Azerbaijani carpet), with the words: others make it too, so
    where they work only ranks. Without those that the shopper took away."""
    found: dict[str, str] = {}
    for item in items:
        if item.concepts and len(item.words) > 1:
            broader = thesaurus.concepts[item.concepts[0][0]].broader
            found.update((one, " ".join(item.words)) for one in broader if one in COUNTRY_OF)
    return {people: text for people, text in found.items() if f"concept:{people}" not in query.ignored}


def _preferring(peoples: Iterable[str], steps: Iterable[Step]) -> Iterable[Step]:
    added = tuple(at_home(people) for people in peoples)
    return (replace(step, groups=(*step.groups, *added)) for step in steps)


def _people_chips(peoples: Mapping[str, str]) -> tuple[Chip, ...]:
    return tuple(Chip(f"concept:{one}", "country", COUNTRY_OF[one], text) for one, text in peoples.items())


def _steps(items: list[Item], language: str, thesaurus: Thesaurus) -> Iterable[Step]:
    strict = groups(items, language, thesaurus)
    yield Step(strict)
    yield Step(groups(items, language, thesaurus, wide=True))
    thing = head(items, language, thesaurus)
    all_known = all(item.concepts or item.maker or item.optional for item in items)
    if thing is not None and all_known:
        yield Step(headed(items, strict, thing))
    yield from _apart(items, language, thesaurus)
    yield from _corrected(items, language, thesaurus)
    if thing is not None and not all_known:
        yield Step(headed(items, strict, thing))
    if len(items) > 1:
        loosely = any_of(items, strict)
        if any(group.required for group in loosely):
            yield Step(loosely, any_group=True, otherwise=thing is not None)


def _apart(items: list[Item], language: str, thesaurus: Thesaurus) -> Iterable[Step]:
    """What several words name together found nothing: each word by itself (hand spun yarn: spinning, and yarn)."""
    found: list[Item] = []
    for item in items:
        parts = [item]
        if len(item.words) > 1 and not item.maker:
            names = [thesaurus.match([word], language) for word in item.words]
            parts = [Item((word,), one[0].concepts if one else ()) for word, one in zip(item.words, names, strict=True)]
            parts = [part for part in parts if part.concepts]
        found += parts or [item]
    if len(found) <= len(items):
        return
    strict = groups(found, language, thesaurus)
    yield Step(strict, otherwise=True)
    thing = head(found, language, thesaurus)
    if thing is not None:
        yield Step(headed(found, strict, thing), otherwise=True)


def _corrected(items: list[Item], language: str, thesaurus: Thesaurus) -> Iterable[Step]:
    """The text with its unknown words (all, if every one is known) read as slips of known ones."""
    said = [item for item in items if not item.maker]
    unknown = {item.words for item in said if not item.concepts} or {item.words for item in said}
    spelt: list[list[Variant]] = []
    for item in items:
        for word in item.words:
            spelt.append(_variants(word, language, thesaurus) if item.words in unknown else [(word, 1.0)])
    fixed, best = _read_again(spelt, language, thesaurus)
    found = []
    for item, group in zip(fixed, groups(fixed, language, thesaurus), strict=True):
        found.append(Group(group.label, (*group.options, *misspelt(item)), group.required))
    suggestion = " ".join(best)
    changed = suggestion != " ".join(word for item in items for word in item.words)
    yield Step(tuple(found), otherwise=True, suggestion=suggestion if changed else None)


def _read_again(spelt: list[list[Variant]], language: str, thesaurus: Thesaurus) -> tuple[list[Item], list[str]]:
    """Items of words that each may be one of several, and the likeliest words."""
    best = [variants[0][0] for variants in spelt]
    items, at = [], 0
    starts = {match.start: match for match in thesaurus.match_variants(spelt, language)}
    while at < len(spelt):
        match = starts.get(at)
        end = match.end if match else at + 1
        items.append(Item(tuple(best[at:end]), match.concepts if match else ()))
        at = end
    return items, best


@lru_cache(maxsize=2)  # of the thesaurus in use, and of the one it takes the place of
def _vocabulary(thesaurus: Thesaurus) -> Vocabulary:
    return Vocabulary(set(thesaurus.words) | thesaurus.folded_words)


def _variants(word: str, language: str, thesaurus: Thesaurus) -> list[Variant]:
    """The word's likeliest spellings: fewest edits, then words of the shopper's language; itself if there is none."""
    if len(word) < SHORTEST:
        return [(word, 1.0)]
    vocabulary = _vocabulary(thesaurus)
    near = dict(vocabulary.near(fold_word(word)))
    for candidate, edits in vocabulary.near(word):
        near[candidate] = min(edits, near.get(candidate, edits))

    def unlikely(one: str) -> tuple:
        own, preferred = language in thesaurus.words.get(one, ()), (language, one) in thesaurus.preferred
        return near[one], not own, one[0] != word[0], not preferred, one

    ranked = sorted(near, key=unlikely)
    found = [(one, SLIP[near[one]]) for one in ranked if near[one] == near[ranked[0]]][:CORRECTIONS]
    return found or [(word, 1.0)]
