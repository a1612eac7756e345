"""Signing up, in and out: it works, it tells nobody who has an account, and it is slowed for who guesses."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import mail
from django.urls import reverse
from django.utils import translation

from marketplace.settings import base
from tests.factories import PASSWORD, make_artisan, make_listing, make_user

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "felt and apricots 7"


@pytest.fixture(autouse=True)
def _deliver_at_once(monkeypatch):
    """Tests run in a transaction that never commits: mails go when the outbox is written. Each starts in English."""
    from shop.outbox import services

    translation.activate("en")
    monkeypatch.setattr(services.transaction, "on_commit", lambda call, **options: call())


def link_in(message) -> str:
    """The path of the link in a mail that leads to this site."""
    return re.search(re.escape(settings.SITE_URL) + r"(/\S+/\S+)", message.body)[1]


def sign_in(client, email: str, password: str = PASSWORD, **extra):
    return client.post(reverse("account_login"), {"login": email, "password": password, **extra})


def text_of(response, email: str) -> str:
    """The page without what differs anyway: the address typed, tokens, nonces, the time."""
    html = response.content.decode().replace(email, "")
    return re.sub(r'(name="csrfmiddlewaretoken" value|nonce)="[^"]*"', "", html)


# -- It works -------------------------------------------------------------------------------------------------------


def test_signing_up_confirming_and_signing_in(client):
    client.post("/kk/account/signup/", {"email": "aigerim@example.org", "password1": NEW_PASSWORD})
    assert not EmailAddress.objects.get(email="aigerim@example.org").verified
    page = client.get(link_in(mail.outbox[0]))
    client.post(page.request["PATH_INFO"])
    assert EmailAddress.objects.get(email="aigerim@example.org").verified
    assert sign_in(client, "aigerim@example.org", NEW_PASSWORD).url == reverse("customer:order-list")


def test_somebody_who_signs_up_is_written_to_in_the_language_of_the_page(client):
    client.post("/kk/account/signup/", {"email": "aigerim@example.org", "password1": NEW_PASSWORD})
    assert get_user_model().objects.get().language == "kk"
    assert link_in(mail.outbox[0]).startswith("/kk/account/confirm-email/")


def test_without_confirming_there_is_no_signing_in_but_a_new_link(client):
    make_user("new@example.org", verified=False)
    assert sign_in(client, "new@example.org").url == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in client.session
    assert "confirm-email" in link_in(mail.outbox[0])


def test_a_link_to_confirm_works_once_and_then_says_so(client):
    make_user("new@example.org", verified=False)
    sign_in(client, "new@example.org")
    path = link_in(mail.outbox[0])
    client.post(path)
    assert "This link does not work any more" in client.get(path).content.decode()


def test_a_new_password_opens_the_account_and_the_old_one_does_not(client):
    make_user("nodira@example.org")
    client.post(reverse("account_reset_password"), {"email": "nodira@example.org"})
    page = client.get(link_in(mail.outbox[0]), follow=True)
    form = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    done = client.post(page.request["PATH_INFO"], form, follow=True)
    assert "Your new password is set" in done.content.decode()
    assert sign_in(client, "nodira@example.org").status_code == 200
    assert sign_in(client, "nodira@example.org", NEW_PASSWORD).status_code == 302


def test_a_link_to_a_new_password_works_once(client):
    make_user("nodira@example.org")
    client.post(reverse("account_reset_password"), {"email": "nodira@example.org"})
    path = link_in(mail.outbox[0])
    page = client.get(path, follow=True)
    client.post(page.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    client.logout()
    assert "This link does not work any more" in client.get(path).content.decode()


def test_signed_in_people_change_password_and_addresses(client):
    user = make_user("nodira@example.org")
    client.force_login(user)
    form = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert client.post(reverse("account_change_password"), form).status_code == 302
    client.post(reverse("account_email"), {"action_add": "1", "email": "second@example.org"})
    assert "second@example.org" in client.get(reverse("account_email")).content.decode()
    [confirmation] = [message for message in mail.outbox if message.to == ["second@example.org"]]
    client.post(link_in(confirmation))
    client.post(reverse("account_email"), {"action_primary": "1", "email": "second@example.org"})
    user.refresh_from_db()
    assert user.email == "second@example.org"


def test_makers_land_in_their_studio(client):
    user = make_user("maker@example.org")
    make_artisan(user=user)
    assert sign_in(client, "maker@example.org").url == reverse("studio:index")


def test_signing_out_leads_home_in_the_same_language(client):
    client.force_login(make_user())
    assert client.post("/ru/account/logout/").url == "/ru/"


def test_what_a_guest_put_into_the_basket_is_there_after_signing_in(client, rates):
    make_user("shopper@example.org")
    product = make_listing()
    client.post(reverse("basket:add", args=[product.pk]), {"quantity": 2})
    sign_in(client, "shopper@example.org")
    client.get(reverse("customer:order-list"))
    line = get_user_model().objects.get().baskets.get(status="Open").lines.get()
    assert (line.product, line.quantity) == (product, 2)


# -- It is safe -----------------------------------------------------------------------------------------------------


def test_signing_up_does_not_tell_who_has_an_account(client):
    make_user("known@example.org")
    pages = []
    for email in ("known@example.org", "other@example.org"):
        client.cookies.clear()
        form = {"email": email, "password1": NEW_PASSWORD}
        pages.append(text_of(client.post(reverse("account_signup"), form, follow=True), email))
    assert pages[0] == pages[1]
    assert mail.outbox[0].subject == "You have an account already"


def test_signing_in_does_not_tell_who_has_an_account(client):
    make_user("known@example.org")
    pages = [
        text_of(sign_in(client, f"{name}@example.org", "wrong"), f"{name}@example.org") for name in ("known", "other")
    ]
    assert pages[0] == pages[1]


def test_asking_for_a_new_password_does_not_tell_who_has_an_account(client):
    make_user("known@example.org")
    pages = []
    for email in ("known@example.org", "other@example.org"):
        client.cookies.clear()
        pages.append(text_of(client.post(reverse("account_reset_password"), {"email": email}, follow=True), email))
    assert pages[0] == pages[1]


def test_links_in_mails_lead_to_our_own_address_whatever_host_is_claimed(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    make_user("known@example.org")
    for page, form in (
        ("account_reset_password", {"email": "known@example.org"}),
        ("account_reset_password", {"email": "unknown@example.org"}),
        ("account_signup", {"email": "known@example.org", "password1": NEW_PASSWORD}),
        ("account_signup", {"email": "fresh@example.org", "password1": NEW_PASSWORD}),
    ):
        client.post(reverse(page), form, headers={"host": "evil.example"})
    assert len(mail.outbox) == 4
    assert not [message for message in mail.outbox if "evil" in message.body or settings.SITE_URL not in message.body]


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_next_never_leads_to_another_site(client, target):
    make_user("known@example.org")
    assert sign_in(client, "known@example.org", next=target).url == reverse("customer:order-list")


def test_next_leads_back_to_the_page_one_came_from(client):
    make_user("known@example.org")
    page = client.get(reverse("account_login") + "?next=/en/checkout/")
    assert 'name="next" value="/en/checkout/"' in page.content.decode()
    assert sign_in(client, "known@example.org", next="/en/checkout/").url == "/en/checkout/"


@pytest.mark.parametrize("right_at_last", [True, False])
def test_twenty_attempts_a_minute_are_slowed_even_when_the_last_is_right(client, settings, right_at_last):
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS
    make_user("known@example.org")
    for _attempt in range(5):
        sign_in(client, "known@example.org", "wrong")
    sixth = sign_in(client, "known@example.org", PASSWORD)
    assert "Too many attempts" in sixth.content.decode()
    assert 'value="known@example.org"' in sixth.content.decode()
    last = [sign_in(client, "known@example.org", "wrong") for _attempt in range(13)][-1]
    last = sign_in(client, "known@example.org", PASSWORD if right_at_last else "wrong") or last
    assert last.status_code == 429 and "Please wait a minute" in last.content.decode()


def test_guessing_is_slowed_the_same_for_addresses_without_an_account(client, settings):
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS
    for _attempt in range(5):
        sign_in(client, "nobody@example.org", "wrong")
    assert "Too many attempts" in sign_in(client, "nobody@example.org", "wrong").content.decode()


# -- It says what is wrong, and keeps what was typed -------------------------------------------------------------------


def test_a_wrong_password_is_said_and_the_address_stays(client):
    html = sign_in(client, "nodira@example.org", "wrong").content.decode()
    assert "do not belong together" in html and 'value="nodira@example.org"' in html


@pytest.mark.parametrize("password", ["short", "1234567890123", "password123"])
def test_a_weak_password_is_refused_and_the_address_stays(client, password):
    form = {"email": "aigerim@example.org", "password1": password}
    html = client.post(reverse("account_signup"), form).content.decode()
    assert 'id="id_password1_error"' in html and 'value="aigerim@example.org"' in html


PAGES = [
    "account_login", "account_signup", "account_reset_password", "account_reset_password_done", "account_inactive",
    "account_email_verification_sent", "account_reset_password_from_key_done",
]  # fmt: skip
OWN_PAGES = ["account_logout", "account_email", "account_change_password", "account_reauthenticate"]


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_page_of_accounts_opens_in_every_language(client, language):
    for name in PAGES:
        assert client.get(reverse(name).replace("/en/", f"/{language}/", 1)).status_code == 200, name
    client.force_login(make_user())
    for name in OWN_PAGES:
        assert client.get(reverse(name).replace("/en/", f"/{language}/", 1)).status_code == 200, name


def test_changes_are_told_by_mail_when_the_site_wants_it(client, settings):
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    client.force_login(make_user("nodira@example.org"))
    form = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    client.post(reverse("account_change_password"), form)
    assert mail.outbox[0].subject == "Your password was changed"
    assert settings.SITE_URL + reverse("account_reset_password") in mail.outbox[0].body
