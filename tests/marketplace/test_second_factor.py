"""Staff prove who they are twice; so does a maker before saying where money goes (tests/artisans)."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse

from marketplace.groups import EDITORS, MODERATORS
from marketplace.roles import ensure_roles
from tests.factories import PASSWORD, make_user
from tests.second_factor import code_of, give_second_factor, prove, recovery_code

pytestmark = pytest.mark.django_db
DESK = ["/admin/", "/dashboard/", "/en/moderation/makers/"]


@pytest.fixture(autouse=True)
def _for_staff(settings):
    settings.STAFF_SECOND_FACTOR = True


def sign_in(client, user, path: str = "/en/account/login/"):
    return client.post(path, {"login": user.email, "password": PASSWORD})


@pytest.fixture(params=["administrator", EDITORS, MODERATORS])
def staff(request):
    if request.param == "administrator":
        return get_user_model().objects.create_superuser("admin@example.org", PASSWORD)
    ensure_roles()
    user = make_user()
    user.groups.add(Group.objects.get(name=request.param))
    return user


@pytest.mark.parametrize("path", DESK)
def test_staff_without_a_second_factor_are_led_to_set_it_up(client, staff, path):
    client.force_login(staff)
    response = client.get(path)
    assert response.status_code == 302 and response.url == reverse("mfa_activate_totp")


@pytest.mark.parametrize("path", DESK)
def test_a_session_that_did_not_prove_it_is_asked(client, staff, path):
    give_second_factor(staff)
    client.force_login(staff)
    assert client.get(path).url == f"{reverse('mfa_reauthenticate')}?next={path.replace('/', '%2F')}"


def test_with_it_the_desk_opens(client):
    admin = get_user_model().objects.create_superuser("admin@example.org", PASSWORD)
    client.force_login(admin)
    prove(client, admin, ago=3600)
    assert [client.get(path).status_code for path in DESK] == [200, 200, 200]


def test_a_shopper_is_not_asked_and_learns_nothing(client):
    client.force_login(make_user())
    assert client.get("/en/moderation/makers/").status_code == 404


def test_signing_in_asks_for_the_code_and_takes_it_once(client):
    user = make_user()
    secret = give_second_factor(user)
    assert sign_in(client, user).url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    page = client.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    assert "This code is not right" in page
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_recovery_code_opens_once(client):
    user = make_user()
    give_second_factor(user)
    code = recovery_code(user)
    sign_in(client, user)
    assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    client.logout()
    sign_in(client, user)
    assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200


def test_it_is_set_up_with_a_picture_or_a_key_and_gives_recovery_codes(client, mailoutbox):
    user = make_user()
    sign_in(client, user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r"<code[^>]*>([A-Z2-7]+)</code>", page)[1]
    assert 'src="data:image/svg+xml' in page
    shown = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True).content.decode()
    assert recovery_code(user) in shown
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


@pytest.mark.parametrize(
    "name", ["mfa_index", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_deactivate_totp"]
)
def test_its_pages_open(client, name):
    user = make_user()
    give_second_factor(user)
    client.force_login(user)
    prove(client, user)
    assert client.get(reverse(name)).status_code == 200
