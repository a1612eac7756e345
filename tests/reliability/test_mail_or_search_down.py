"""Mail or search is down while ordering: the order stands, and what could not leave is sent later."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from search import engines
from shop.outbox.models import Message
from shop.outbox.services import deliver_due
from tests.factories import make_artisan, make_listing, make_user, pay, place
from tests.live.site import free_port
from tests.reliability.promises import keep_the_promises

pytestmark = [pytest.mark.durable, pytest.mark.usefixtures("shop")]


@pytest.fixture
def product():
    product = make_listing(make_artisan(user=make_user("maker@example.org")))
    assert not Message.objects.filter(done=None).exists()
    return product


@pytest.fixture
def no_mail_server(settings):
    """Mail goes to a port where nobody listens; gives back what ends that."""
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    return lambda: setattr(settings, "EMAIL_BACKEND", working)


@pytest.fixture
def no_search_server(settings):
    settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{free_port()}"
    return lambda: setattr(settings, "ELASTICSEARCH_URL", "")


def an_hour_passes() -> None:
    Message.objects.filter(done=None).update(due=timezone.now() - timedelta(minutes=1))


def waiting(kind: str):
    return Message.objects.filter(kind=kind, done=None)


def test_an_order_stands_while_mail_is_down_and_is_told_of_once(product, no_mail_server):
    order = place(product)
    pay(order)
    assert order.status == "paid"
    assert waiting("mail").count() == 2
    assert all(message.attempts == 1 and "refused" in message.error for message in waiting("mail"))
    assert deliver_due() == 0, "not yet due again"
    end_of_the_outage = no_mail_server
    end_of_the_outage()
    an_hour_passes()
    deliver_due()
    deliver_due()
    assert sorted(message.to[0] for message in mail.outbox) == ["guest@example.org", "maker@example.org"]
    keep_the_promises()


def test_an_order_stands_while_search_is_down_and_is_indexed_later(product, no_search_server):
    order = place(product, quantity=5)
    pay(order)
    assert order.status == "paid"
    assert waiting("index").exists()
    end_of_the_outage = no_search_server
    end_of_the_outage()
    an_hour_passes()
    deliver_due()
    assert not waiting("index").exists()
    found = engines.search(engines.SearchQuery(in_stock=True))
    assert found.total == 0, "all five pieces are sold"
    keep_the_promises()
