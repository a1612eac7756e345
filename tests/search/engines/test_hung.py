"""An Elasticsearch that takes every connection and never answers: nobody waits for it more than once."""

import socket

import pytest

from search import engines
from search.engines import elasticsearch
from search.engines.base import EngineAway, SearchQuery
from shop.outbox.models import Message
from shop.outbox.services import deliver_due
from tests.factories import make_listing
from tests.search.listings import listing


class Hung:
    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=100)
        self.socket.setblocking(False)
        self.taken = []

    @property
    def asked(self) -> int:
        """How often it was connected to."""
        try:
            while True:
                self.taken.append(self.socket.accept()[0])
        except BlockingIOError:
            return len(self.taken)

    def close(self) -> None:
        for one in [self.socket, *self.taken]:
            one.close()


@pytest.fixture
def hung(settings, monkeypatch):
    for name in ("READ_SECONDS", "WRITE_SECONDS", "REBUILD_SECONDS"):
        monkeypatch.setattr(elasticsearch, name, 0.1)
    server = Hung()
    settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{server.socket.getsockname()[1]}"
    yield server
    server.close()


def test_shoppers_wait_for_it_once(hung):
    assert [engines.search(SearchQuery(text="bowl")).degraded for _ in range(5)] == [True] * 5
    engines.suggest("bow", "en")
    assert hung.asked == 1


def test_suggestions_wait_for_it_once(hung):
    engines.embedded_engine().index([listing(1, "Bowl")])
    assert all(engines.suggest("bow", "en") for _ in range(5))
    assert hung.asked == 1


def test_whoever_writes_waits_for_it_once_and_the_embedded_index_is_written(hung):
    for number in range(1, 4):
        with pytest.raises(EngineAway):
            engines.index([listing(number, "Bowl")])
    with pytest.raises(EngineAway):
        engines.delete([3])
    assert engines.embedded_engine().ids() == {1, 2}
    assert hung.asked == 1


def test_a_rebuild_gives_it_up_at_its_first_question(hung):
    with pytest.raises(EngineAway):
        engines.get_engine().rebuild([listing(1, "Bowl")])
    assert hung.asked == 1


@pytest.mark.django_db
def test_the_first_index_message_that_it_does_not_take_lets_the_others_wait(hung):
    product = make_listing()
    Message.objects.all().delete()
    for _ in range(3):
        Message.objects.create(kind="index", payload={"products": [product.pk]})
    assert deliver_due() == 0
    assert list(Message.objects.values_list("attempts", flat=True)) == [1, 0, 0]
    assert hung.asked == 1
