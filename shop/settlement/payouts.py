"""Paying makers: scheduled → batched → sent → paid, or bounced and back in the balance.

Every step locks what it changes, in one order (batch, payouts, maker), and looks again: pressing twice at once makes
one payout, one batch, one sending.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.crypto import get_random_string
from oscar.core.loading import get_model

from shop.accounts.audit import note
from shop.currency.rates import RateMissing, read_rates
from shop.outbox.ticking import each_minute
from shop.settlement import booking
from shop.settlement.ledger import Balance, NotEnough, balances, balances_of
from shop.settlement.models import BatchApproval, PayingAccount, Payout, PayoutBatch
from shop.settlement.payees import details_in_force, effective_payee
from shop.settlement.payout_mails import tell_of_payout
from shop.settlement.payout_plans import (
    Obstacle,
    Plan,
    came_back,
    is_closed,
    is_stopped,
    period_start,
    plan,
    stop_reason,
)
from shop.settlement.rails import BANK_FILE
from shop.settlement.rails.rules import current_rules, ways
from shop.settlement.rails.sending import hand_over

Partner = get_model("partner", "Partner")
# Letters and digits that nobody mistakes on a bank's statement.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
BATCH_SIZE = 500


class CannotPay(Exception):
    """It cannot be done as things stand; nothing was written. `.code` says why."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def new_key(prefix: str) -> str:
    return f"{prefix}{timezone.localdate():%y%m%d}-{get_random_string(10, _ALPHABET)}"


# -- Scheduling -----------------------------------------------------------------------------------------------------


@each_minute("payouts scheduled")
def schedule_due(now: datetime | None = None) -> int:
    """Schedules what is due today, once a day; asking again finds nothing left to schedule."""
    key = f"payouts-scheduled:{timezone.localdate(now)}"
    if now is None and cache.get(key):
        return 0
    done = schedule_all(now or timezone.now())
    cache.set(key, True, 24 * 3600)
    return done


def schedule_all(now: datetime) -> int:
    """A payout for every maker whose time has come and who can be paid. Returns how many."""
    owed = {
        partner: {currency: balance for currency, balance in of_partner.items() if balance.available}
        for partner, of_partner in balances_of(None).items()
    }
    rules = current_rules()
    done = 0
    for partner in Partner.objects.filter(pk__in=[pk for pk, currencies in owed.items() if currencies]).order_by("pk"):
        start = period_start(effective_payee(partner).schedule, now)
        for currency, balance in owed[partner.pk].items():
            if start is None or _was_paid_since(partner, currency, start):
                continue
            made = plan(partner, currency, balance, rules)
            done += isinstance(made, Plan) and schedule(partner, made) is not None
    return done


def _was_paid_since(partner: Any, currency: str, start: datetime) -> bool:
    """What bounced or was called off does not count: it may be tried again the same day."""
    tries = Payout.objects.filter(partner=partner, currency=currency, created__gte=start)
    return tries.exclude(status__in=[Payout.BOUNCED, Payout.CANCELLED]).exists()


def schedule(partner: Any, made: Plan, after: Payout | None = None) -> Payout | None:
    """Writes a payout down; None when one of this maker and currency is under way already."""
    try:
        with transaction.atomic():
            return Payout.objects.create(
                partner=partner,
                payee=made.payee,
                details=made.details,
                key=new_key("P"),
                amount=made.amount,
                currency=made.currency,
                rail=made.rail,
                after=after,
            )
    except IntegrityError:
        return None


def ask_now(partner: Any, currency: str) -> Payout | Obstacle:
    """The maker asks for what is available, whatever the schedule. CannotPay("under way") when one is."""
    made = plan(partner, currency, balances(partner).get(currency, Balance()))
    if isinstance(made, Obstacle):
        return made
    payout = schedule(partner, made)
    if payout is None:
        raise CannotPay("under way")
    return payout


