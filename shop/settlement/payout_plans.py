"""What would be paid to a maker now, on which way; or what stands against it, in words for their page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from shop.settlement import vault
from shop.settlement.ledger import Balance
from shop.settlement.models import GatewayRecord, Payee, Payout, PayoutDetails
from shop.settlement.payees import details_in_force, effective_payee, payee_for
from shop.settlement.rails import STRIPE_CONNECT
from shop.settlement.rails.rules import Rule, current_rules, least, rules_for
from shop.settlement.reasons import REASONS
from shop.settlement.releasing import SUSPENDED

Partner = get_model("partner", "Partner")
NOTHING, NEGATIVE, STOPPED, NO_DETAILS, CLOSED, HELD, BOUNCED, TOO_LITTLE = (
    "nothing", "negative", "stopped", "no details", "closed", "held", "bounced", "too little",
)  # fmt: skip
WORDS = {
    NOTHING: _("There is nothing to pay out."),
    NEGATIVE: _("Refunds took more than there was; the next sales make up for it first."),
    STOPPED: _("Payouts are stopped for now: %(reason)s"),
    NO_DETAILS: _("We do not know where to: please set up a way below."),
    CLOSED: _("Stripe does not pay your account out for now. Please look at what it asks of you, under Change below."),
    HELD: _("The new payout details wait until %(until)s, for your safety."),
    BOUNCED: _("The last payout came back. Please change the details, or set up another way."),
    TOO_LITTLE: _("The least that can be sent this way is %(least)s; it waits until there is as much."),
}


@dataclass(frozen=True)
class Plan:
    """`amount` of `currency`, which may be less than what there is where the way has a limit."""

    payee: Payee
    details: PayoutDetails
    rail: str
    amount: Decimal
    currency: str


@dataclass(frozen=True)
class Obstacle:
    """Why nothing is paid now: a code of WORDS, with what its words need."""

    code: str
    until: datetime | None = None
    least: Decimal | None = None
    reason: str = ""


def plan(partner: Any, currency: str, balance: Balance, rules: Iterable[Rule] | None = None) -> Plan | Obstacle:
    """What to pay this maker out of what is available, by the most preferred way that serves."""
    if balance.negative:
        return Obstacle(NEGATIVE)
    if not balance.available:
        return Obstacle(NOTHING)
    payee = effective_payee(partner)
    if reason := stop_reason(partner, payee):
        return Obstacle(STOPPED, reason=reason)
    known = details_in_force(payee, currency)
    if not known:
        return Obstacle(NO_DETAILS)
    known = {rail: details for rail, details in known.items() if not is_closed(details)}
    if not known:
        return Obstacle(CLOSED)
    sound = {rail: details for rail, details in known.items() if not came_back(details)}
    ready = {rail: details for rail, details in sound.items() if not details.is_held}
    if not ready:
        return Obstacle(HELD, min(d.hold_until for d in sound.values())) if sound else Obstacle(BOUNCED)
    rules = list(current_rules() if rules is None else rules)
    for rule in rules_for(rules, payee.country, currency):
        if rule.rail in ready and rule.minimum <= balance.available:
            amount = balance.available if rule.maximum is None else min(balance.available, rule.maximum)
            return Plan(payee, ready[rule.rail], rule.rail, amount, currency)
    smallest = least(rules, payee.country, currency, ready)
    return Obstacle(TOO_LITTLE, least=smallest) if smallest is not None else Obstacle(NO_DETAILS)


def stop_reason(partner: Any, payee: Payee) -> str:
    """Why nothing is paid to this maker for now, in words for their page: the shop is suspended, or an administrator
    stopped its payouts or those of whoever is paid for it. "" when nothing of this is so."""
    if getattr(partner.artisan, "status", "") == SUSPENDED:
        return str(_("this shop is suspended"))
    return payee.hold_reason or payee_for(partner).hold_reason


def is_stopped(payout: Payout) -> bool:
    """Whether this payout must not leave any more, whatever was true when it was scheduled: payouts were stopped, its
    account was changed, taken away or may be another since, or somebody else is paid for this maker now. Asks the
    database anew."""
    partner, payee = Partner.objects.select_related("artisan").get(pk=payout.partner_id), payout.payee
    payee.refresh_from_db()
    in_force = PayoutDetails.objects.filter(
        pk=payout.details_id, replaced_at=None, hold_until__lte=timezone.now()
    ).exists()
    closed = is_closed(payout.details)
    return closed or not in_force or effective_payee(partner) != payee or bool(stop_reason(partner, payee))


def is_closed(details: PayoutDetails) -> bool:
    """Whether Stripe's last word (`account.updated`) is that it pays nothing out of this account of a maker's: what is
    sent there would stay there."""
    if details.rail != STRIPE_CONNECT:
        return False
    account = vault.unseal(details.sealed)["number"]
    record = GatewayRecord.objects.filter(gateway="stripe", about="account", reference=account).first()
    return record is not None and record.facts.get("payouts_enabled") is False


def came_back(details: PayoutDetails) -> bool:
    """Whether the last payout there bounced for a reason that only the maker can mend."""
    last = Payout.objects.filter(details=details, status__in=[Payout.PAID, Payout.BOUNCED]).order_by("-pk").first()
    if last is None or last.status != Payout.BOUNCED:
        return False
    reason = REASONS.get(last.reason_code)
    return reason is None or reason.who == "maker"


def period_start(schedule: str, now: datetime) -> datetime | None:
    """Since when a payout of this schedule is due: today, Monday, the first; None on a day off or only on request.
    `now` is aware; days are those of the site's time zone."""
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    if schedule == Payee.DAILY:
        return today if today.weekday() < 5 else None
    if schedule == Payee.WEEKLY:
        return today - timedelta(days=today.weekday())
    return today.replace(day=1) if schedule == Payee.MONTHLY else None


def next_day(schedule: str, now: datetime) -> datetime | None:
    """The next day on which this schedule pays, after today; None for one on request."""
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    if schedule == Payee.DAILY:
        days = {4: 3, 5: 2}.get(today.weekday(), 1)
        return today + timedelta(days=days)
    if schedule == Payee.WEEKLY:
        return today + timedelta(days=7 - today.weekday())
    return (today.replace(day=1) + timedelta(days=32)).replace(day=1) if schedule == Payee.MONTHLY else None
