"""Who is paid, where to, and how that changes: only with a second factor (asked for by the views), after a hold, with a
mail to everybody who might have to object."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from oscar.core.loading import get_model

from shop.accounts.audit import note
from shop.settlement import payout_mails, vault
from shop.settlement.models import Payee, PayeeMember, Payout, PayoutDetails

Partner = get_model("partner", "Partner")


def payee_for(partner: Any) -> Payee:
    """The payee that a maker's own people look after; made when it is first needed."""
    return Payee.objects.get_or_create(partner=partner, defaults={"country": partner.artisan.country})[0]


def effective_payee(partner: Any, now: datetime | None = None) -> Payee:
    """Who is paid for this maker's work today: the cooperative once it accepted and the hold ended, else themselves."""
    now = now or timezone.now()
    member = PayeeMember.objects.select_related("payee").filter(partner=partner).first()
    if member and member.accepted_at and member.hold_until <= now:
        return member.payee
    return payee_for(partner)


def details_in_force(payee: Payee, currency: str) -> dict[str, PayoutDetails]:
    """The payee's details by rail, for money in `currency`; those under a hold too (`.is_held`)."""
    found = PayoutDetails.objects.filter(payee=payee, currency=currency, replaced_at=None)
    return {details.rail: details for details in found}


@transaction.atomic
def save_details(
    payee: Payee,
    rail: str,
    currency: str,
    secret: dict[str, Any],
    *,
    country: str,
    number: str,
    label: str,
    person: Any,
) -> PayoutDetails:
    """Puts new details in force in `PAYOUT_HOLD_HOURS`, tells everybody by mail, writes an audit line.

    `secret` is sealed whole; of `number` the last four characters stay readable. Payouts that were scheduled to the old
    account are called off (they are scheduled again after the hold); those in a batch already are when it is sent.
    """
    Payee.objects.select_for_update().get(pk=payee.pk)
    now = timezone.now()
    old = PayoutDetails.objects.filter(payee=payee, rail=rail, currency=currency, replaced_at=None)
    Payout.objects.filter(details__in=old, status=Payout.SCHEDULED).update(status=Payout.CANCELLED, settled_at=now)
    old.update(replaced_at=now)
    details = PayoutDetails.objects.create(
        payee=payee,
        rail=rail,
        country=country,
        currency=currency,
        label=label,
        last4=number[-4:],
        sealed=vault.seal(secret),
        hold_until=now + timedelta(hours=settings.PAYOUT_HOLD_HOURS),
        created_by=person,
    )
    note(person, "payout details changed", payee, rail=rail, currency=currency, last4=details.last4)
    payout_mails.tell_of_details(details)
    return details


@transaction.atomic
def remove_details(details: PayoutDetails, person: Any) -> None:
    """Takes details out of force at once, and tells everybody by mail: only what has left still goes there."""
    now = timezone.now()
    Payout.objects.filter(details=details, status=Payout.SCHEDULED).update(status=Payout.CANCELLED, settled_at=now)
    if PayoutDetails.objects.filter(pk=details.pk, replaced_at=None).update(replaced_at=now):
        note(person, "payout details removed", details.payee, rail=details.rail, last4=details.last4)
        payout_mails.tell_of_removal(details)


@transaction.atomic
def hold_again(details: PayoutDetails, person: Any) -> None:
    """The account behind these details may be another from now on (it is kept at Stripe, who does not say): as new
    details they wait, and everybody is told. While they wait already, nothing is added."""
    hold = timezone.now() + timedelta(hours=settings.PAYOUT_HOLD_HOURS)
    if details.is_held:
        return
    details.hold_until = hold
    details.save(update_fields=["hold_until"])
    Payout.objects.filter(details=details, status=Payout.SCHEDULED).update(
        status=Payout.CANCELLED, settled_at=timezone.now()
    )
    note(person, "payout details opened at Stripe", details.payee, rail=details.rail, last4=details.last4)
    payout_mails.tell_of_details(details, again=f"{hold:%Y%m%d%H}")


# -- Cooperatives ---------------------------------------------------------------------------------------------------


@transaction.atomic
def ask_to_join(partner: Any, payee: Payee, person: Any) -> PayeeMember:
    """A maker asks to be paid through a cooperative: after its word, and never before the hold ends."""
    PayeeMember.objects.filter(partner=partner).delete()
    hold = timezone.now() + timedelta(hours=settings.PAYOUT_HOLD_HOURS)
    member = PayeeMember.objects.create(partner=partner, payee=payee, asked_by=person, hold_until=hold)
    note(person, "asked to be paid through", payee, maker=partner.pk)
    payout_mails.tell_of_joining(member)
    return member


@transaction.atomic
def accept_member(member: PayeeMember, person: Any) -> None:
    """The cooperative takes on paying this maker's share on. A second time changes nothing."""
    taken = PayeeMember.objects.filter(pk=member.pk, accepted_at=None).update(accepted_at=timezone.now())
    if taken:
        note(person, "member accepted", member.payee, maker=member.partner_id)


@transaction.atomic
def leave(partner: Any, person: Any) -> None:
    """The maker is paid directly again; what a batch holds already is called off when it is sent."""
    member = PayeeMember.objects.filter(partner=partner).select_related("payee").first()
    if member is None:
        return
    stale = Payout.objects.filter(partner=partner, payee=member.payee, status=Payout.SCHEDULED)
    stale.update(status=Payout.CANCELLED, settled_at=timezone.now())
    note(person, "left", member.payee, maker=partner.pk)
    member.delete()


def membership_of(partner: Any) -> PayeeMember | None:
    """The cooperative this maker is paid through or has asked to be, if any."""
    return PayeeMember.objects.filter(partner=partner).select_related("payee__partner").first()
