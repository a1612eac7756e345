"""Counting what is searched for, without anybody's trace: sums of a day, gathered in memory, written now and then."""

import re
import threading
import time
from collections import defaultdict
from datetime import timedelta

from django.db import DatabaseError, connections, transaction
from django.db.models import F, Sum
from django.utils import timezone

from search.folding import fold, normal
from search.insight.models import QueryDay
from shop.outbox.ticking import each_minute

LONGEST = 80  # letters; what is longer is no search that anybody else would make
WRITE_EVERY, WRITE_AT = 60, 200  # seconds; kinds of searches gathered
RARE, RARE_DAYS, ALL_DAYS = 3, 7, 90  # asked fewer times in all: dropped after a week; everything after a season
# What may be a person's: addresses, numbers of telephones, cards and orders.
_PERSONAL = re.compile(r"@|www\.|https?:|(?:\d[\s\-().]*){5,}")

Counts = dict[tuple[str, str], list]
_lock = threading.Lock()
_gathered: Counts = defaultdict(lambda: ["", 0, 0, 0])
_since = 0.0


def count_search(text: str, language: str, found: bool) -> None:
    """One search, with something found or nothing. Never raises for the shopper."""
    _count(text, language, (1, 0 if found else 1, 0))


def count_click(text: str, language: str) -> None:
    """A result of this search was opened."""
    _count(text, language, (0, 0, 1))


def _count(text: str, language: str, amounts: tuple[int, int, int]) -> None:
    global _since
    folded, readable = fold(text), normal(text, language)
    if not folded or max(map(len, (text, folded, readable))) > LONGEST or _PERSONAL.search(text):
        return
    with _lock:
        _since = _since or time.monotonic()
        row = _gathered[language, folded]
        row[0] = row[0] or readable
        for place, amount in enumerate(amounts, 1):
            row[place] += amount
        due = time.monotonic() - _since > WRITE_EVERY or len(_gathered) >= WRITE_AT
    if due:
        write_aside()


def write_aside() -> threading.Thread:
    """Nobody's page waits until the sums of a minute are written."""

    def write() -> None:
        try:
            write_gathered()
        finally:
            connections.close_all()

    thread = threading.Thread(target=write, daemon=True)
    thread.start()
    return thread


@each_minute("searches counted", can_wait=True)
def write_gathered() -> int:
    """Adds what this process has gathered to today's sums. What cannot be written is forgotten: it is only a count."""
    global _since
    with _lock:
        rows = dict(_gathered)
        _gathered.clear()
        _since = 0.0
    try:
        with transaction.atomic():
            for (language, folded), (text, asked, empty, clicked) in sorted(rows.items()):
                _add(language, folded, text, {"asked": asked, "empty": empty, "clicked": clicked})
    except DatabaseError:
        return 0
    return len(rows)


def _add(language: str, folded: str, text: str, amounts: dict[str, int]) -> None:
    row, _created = QueryDay.objects.get_or_create(
        day=timezone.localdate(), language=language, folded=folded, defaults={"text": text}
    )
    QueryDay.objects.filter(pk=row.pk).update(**{name: F(name) + amount for name, amount in amounts.items() if amount})


@each_minute("old searches forgotten", can_wait=True)
def forget_old() -> int:
    """Drops what is old, and what few ever asked once it is a week old. Returns how many rows."""
    today = timezone.localdate()
    old = QueryDay.objects.filter(day__lt=today - timedelta(days=ALL_DAYS)).delete()[0]
    aged = QueryDay.objects.filter(day__lt=today - timedelta(days=RARE_DAYS))
    if not aged.exists():
        return old
    sums = QueryDay.objects.order_by().values("language", "folded").annotate(all=Sum("asked")).filter(all__lt=RARE)
    for rare in sums.iterator():
        old += aged.filter(language=rare["language"], folded=rare["folded"]).delete()[0]
    return old
