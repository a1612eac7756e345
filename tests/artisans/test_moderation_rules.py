"""Administrators set the rules of money; each change leaves an audit line, and a rule for everyone always stays."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from oscar.core.loading import get_model

from shop.accounts.models import AuditLine
from shop.settlement.commission import current_rules
from shop.settlement.models import CommissionRule, ReleaseRule, VatRate
from shop.settlement.vouchers import problem_of
from tests.factories import make_artisan, make_user

Voucher = get_model("voucher", "Voucher")
pytestmark = pytest.mark.django_db
COMMISSION = {
    "country": "UZ", "craft": "suzani", "since": "2026-01-01", "percent": "7.5", "fixed": "0", "minimum": "1",
    "currency": "USD", "fee_bearer": "platform", "fee_percent": "0", "commission_back": "on",
}  # fmt: skip


@pytest.fixture
def admin(client):
    user = make_user()
    user.is_superuser = True
    user.save()
    client.force_login(user)
    return user


def test_the_page_shows_every_kind_of_rule(client, admin):
    text = client.get(reverse("moderation:rules")).content.decode()
    for words in ("everyone", "10 %", "Kazakhstan", "16 %", "new makers", "45"):
        assert words in text, words


def test_a_new_rule_counts_at_once_and_is_in_the_audit(client, admin, django_capture_on_commit_callbacks):
    assert current_rules().rule_for("UZ", "suzani", 1, datetime.date(2026, 11, 1)).percent == 10
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("moderation:commission-add"), COMMISSION)
    assert current_rules().rule_for("UZ", "suzani", 1, datetime.date(2026, 11, 1)).percent == Decimal("7.5")
    line = AuditLine.objects.get()
    assert (line.person, line.action, line.detail["percent now"]) == (admin, "commission rule made", "7.5")


def test_changing_a_rule_says_what_it_was(client, admin):
    rule = CommissionRule.objects.create(since="2026-01-01", percent=5, country="KZ")
    client.post(reverse("moderation:commission-change", args=[rule.pk]), {**COMMISSION, "country": "KZ"})
    assert AuditLine.objects.get().detail["percent"] == "5.00"


def test_the_last_rule_for_everyone_cannot_be_ended(client, admin):
    rule = CommissionRule.objects.get()
    page = client.post(
        reverse("moderation:commission-change", args=[rule.pk]),
        {**COMMISSION, "country": "", "craft": "", "until": "2027-01-01"},
    )
    assert page.status_code == 422 and "some sales would have no rule" in page.content.decode()
    assert CommissionRule.objects.get().until is None and not AuditLine.objects.exists()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"percent": "101"}, "less than or equal to 100"),
        ({"minimum": "-1"}, "greater than or equal to 0"),
        ({"until": "2025-01-01"}, "before the day it begins"),
        ({"craft": "nothing"}, "not one of the available choices"),
    ],
)
def test_what_makes_no_sense_is_refused_and_kept_in_the_form(client, admin, change, told):
    page = client.post(reverse("moderation:commission-add"), {**COMMISSION, "note": "keep me", **change})
    text = page.content.decode()
    assert page.status_code == 422 and told in text and "keep me" in text


def test_vat_and_release_can_be_set(client, admin):
    client.post(
        reverse("moderation:vat-add"), {"country": "UZ", "since": "2027-01-01", "percent": "13", "source": "law"}
    )
    client.post(reverse("moderation:release-add"), {"country": "TM", "after_delivery": "2", "after_shipping": "60"})
    assert VatRate.objects.get(country="UZ", since="2027-01-01").percent == 13
    assert ReleaseRule.objects.get(country="TM").after_shipping == 60
    assert AuditLine.objects.count() == 2


def test_a_voucher_is_made_with_its_bearer(client, admin):
    maker = make_artisan("one").partner
    typed = {"code": "nowruz", "percent": "10", "partner": maker.pk, "starts": "2026-03-01", "ends": "2026-03-31"}
    client.post(reverse("moderation:voucher-add"), {**typed, "uses": "3"})
    made = Voucher.objects.get()
    assert (made.code, made.terms.partner, made.offers.get().max_global_applications) == ("NOWRUZ", maker, 3)
    again = client.post(reverse("moderation:voucher-add"), typed)
    assert "with this code already" in again.content.decode()
    assert "0 of 3" in client.get(reverse("moderation:rules")).content.decode()


@pytest.mark.parametrize("starts", ["2026-03-01", "2099-03-01"])
def test_a_voucher_is_ended_before_its_time_once(client, admin, starts):
    typed = {"code": "nowruz", "percent": "10", "starts": starts, "ends": "2099-03-31"}
    client.post(reverse("moderation:voucher-add"), typed)
    voucher = Voucher.objects.get()
    for _again in range(2):
        page = client.post(reverse("moderation:voucher-end", args=[voucher.pk]), follow=True)
    assert "NOWRUZ has ended" in page.text and "End it now" not in page.text
    assert problem_of(Voucher.objects.get(), None) == "This voucher is not valid today."
    assert AuditLine.objects.filter(action="voucher ended").count() == 1


@pytest.mark.parametrize("name", ["rules", "voucher-add", "commission-add", "vat-add", "release-add"])
def test_nobody_else_sees_the_rules(client, name):
    client.force_login(make_user())
    assert client.get(reverse(f"moderation:{name}")).status_code == 404
