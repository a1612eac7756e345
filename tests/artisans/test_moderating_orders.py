"""A moderator gives back without limit, tries failed refunds again, answers the bank; others find no such page."""

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from artisans.moderation import urls
from shop.accounts.models import AuditLine
from shop.checkout.gateway import Outcome, RefundFacts, get_gateway
from shop.checkout.payments import settle
from shop.sandbox import afterwards
from shop.sandbox.models import SandboxDispute, SandboxFile, SandboxSession
from shop.settlement.disputing import settle_dispute
from shop.settlement.models import Dispute, Refund
from shop.settlement.refunding import adopt_refund, settle_refund
from tests.factories import make_artisan, make_listing, make_user, pay, place
from tests.pictures import photograph, picture_bytes

pytestmark = [pytest.mark.usefixtures("rates"), pytest.mark.django_db]


@pytest.fixture
def order():
    order = place(make_listing(make_artisan("one")), make_listing(make_artisan("two")))
    pay(order)
    return order


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


def test_a_moderator_says_what_a_refund_made_by_hand_was_for(client, order, moderator):
    refund = adopt_refund(order.payments.get(), RefundFacts("re_1", Refund.SUCCEEDED, amount=Decimal("1.00")))
    waiting, page = reverse("moderation:orders") + "?show=waiting", reverse("moderation:order", args=[order.number])
    assert order.number in client.get(waiting).text and "For which parcel?" in client.get(page).text
    parcel, address = order.parcels.last(), reverse("moderation:refund-assign", args=[refund.pk])
    stranger = place(make_listing(make_artisan("three"))).parcels.get()
    assert "choose one of the parcels" in client.post(address, {"parcel": stranger.pk}, follow=True).text
    assert "Noted." in client.post(address, {"parcel": parcel.pk}, follow=True).text
    assert "has its parcel already" in client.post(address, {"parcel": parcel.pk}, follow=True).text
    assert refund.lines.get().parcel == parcel and AuditLine.objects.get(action="refund assigned").person == moderator
    assert order.number not in client.get(waiting).text


def test_a_payment_of_another_amount_waits_for_a_moderator_who_gives_it_back(client, moderator):
    order = place(make_listing(make_artisan("one")))
    settle(order.payments.get().pk, Outcome("paid", "", Decimal("1.23"), "USD"))
    waiting, page = reverse("moderation:orders") + "?show=waiting", reverse("moderation:order", args=[order.number])
    assert order.number in client.get(waiting).text and "not the sum that was asked for" in client.get(page).text
    back = reverse("moderation:payment-back", args=[order.payments.get().pk])
    assert [client.post(back).status_code for _again in range(2)] == [302, 404]
    assert Refund.objects.get().amount == Decimal("1.23")
    assert order.number not in client.get(waiting).text


@pytest.fixture
def disputed(order):
    """The page on which a dispute about the order is answered."""
    made = afterwards.dispute(SandboxSession.objects.get(key=order.payments.get().key))
    settle_dispute(get_gateway("sandbox").look_up_dispute(made.reference))
    return reverse("moderation:dispute", args=[Dispute.objects.get().pk])


def test_evidence_is_gathered_and_sent_once(client, order, moderator, disputed):
    assert order.number in client.get(disputed).text
    form = {"customer_name": "Aigerim Test", "uncategorized_text": "It was delivered."}
    assert "with the bank" in client.post(disputed, form, follow=True).text
    assert "answered already" in client.post(disputed, {**form, "customer_name": "B"}, follow=True).text
    assert SandboxDispute.objects.get().evidence == form


def test_pictures_go_to_the_bank_without_what_else_was_in_their_files(client, moderator, disputed):
    label = SimpleUploadedFile("label.png", photograph())
    form = {"uncategorized_text": "See the label.", "shipping_documentation": label}
    assert "with the bank" in client.post(disputed, form, follow=True).text
    kept = SandboxFile.objects.get()
    assert SandboxDispute.objects.get().evidence["shipping_documentation"] == kept.reference
    with Image.open(io.BytesIO(kept.content)) as picture:
        assert (picture.format, picture.size, dict(picture.getexif())) == ("JPEG", (40, 60), {})


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"no picture", "damaged"),
        (photograph() + b"<script>alert(1)</script>", "hides something"),
        (photograph()[:200], "damaged"),
        (picture_bytes((9000, 6000), kind="PNG"), "too large"),
        (b"1" * (10 * 1024 * 1024 + 1), "too large"),
    ],
    ids=["text", "script", "cut off", "many pixels", "many bytes"],
)
def test_what_is_no_plain_picture_is_refused_and_nothing_sent(client, moderator, disputed, content, told):
    form = {"uncategorized_text": "Kept.", "uncategorized_file": SimpleUploadedFile("a.jpg", content)}
    answer = client.post(disputed, form)
    assert answer.status_code == 422 and told in answer.text and "Kept." in answer.text
    assert not SandboxFile.objects.exists() and not SandboxDispute.objects.get().evidence


@pytest.mark.parametrize("name", [pattern.name for pattern in urls.urlpatterns])
def test_who_moderates_nothing_finds_nothing(client, name):
    pattern = next(pattern for pattern in urls.urlpatterns if pattern.name == name)
    values = {"pk": 1, "number": "1", "action": "approve", "kind": "csv", "side": "agent"}
    arguments = [values[key] for key in pattern.pattern.converters]
    client.force_login(make_user("stranger@example.org"))
    address = reverse(f"moderation:{name}", args=arguments)
    assert 404 in {client.get(address).status_code, client.post(address).status_code}
    assert 200 not in {client.get(address).status_code, client.post(address).status_code}
