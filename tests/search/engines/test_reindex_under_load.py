"""While an index is built anew under load, no search fails and none comes back empty."""

import threading

from search.engines.base import SearchQuery
from tests.search.listings import listing

LISTINGS = [listing(id, f"Silver ring {id}", craft="ring", maker=f"m{id % 9}") for id in range(1, 601)]
ASKED = [
    SearchQuery(text="күміс жүзік", language="kk"),
    SearchQuery(text="rings", page_size=5),
    SearchQuery(),
    SearchQuery(crafts=frozenset({"jewellery"}), sort="price"),
    SearchQuery(similar_to=1),
]


class Shopper(threading.Thread):
    """Searches on and on until told to stop; keeps how many answers there were and what was wrong."""

    def __init__(self, engine):
        super().__init__()
        self.engine, self.enough, self.stop = engine, threading.Event(), threading.Event()
        self.answers, self.wrong = 0, []

    def run(self):
        while not self.stop.is_set():
            for query in ASKED:
                try:
                    found = self.engine.search(query)
                    suggested = self.engine.suggest("silv", "en")
                except Exception as error:  # any at all is what must not happen
                    self.wrong.append(repr(error))
                    continue
                if found.total < 500 or not found.hits or not suggested:
                    self.wrong.append((query, found.total, len(suggested)))
                self.answers += 1
            self.enough.set()


def test_no_search_fails_or_is_empty_while_the_index_is_rebuilt(engine):
    engine.rebuild(LISTINGS)
    shoppers = [Shopper(engine) for _ in range(2)]

    def documents():
        """Halfway through, waits until every shopper has asked everything once more."""
        yield from LISTINGS[:300]
        for shopper in shoppers:
            shopper.enough.clear()
            assert shopper.enough.wait(300)
        yield from LISTINGS[300:]

    for shopper in shoppers:
        shopper.start()
    try:
        for _ in range(3):
            engine.rebuild(documents())
    finally:
        for shopper in shoppers:
            shopper.stop.set()
            shopper.join()
    assert [wrong for shopper in shoppers for wrong in shopper.wrong] == []
    assert all(shopper.answers >= 3 * len(ASKED) for shopper in shoppers)
