"""Bank details cannot be read without the keys, and the keys can be changed."""

import json

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection

from shop.settlement import payees, vault
from shop.settlement.models import PayoutDetails
from tests.factories import make_artisan, make_user
from tests.second_factor import code_of, give_second_factor
from tests.shop.settlement.accounts import KZ_ACCOUNT, kz_iban, save_bank

OLD, NEW = vault.new_key(), vault.new_key()


def test_what_is_sealed_comes_back_and_is_not_readable(settings):
    token = vault.seal({"number": "KZ86125KZT5004100100", "holder": "Aigerim"})
    assert "KZ86" not in token and "Aigerim" not in token
    assert vault.unseal(token) == {"number": "KZ86125KZT5004100100", "holder": "Aigerim"}


def test_another_key_opens_nothing(settings):
    settings.PAYOUT_KEYS = [OLD]
    token = vault.seal("x")
    settings.PAYOUT_KEYS = [NEW]
    with pytest.raises(vault.Unreadable):
        vault.unseal(token)


@pytest.mark.parametrize(("keys", "reason"), [([], "PAYOUT_KEYS is not set"), (["short"], "not 32 bytes")])
def test_without_a_sound_key_nothing_is_sealed(settings, keys, reason):
    settings.PAYOUT_KEYS, settings.DEBUG = keys, False
    with pytest.raises(ImproperlyConfigured, match=reason):
        vault.require_keys()


@pytest.fixture
def details(db):
    return save_bank(make_artisan(country="KZ", currency="KZT", user=make_user()))


def test_the_database_holds_no_account_number(details):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM settlement_payoutdetails")
        assert KZ_ACCOUNT["iban"] not in repr(cursor.fetchall())


def test_rotation_seals_everything_anew_and_the_old_key_can_go(settings, details):
    user = make_user()
    secret = give_second_factor(user)
    settings.PAYOUT_KEYS = [NEW, *settings.PAYOUT_KEYS]
    call_command("payout_keys", "rotate")
    settings.PAYOUT_KEYS = [NEW]
    assert vault.unseal(PayoutDetails.objects.get().sealed)["number"] == KZ_ACCOUNT["iban"]
    assert user.authenticator_set.get(type="totp").wrap().validate_code(code_of(secret))


def test_rotation_without_the_old_key_changes_nothing(settings, details):
    settings.PAYOUT_KEYS = [NEW]
    with pytest.raises(CommandError, match="nothing was changed"):
        call_command("payout_keys", "rotate")
    assert PayoutDetails.objects.get().sealed == details.sealed


def test_a_changed_account_is_told_held_and_noted(details, mailoutbox, django_capture_on_commit_callbacks):
    artisan = details.payee.partner.artisan
    with django_capture_on_commit_callbacks(execute=True):
        newer = save_bank(artisan, iban=kz_iban(1))
    details.refresh_from_db()
    assert newer.is_held and details.replaced_at
    assert [mail for mail in mailoutbox if "0001" in mail.body and "48" in mail.body]
    assert KZ_ACCOUNT["iban"] not in json.dumps([mail.body for mail in mailoutbox])
    assert payees.details_in_force(newer.payee, "KZT") == {"bank_file": newer}