def next_ways(payout: Payout) -> list[str]:
    """Other ways of the payee's that could carry a payout that bounced, the most preferred first."""
    payee = effective_payee(payout.partner)
    if stop_reason(payout.partner, payee):
        return []
    known = details_in_force(payee, payout.currency)
    served = ways(current_rules(), payee.country, payout.currency, payout.amount)
    usable = {
        rail for rail, details in known.items()
        if not (details.is_held or came_back(details) or is_closed(details))
    }  # fmt: skip
    return [rail for rail in served if rail in usable]


def try_next(payout: Payout, rail: str) -> Payout:
    """Schedules what bounced once more, on another way. CannotPay says why not."""
    if payout.status != Payout.BOUNCED or rail not in next_ways(payout):
        raise CannotPay("no way")
    payee = effective_payee(payout.partner)
    details = details_in_force(payee, payout.currency)[rail]
    amount = min(payout.amount, balances(payout.partner).get(payout.currency, Balance()).available)
    if rail not in ways(current_rules(), payee.country, payout.currency, amount):
        raise CannotPay("too little")
    made = schedule(payout.partner, Plan(payee, details, rail, amount, payout.currency), after=payout)
    if made is None:
        raise CannotPay("under way")
    return made


# -- Batches --------------------------------------------------------------------------------------------------------


@transaction.atomic
def gather(person: Any = None) -> tuple[list[PayoutBatch], list[Payout]]:
    """Puts everything scheduled into batches of one rail, one currency and one paying account; what was stopped, or is
    not covered any more, is called off. Returns the batches, and the payouts that no account of the platform's can
    pay."""
    waiting = Payout.objects.select_for_update(of=("self",)).filter(status=Payout.SCHEDULED)
    groups: dict[tuple[str, str, int | None], list[Payout]] = {}
    homeless = []
    for payout in waiting.select_related("details", "payee").order_by("pk"):
        if is_stopped(payout) or not _is_covered(payout):
            _call_off(payout)
            continue
        account = _paying_account(payout) if payout.rail == BANK_FILE else None
        if payout.rail == BANK_FILE and account is None:
            homeless.append(payout)
            continue
        groups.setdefault((payout.rail, payout.currency, account.pk if account else None), []).append(payout)
    batches = [
        _make_batch(key, payouts[start : start + BATCH_SIZE], person)
        for key, payouts in sorted(groups.items(), key=str)
        for start in range(0, len(payouts), BATCH_SIZE)
    ]
    return batches, homeless


def _is_covered(payout: Payout) -> bool:
    """Whether the maker has as much still; a refund may have taken it meanwhile."""
    return balances(payout.partner).get(payout.currency, Balance()).available >= payout.amount


def _call_off(payout: Payout) -> None:
    """It does not leave. What is there is scheduled anew, once nothing stands against it."""
    Payout.objects.filter(pk=payout.pk).update(status=Payout.CANCELLED, batch=None, settled_at=timezone.now())


def _paying_account(payout: Payout) -> PayingAccount | None:
    """The account in the payee's country and currency; else one in the currency anywhere."""
    found = PayingAccount.objects.filter(currency=payout.currency, is_active=True).order_by("pk")
    return found.filter(country=payout.details.country).first() or found.first()


def _make_batch(key: tuple[str, str, int | None], payouts: list[Payout], person: Any) -> PayoutBatch:
    rail, currency, account_id = key
    total = sum((payout.amount for payout in payouts), Decimal("0.00"))
    batch = PayoutBatch.objects.create(
        reference=new_key("B"),
        rail=rail,
        currency=currency,
        paying_account_id=account_id,
        total=total,
        approvals_needed=approvals_for(total, currency),
        created_by=person,
    )
    chosen = Payout.objects.filter(pk__in=[payout.pk for payout in payouts], status=Payout.SCHEDULED)
    chosen.update(status=Payout.BATCHED, batch=batch, batched_at=timezone.now())
    note(person, "payout batch gathered", batch, total=str(total), currency=currency, payouts=len(payouts))
    return batch


def approvals_for(total: Decimal, currency: str) -> int:
    """Two people above the limit (PAYOUT_TWO_PEOPLE_USD), and where no rate says how much it is."""
    try:
        return 2 if total * read_rates().rate(currency, "USD") > settings.PAYOUT_TWO_PEOPLE_USD else 1
    except RateMissing:
        return 2


