"""Who looks at pages: people of the demo, each with a session as after signing in."""

import time

from allauth.account.internal.flows import login
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore

from artisans.models import Artisan, Membership
from marketplace.groups import TREASURERS
from tests import factories

DEMO = {"shopper": "shopper", "maker": "artisan.uz", "moderator": "moderator"}
# A maker with a second factor: whoever looks after a payout's details has one.
PAYEE = "payee@karvan.example"
# People of the tests, with the second factor that their pages ask for.
MADE = {"payee": PAYEE, "treasurer": "treasurer@karvan.example", "administrator": "administrator@karvan.example"}
ROLES = (*DEMO, *MADE)


def person(role: str):
    """The person of the demo, or of these tests, who is then made when missing."""
    email = MADE.get(role) or f"{DEMO[role]}@karvan.example"
    return get_user_model().objects.filter(email=email).first() or make_person(role, email)


def make_person(role: str, email: str):
    user = factories.make_user(email)
    if role == "administrator":
        user.is_superuser = user.is_staff = True
        user.save()
    if role == "payee":
        maker = Artisan.objects.filter(country="KZ", status="approved").first()
        Membership.objects.create(user=user, artisan=maker)
    if role == "treasurer":
        user.groups.add(Group.objects.get(name=TREASURERS))
    return user


def give_second_factor(user) -> None:
    """Anew each time: a shop that was kept may have sealed the last one with another key."""
    Authenticator.objects.filter(user=user).delete()
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)


def session_of(role: str) -> str:
    """The key of a session of this person, who gave password and second factor just now and for an hour to come."""
    user = person(role)
    if role in MADE:
        give_second_factor(user)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    later = time.time() + 3600
    records = [{"method": "password", "at": later, "email": user.email, "reauthenticated": True}]
    if is_mfa_enabled(user):
        records.append({"method": "mfa", "at": later, "type": "totp", "reauthenticated": True})
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = records
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.create()
    return session.session_key
