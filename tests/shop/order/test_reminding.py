from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from shop.order.reminding import remind_makers
from shop.settlement import parcels
from shop.settlement.models import Payment
from tests.factories import make_artisan, make_listing, make_user, pay, place

pytestmark = [pytest.mark.usefixtures("rates"), pytest.mark.django_db]


@pytest.fixture
def parcel():
    order = place(make_listing(make_artisan(user=make_user("maker@example.org", language="ru"))))
    pay(order)
    Payment.objects.update(settled_at=timezone.now() - timedelta(days=3))
    return order.parcels.get()


def reminded(capture) -> list[str]:
    mail.outbox.clear()
    with capture(execute=True):
        remind_makers()
    return [message.to[0] for message in mail.outbox]


def test_a_maker_who_says_nothing_is_reminded_once(parcel, django_capture_on_commit_callbacks):
    assert reminded(django_capture_on_commit_callbacks) == ["maker@example.org"]
    assert reminded(django_capture_on_commit_callbacks) == []


def test_a_maker_who_accepted_is_left_in_peace(parcel, django_capture_on_commit_callbacks):
    parcels.accept(parcel.pk)
    assert reminded(django_capture_on_commit_callbacks) == []


def test_nobody_is_reminded_on_the_first_day(parcel, django_capture_on_commit_callbacks):
    Payment.objects.update(settled_at=timezone.now())
    assert reminded(django_capture_on_commit_callbacks) == []
