import itertools
import json
import time

import pytest
from django.urls import reverse

from shop.checkout import payments
from shop.checkout.signing import sign
from shop.sandbox.models import SandboxSession
from shop.settlement.models import WebhookEvent
from tests.factories import make_listing, place

pytestmark = [pytest.mark.usefixtures("rates"), pytest.mark.django_db]
URL = reverse("webhook", args=["sandbox"])


@pytest.fixture
def order():
    order = place(make_listing())
    payments.open_page(order.payments.get())
    return order


@pytest.fixture
def post(client, settings, django_capture_on_commit_callbacks):
    def send(body: bytes, signature: str | None = None):
        signature = sign(body, settings.SANDBOX_WEBHOOK_SECRET) if signature is None else signature
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(URL, body, content_type="application/json", headers={"X-Karvan-Signature": signature})

    return send


def event(id: str = "evt_1", kind: str = "payment.paid") -> bytes:
    return json.dumps({"id": id, "type": kind, "reference": SandboxSession.objects.get().reference}).encode()


def test_a_signed_webhook_pays_the_order(order, post):
    assert post(event()).status_code == 200
    order.refresh_from_db()
    assert order.status == "paid"


@pytest.mark.parametrize(
    "order_of_events", list(itertools.permutations(["payment.paid", "payment.failed", "payment.expired"]))
)
def test_webhooks_in_every_order_and_three_times_leave_it_paid(order, post, order_of_events):
    for kind in order_of_events * 3:
        assert post(event(id=f"evt_{kind}", kind=kind)).status_code == 200
    order.refresh_from_db()
    assert order.status == "paid"
    assert WebhookEvent.objects.count() == 3


def forged(body, settings):
    return sign(body, "another secret")


def old(body, settings):
    return sign(body, settings.SANDBOX_WEBHOOK_SECRET, at=int(time.time()) - 301)


def missing(body, settings):
    return ""


@pytest.mark.parametrize("signature", [forged, old, missing])
def test_a_forged_old_or_unsigned_webhook_stores_nothing(order, post, settings, signature):
    body = event()
    assert post(body, signature(body, settings)).status_code == 400
    assert not WebhookEvent.objects.exists()


def test_an_unreadable_webhook_is_refused(post, db):
    assert post(b"not json").status_code == 400


def test_an_unknown_kind_is_kept_and_ignored(order, post):
    assert post(event(kind="payment.dreamt")).status_code == 200
    order.refresh_from_db()
    assert (order.status, WebhookEvent.objects.get().kind) == ("pending payment", "payment.dreamt")


def test_there_is_no_sandbox_door_when_the_sandbox_is_off(post, settings, db):
    settings.PAYMENT_SANDBOX = False
    assert post(b"{}").status_code == 404


def test_a_webhook_for_a_page_we_have_not_stored_yet_is_tried_again(order, post):
    from shop.outbox.models import Message
    from shop.settlement.models import Payment

    reference = Payment.objects.get().reference
    Payment.objects.update(reference="")
    post(event())
    assert Message.objects.get(kind="webhook").attempts == 1
    Payment.objects.update(reference=reference)
    Message.objects.update(due="2026-01-01T00:00Z")
    from shop.outbox.services import deliver_due

    deliver_due()
    order.refresh_from_db()
    assert order.status == "paid"
