"""Asking both shops in turns. A pair is the same visit to each, one right after the other; the first one alternates."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial

from bench.browser import Browser
from bench.checkouts import buy_here, buy_there
from bench.pages import CHECKOUT, LIST, SEARCH, Visit
from bench.servers import KARVAN, OSCAR, SPELLING, Shop

BOTH = (KARVAN, OSCAR)
# Visits of each of several clients before the other shop's turn; one client takes turns at every visit.
IN_A_ROW = 3
# Oscar's spelling suggestions come with lists and searches only, and take so long that every fifth visit of one client
# must do.
SPELLED, SPELLED_EVERY = (LIST, SEARCH), 5


@dataclass
class Measured:
    """By shop: the seconds of each visit, by the visit's number, and how long they took together."""

    seconds: dict[str, dict[int, float]] = field(default_factory=dict)
    wall: dict[str, float] = field(default_factory=dict)

    def add(self, shop: str, first: int, seconds: list[float], wall: float) -> None:
        self.seconds.setdefault(shop, {}).update(enumerate(seconds, start=first))
        self.wall[shop] = self.wall.get(shop, 0.0) + wall

    def pairs(self, other: str) -> tuple[list[float], list[float]]:
        """Our seconds and the other shop's, of the visits that both had."""
        both = self.seconds[other]
        return [self.seconds[KARVAN][number] for number in both], list(both.values())


def shops_of(page: str, clients: int, number: int) -> tuple[str, ...]:
    """Who is asked in this round."""
    return (*BOTH, SPELLING) if page in SPELLED and clients == 1 and number % SPELLED_EVERY == 0 else BOTH


def what_for(visit: Visit, shop: str) -> str:
    """Both Oscars are asked for the same."""
    return visit[KARVAN if shop == KARVAN else OSCAR]


def warm(shops: dict[str, Shop], page: str, visits: list[Visit], clients: int, rounds: int = 1) -> list[Measured]:
    """For each round, all the visits to each shop, in turns, all clients at once. In a later round every client sees
    what it has seen before, over the same connections, so by the same workers."""
    browsers = {name: [Browser(shop.port) for _ in range(clients)] for name, shop in shops.items()}
    try:
        with ThreadPoolExecutor(clients) as pool:
            return [_round(pool, browsers, page, visits, clients) for _ in range(rounds)]
    finally:
        for browser in (browser for several in browsers.values() for browser in several):
            browser.close()


def _round(pool, browsers: dict[str, list[Browser]], page: str, visits: list[Visit], clients: int) -> Measured:
    measured = Measured()
    row = IN_A_ROW if clients > 1 else 1
    for number, first in enumerate(range(0, len(visits), clients * row)):
        block = [visits[first + client * row : first + (client + 1) * row] for client in range(clients)]
        names = shops_of(page, clients, number)
        for name in names if number % 2 else reversed(names):
            started = time.perf_counter()
            several = pool.map(partial(_visits, page, name), browsers[name], block)
            seconds = [second for one in several for second in one]
            measured.add(name, first, seconds, time.perf_counter() - started)
    return measured


def _visits(page: str, shop: str, browser: Browser, visits: list[Visit]) -> list[float]:
    """One client's seconds."""
    ask = _asker(page, shop)
    return [ask(browser, what_for(visit, shop)) for visit in visits]


def cold(shops: dict[str, Shop], page: str, visits: Iterator[Visit], restarts: int) -> Measured:
    """The first visit after a start of the server, on a process that has answered nothing yet."""
    measured = Measured()
    for number in range(restarts):
        visit = next(visits)
        for name in BOTH if number % 2 else reversed(BOTH):
            shops[name].restart()
            browser = Browser(shops[name].port)
            seconds = _visits(page, name, browser, [visit])
            browser.close()
            measured.add(name, number, seconds, sum(seconds))
    return measured


def _asker(page: str, shop: str) -> Callable[[Browser, str], float]:
    buy = buy_here if shop == KARVAN else buy_there
    return (lambda browser, what: _bought(browser, what, buy)) if page == CHECKOUT else _fetched


def _fetched(browser: Browser, path: str) -> float:
    """A visitor who comes for the first time: no cookies."""
    browser.forget()
    browser.seconds = 0.0
    answer = browser.get(path)
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status} {answer.location}")
    return browser.seconds


def _bought(browser: Browser, what: str, buy: Callable[[Browser, int], None]) -> float:
    """A whole checkout. The product's page, which gives the first token, is not part of it."""
    number, path = what.split(" ", 1)
    browser.forget()
    browser.get(path)
    browser.seconds = 0.0
    buy(browser, int(number))
    return browser.seconds
