"""A maker says where their money goes: after a second factor; what cannot be right is refused; never read again."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from shop.accounts.models import AuditLine
from shop.checkout import stripe
from shop.outbox.models import Message
from shop.settlement import payees
from shop.settlement.models import CashOffice, PayeeMember, PayoutDetails, RailRule
from tests.factories import make_artisan, make_user
from tests.second_factor import give_second_factor, prove
from tests.shop.settlement.accounts import KZ_ACCOUNT, UZ_ACCOUNT, save_bank

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker(client):
    user = make_user("maker@example.org")
    client.force_login(user)
    return make_artisan("silk-maker", country="KZ", currency="KZT", user=user)


@pytest.fixture
def proved(client, maker):
    prove(client, maker.memberships.get().user)
    return maker


def url(maker, rail: str = "bank_file") -> str:
    return reverse("studio:payout-details", args=[maker.partner_id, rail])


def test_without_a_second_factor_it_is_set_up_first(client, maker):
    assert client.get(url(maker)).url == reverse("mfa_activate_totp")
    assert client.post(url(maker), KZ_ACCOUNT).url == reverse("mfa_activate_totp")
    assert not PayoutDetails.objects.exists()


@pytest.mark.parametrize(("ago", "method"), [(6 * 60, "get"), (31 * 60, "post")])
def test_a_proof_of_long_ago_is_asked_for_again(client, maker, ago, method):
    prove(client, maker.memberships.get().user, ago=ago)
    response = getattr(client, method)(url(maker), KZ_ACCOUNT)
    assert response.url.startswith(reverse("mfa_reauthenticate"))
    assert not PayoutDetails.objects.exists()
    assert KZ_ACCOUNT["iban"] not in str(dict(client.session))


def test_somebody_who_only_has_one_is_asked(client, maker):
    give_second_factor(maker.memberships.get().user)
    assert client.get(url(maker)).url.startswith(reverse("mfa_reauthenticate"))


def test_details_are_saved_held_and_shown_by_their_last_four(client, proved):
    assert client.post(url(proved), KZ_ACCOUNT).url == reverse("studio:money")
    details = PayoutDetails.objects.get()
    html = client.get(reverse("studio:money")).content.decode()
    assert details.last4 == "0100" and details.is_held
    assert "… 0100" in html and "nothing is paid there before" in html
    assert KZ_ACCOUNT["iban"] not in html and KZ_ACCOUNT["tax_id"] not in html


def test_the_form_never_shows_what_is_saved(client, proved):
    save_bank(proved)
    html = client.get(url(proved)).content.decode()
    assert "5004100100" not in html and KZ_ACCOUNT["holder"] not in html


def test_a_wrong_iban_is_named_and_what_was_typed_stays(client, proved):
    response = client.post(url(proved), {**KZ_ACCOUNT, "iban": "KZ87125KZT5004100100"})
    assert response.status_code == 422
    assert "This IBAN is not right" in response.content.decode() and "Aigerim Demo" in response.content.decode()
    assert not PayoutDetails.objects.exists()


def test_local_forms_ask_for_what_their_banks_ask(client):
    user = make_user()
    uzbek = make_artisan(user=user)
    client.force_login(user)
    prove(client, user)
    assert "STIR or JShShIR" in client.get(url(uzbek)).content.decode()
    assert client.post(url(uzbek), UZ_ACCOUNT).status_code == 302


def test_a_way_that_does_not_serve_the_maker_is_not_found(client, proved):
    assert client.get(url(proved, "stripe_connect")).status_code == 404
    assert client.get(url(proved, "pigeon")).status_code == 404


def test_cash_names_an_office_and_keeps_the_passport_sealed(client, proved):
    office = CashOffice.objects.create(
        country="KZ", currency="KZT", name="Office", place="Almaty", agent=make_user("agent@example.org")
    )
    client.post(url(proved, "cash"), {"holder": "Aigerim", "document": "N 1234 5678", "office": office.pk})
    details = PayoutDetails.objects.get()
    assert details.last4 == "5678" and "N12345678" not in details.sealed


def test_everybody_of_the_studio_is_told_without_the_number(client, proved, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url(proved), KZ_ACCOUNT)
    assert [message.to for message in mail.outbox] == [["maker@example.org"]]
    kept = mail.outbox[0].body + str(list(Message.objects.values_list("payload", flat=True)))
    assert KZ_ACCOUNT["iban"] not in kept and "0100" in kept


def test_an_audit_line_says_who(client, proved):
    client.post(url(proved), KZ_ACCOUNT)
    line = AuditLine.objects.get()
    assert (line.action, line.person.email) == ("payout details changed", "maker@example.org")
    assert KZ_ACCOUNT["iban"] not in str(line.detail)


def test_details_are_removed_at_once(client, proved):
    details = save_bank(proved)
    client.post(reverse("studio:payout-details-remove", args=[details.pk]))
    assert payees.details_in_force(details.payee, "KZT") == {}


def test_everybody_is_told_of_details_that_were_removed(client, proved, django_capture_on_commit_callbacks):
    details = save_bank(proved)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("studio:payout-details-remove", args=[details.pk]))
    assert [message.to for message in mail.outbox] == [["maker@example.org"]]
    assert "that end in 0100 were removed" in mail.outbox[0].body


@pytest.fixture
def at_stripe(client, monkeypatch, settings):
    """A German maker of two people, and what Stripe was asked for."""
    settings.STRIPE_SECRET_KEY = "sk_test_x"
    owner, other = make_user("owner@example.org"), make_user("other@example.org")
    artisan = make_artisan(country="DE", currency="EUR", user=owner)
    artisan.memberships.create(user=other)
    RailRule.objects.create(country="DE", currency="EUR", rail="stripe_connect", reason="test")
    asked = []
    monkeypatch.setattr(stripe, "create_account", lambda **said: asked.append(said) or "acct_1234")
    monkeypatch.setattr(stripe, "create_account_link", lambda *_args, **_said: "https://connect.stripe.com/x")
    client.force_login(other)
    prove(client, other)
    return artisan, asked


def test_the_account_at_stripe_has_the_makers_address_whoever_opens_it(client, at_stripe):
    artisan, asked = at_stripe
    client.post(url(artisan, "stripe_connect"))
    assert [said["email"] for said in asked] == ["owner@example.org"]


def test_each_visit_to_stripes_page_holds_payouts_again(client, at_stripe, django_capture_on_commit_callbacks):
    artisan, asked = at_stripe
    client.post(url(artisan, "stripe_connect"))
    PayoutDetails.objects.update(hold_until=timezone.now() - timedelta(days=30))
    with django_capture_on_commit_callbacks(execute=True):
        for _visit in range(2):
            client.post(url(artisan, "stripe_connect"))
    assert len(asked) == 1 and PayoutDetails.objects.get().is_held
    assert len(mail.outbox) == 2, "one to each of its people"


def test_a_maker_is_paid_through_a_cooperative_once_it_says_yes_and_the_hold_is_over(client, proved):
    chief = make_user("chief@example.org")
    union = make_artisan("union", country="KZ", currency="KZT", user=chief)
    payee = payees.payee_for(union.partner)
    payee.is_cooperative = True
    payee.save()
    client.post(reverse("studio:cooperative", args=[proved.partner_id]), {"cooperative": payee.pk})
    member = PayeeMember.objects.get()
    assert payees.effective_payee(proved.partner) != payee
    client.force_login(chief)
    prove(client, chief)
    client.post(reverse("studio:member-accept", args=[member.pk]))
    assert payees.effective_payee(proved.partner) != payee
    assert payees.effective_payee(proved.partner, member.hold_until) == payee


def test_leaving_a_cooperative_is_at_once(client, proved):
    union = make_artisan("union", country="KZ", currency="KZT")
    member = payees.ask_to_join(proved.partner, payees.payee_for(union.partner), None)
    payees.accept_member(member, None)
    client.post(reverse("studio:cooperative", args=[proved.partner_id]), {"leave": "1"})
    assert payees.effective_payee(proved.partner, member.hold_until).partner == proved.partner


def test_the_schedule_is_the_makers(client, maker):
    client.post(reverse("studio:payout-schedule", args=[maker.partner_id]), {"schedule": "monthly"})
    assert payees.payee_for(maker.partner).schedule == "monthly"
