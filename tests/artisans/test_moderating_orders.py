"""A moderator gives back without limit, tries failed refunds again, answers the bank; others find no such page."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from artisans.moderation import urls
from marketplace.groups import MODERATORS
from marketplace.roles import ensure_roles
from shop.accounts.models import AuditLine
from shop.checkout.gateway import RefundFacts
from shop.settlement.models import Dispute, Refund
from shop.settlement.refunding import settle_refund
from tests.factories import make_artisan, make_listing, make_user, pay, place

pytestmark = [pytest.mark.usefixtures("rates"), pytest.mark.django_db]


@pytest.fixture
def order():
    order = place(make_listing(make_artisan("one")), make_listing(make_artisan("two")))
    pay(order)
    return order


@pytest.fixture
def moderator(client):
    ensure_roles()
    user = make_user("moderator@example.org")
    user.groups.add(Group.objects.get(name=MODERATORS))
    client.force_login(user)
    return user


def give_back(client, order, **extra):
    parcel = order.parcels.first()
    line = order.lines.filter(partner=parcel.partner).get()
    form = {f"pieces_{line.pk}": "1", "reason": "never arrived", "attempt": "", **extra}
    return client.post(reverse("moderation:give-back", args=[parcel.pk]), form, follow=True)


def test_a_moderator_gives_back_over_the_makers_limit_and_it_is_noted(client, order, moderator, settings):
    settings.MAKER_REFUND_LIMIT_USD = 0
    assert "It goes back to the shopper" in give_back(client, order).text
    assert AuditLine.objects.get(action="refund").person == moderator


def test_a_failed_refund_waits_for_a_moderator_who_tries_again(client, order, moderator):
    give_back(client, order)
    refund = Refund.objects.get()
    settle_refund(refund.pk, RefundFacts("re", Refund.FAILED, "the card is closed"))
    waiting = reverse("moderation:orders") + "?show=waiting"
    assert order.number in client.get(waiting).text
    assert "the card is closed" in client.get(reverse("moderation:order", args=[order.number])).text
    client.post(reverse("moderation:refund-again", args=[refund.pk]))
    assert order.number not in client.get(waiting).text
    assert Refund.objects.count() == 2


def test_evidence_is_gathered_and_sent_once(client, order, moderator, monkeypatch):
    payment = order.payments.get()
    dispute = Dispute.objects.create(
        payment=payment, reference="dp_1", amount=payment.amount, currency="USD", status=Dispute.NEEDS_ANSWER
    )
    sent = []

    def answer(gateway, reference, evidence, key):
        from shop.checkout.gateway import DisputeFacts

        sent.append((reference, evidence, key))
        return DisputeFacts(reference, payment.key, payment.amount, "USD", "", Dispute.UNDER_REVIEW)

    monkeypatch.setattr("shop.checkout.sandbox.SandboxGateway.submit_evidence", answer)
    page = reverse("moderation:dispute", args=[dispute.pk])
    assert order.number in client.get(page).text
    form = {"customer_name": "Aigerim Test", "uncategorized_text": "It was delivered."}
    assert "with the bank" in client.post(page, form, follow=True).text
    assert "answered already" in client.post(page, form, follow=True).text
    assert sent == [("dp_1", form, "evidence-dp_1")]


@pytest.mark.parametrize("name", [pattern.name for pattern in urls.urlpatterns])
def test_who_moderates_nothing_finds_nothing(client, name):
    pattern = next(pattern for pattern in urls.urlpatterns if pattern.name == name)
    values = {"pk": 1, "number": "1", "action": "approve", "kind": "csv", "side": "agent"}
    arguments = [values[key] for key in pattern.pattern.converters]
    client.force_login(make_user("stranger@example.org"))
    address = reverse(f"moderation:{name}", args=arguments)
    assert 404 in {client.get(address).status_code, client.post(address).status_code}
    assert 200 not in {client.get(address).status_code, client.post(address).status_code}