@transaction.atomic
def approve(batch_id: int, person: Any) -> PayoutBatch:
    """One person's word; a second of the same person counts for nothing. CannotPay when it is not waiting for any.

    Who has let as much leave today as takes two people, in this currency, lets nothing more leave alone."""
    # Two words of one person at once wait for each other.
    get_user_model().objects.select_for_update().get(pk=person.pk)
    batch = PayoutBatch.objects.select_for_update().get(pk=batch_id)
    if batch.status != PayoutBatch.OPEN:
        raise CannotPay(batch.status)
    _word, new = BatchApproval.objects.get_or_create(batch=batch, person=person)
    if new:
        batch.approvals_needed = max(
            batch.approvals_needed, approvals_for(_let_go_today(batch, person), batch.currency)
        )
        batch.save(update_fields=["approvals_needed"])
        note(person, "payout batch approved", batch, total=str(batch.total), currency=batch.currency)
    return batch


def _let_go_today(batch: PayoutBatch, person: Any) -> Decimal:
    """The sum of the batches of this one's currency that the person has given their word for today, this one's too."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    words = BatchApproval.objects.filter(person=person, created__gte=today, batch__currency=batch.currency)
    sums = words.exclude(batch__status=PayoutBatch.CANCELLED).aggregate(sum=Sum("batch__total"))
    return sums["sum"] or Decimal("0.00")


@transaction.atomic
def cancel(batch_id: int, person: Any) -> None:
    """Dissolves a batch that has not left: its payouts wait again."""
    batch = PayoutBatch.objects.select_for_update().get(pk=batch_id)
    if batch.status != PayoutBatch.OPEN:
        raise CannotPay(batch.status)
    batch.payouts.filter(status=Payout.BATCHED).update(status=Payout.SCHEDULED, batch=None, batched_at=None)
    batch.status = PayoutBatch.CANCELLED
    batch.save(update_fields=["status"])
    note(person, "payout batch dissolved", batch, total=str(batch.total), currency=batch.currency)


@transaction.atomic
def send(batch_id: int, person: Any) -> PayoutBatch:
    """The batch leaves: booked, and handed to its rail. Sent already: nothing happens. CannotPay without the approvals
    it needs. A payout that was stopped, or that the maker's balance no longer covers, stays behind, and the batch's
    total says so."""
    batch = PayoutBatch.objects.select_for_update().get(pk=batch_id)
    if batch.status in (PayoutBatch.SENT, PayoutBatch.SETTLED):
        return batch
    if batch.status != PayoutBatch.OPEN:
        raise CannotPay(batch.status)
    if batch.approvals.count() < batch.approvals_needed:
        raise CannotPay("not approved")
    payouts = _book(batch.payouts.select_for_update(of=("self",)).filter(status=Payout.BATCHED))
    batch.total = sum((payout.amount for payout in payouts), Decimal("0.00"))
    batch.status = PayoutBatch.SENT if payouts else PayoutBatch.CANCELLED
    batch.sent_at, batch.sent_by = timezone.now(), person
    if payouts:
        hand_over(batch, payouts)
    batch.save()
    for payout in payouts:
        tell_of_payout(payout, "payout_sent")
    note(person, "payout batch sent", batch, total=str(batch.total), currency=batch.currency, payouts=len(payouts))
    return batch


def _book(payouts: QuerySet) -> list[Payout]:
    """Books each as sent; those that were stopped or are not covered are called off. Makers are locked in the order of
    their ids."""
    sent = []
    for payout in payouts.select_related("partner", "payee", "details").order_by("partner_id", "pk"):
        if is_stopped(payout):
            _call_off(payout)
            continue
        try:
            with transaction.atomic():
                booking.book_payout(payout)
        except NotEnough:
            _call_off(payout)
            continue
        payout.status, payout.sent_at = Payout.SENT, timezone.now()
        payout.save(update_fields=["status", "sent_at"])
        sent.append(payout)
    return sent
