"""Sums of searches are written where no page waits for them."""

import pytest

from search.insight import counting
from search.insight.counting import write_aside
from search.insight.models import QueryDay

pytestmark = pytest.mark.durable


def test_what_is_written_aside_arrives(durable_db):
    counting._gathered.clear()
    counting.count_search("suzani", "en", found=True)
    write_aside().join(timeout=30)
    assert QueryDay.objects.get().asked == 1
