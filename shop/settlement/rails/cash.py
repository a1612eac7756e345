"""Cash through a fiscal agent or an office: a receipt that both sides sign, each with a one-time code of their own."""

import hmac
import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from shop.accounts.audit import note
from shop.accounts.models import AuditLine
from shop.outbox.ticking import each_minute
from shop.settlement import vault
from shop.settlement.models import CashOffice, CashReceipt, Payout, PayoutBatch
from shop.settlement.payout_mails import send_agent_code, send_maker_code
from shop.settlement.payout_states import mark_bounced, mark_paid

FETCH_WITHIN = timedelta(days=14)
MAKER, AGENT = "maker", "agent"
# How often a side that lost its code gets a new one, and how soon.
MOST_NEW_CODES, BETWEEN_CODES = 3, timedelta(minutes=10)


class BadCode(Exception):
    """The code is wrong, used up, or the receipt void; `.left` says how many tries remain."""

    def __init__(self, left: int):
        super().__init__(f"{left} tries left")
        self.left = left


class NoNewCode(Exception):
    """No new code can be sent to this side (now); nothing was changed."""


def send(batch: PayoutBatch, payouts: list[Payout]) -> None:
    """A receipt for each payout, with a code for each side, mailed to them alone."""
    for payout in payouts:
        office = CashOffice.objects.select_related("agent").get(pk=vault.unseal(payout.details.sealed)["office"])
        issue(payout, office)


def _new_code() -> str:
    return f"{secrets.randbelow(10**8):08}"


def issue(payout: Payout, office: CashOffice) -> CashReceipt:
    codes = [_new_code(), _new_code()]
    receipt = CashReceipt.objects.create(
        payout=payout,
        office=office,
        maker_code=_hash(payout, MAKER, codes[0]),
        agent_code=_hash(payout, AGENT, codes[1]),
        expires=timezone.now() + FETCH_WITHIN,
    )
    send_maker_code(receipt, codes[0])
    send_agent_code(receipt, codes[1])
    return receipt


@transaction.atomic
def send_again(receipt_id: int, side: str, person: Any) -> None:
    """A new code for a side that lost theirs; the old one is worth nothing, wrong tries stay used up. NoNewCode once it
    signed or cannot any more, soon after the last one, and after the third."""
    receipt = CashReceipt.objects.select_for_update().get(pk=receipt_id)
    action, now = f"new cash code for {side}", timezone.now()
    sent = AuditLine.objects.filter(action=action, subject=f"{receipt._meta.label_lower}:{receipt.pk}")
    is_open = receipt.expires > now and getattr(receipt, f"{side}_tries_left") and receipt.payout.status == Payout.SENT
    if not is_open or getattr(receipt, f"{side}_signed_at"):
        raise NoNewCode
    if sent.count() >= MOST_NEW_CODES or sent.filter(created__gt=now - BETWEEN_CODES).exists():
        raise NoNewCode
    code = _new_code()
    setattr(receipt, f"{side}_code", _hash(receipt.payout, side, code))
    receipt.save(update_fields=[f"{side}_code"])
    line = note(person, action, receipt, payout=receipt.payout.key)
    (send_maker_code if side == MAKER else send_agent_code)(receipt, code, again=line.pk)


def _hash(payout: Payout, side: str, code: str) -> str:
    return salted_hmac(f"cash-{side}-{payout.key}", code, algorithm="sha256").hexdigest()


def sign(receipt_id: int, side: str, code: str, person: Any) -> CashReceipt:
    """One side signs; with the second the payout is paid. Signing again changes nothing; BadCode for a wrong code. Six
    wrong ones of one side void the receipt, and the money is in the balance again; unless the other side signed: then
    it may have changed hands, and a treasurer settles it."""
    with transaction.atomic():
        receipt = CashReceipt.objects.select_for_update().get(pk=receipt_id)
        if getattr(receipt, f"{side}_signed_at"):
            return receipt
        tries = f"{side}_tries_left"
        left = getattr(receipt, tries)
        open_still = left > 0 and receipt.expires > timezone.now() and receipt.payout.status == Payout.SENT
        right = hmac.compare_digest(_hash(receipt.payout, side, code.strip()), getattr(receipt, f"{side}_code"))
        if open_still and right:
            return _signed(receipt, side, person)
        if open_still:
            left -= 1
            setattr(receipt, tries, left)
            receipt.save(update_fields=[tries])
            if not left and not _signed_by_one(receipt):
                mark_bounced(receipt.payout_id, "XGON", "too many wrong codes")
    # Outside, so that the try that was used up stays used up.
    raise BadCode(left if open_still else 0)


def _signed_by_one(receipt: CashReceipt) -> bool:
    return bool(receipt.maker_signed_at or receipt.agent_signed_at)


def _signed(receipt: CashReceipt, side: str, person: Any) -> CashReceipt:
    setattr(receipt, f"{side}_signed_at", timezone.now())
    setattr(receipt, f"{side}_signed_by", person)
    receipt.save()
    note(person, f"cash receipt signed by {side}", receipt, payout=receipt.payout.key)
    if receipt.maker_signed_at and receipt.agent_signed_at:
        mark_paid(receipt.payout_id, reference=f"cash {receipt.pk}")
    return receipt


@each_minute("cash that nobody fetched")
def take_back() -> int:
    """What was not fetched in time is in the maker's balance again; but for what one side signed for."""
    late = CashReceipt.objects.filter(expires__lte=timezone.now(), payout__status=Payout.SENT)
    return sum(_take_back(pk) for pk in list(late.values_list("pk", flat=True)))


@transaction.atomic
def _take_back(receipt_id: int) -> bool:
    receipt = CashReceipt.objects.select_for_update().get(pk=receipt_id)
    return not _signed_by_one(receipt) and mark_bounced(receipt.payout_id, "XGON")


def to_settle() -> QuerySet[CashReceipt]:
    """Hand-overs that one side signed for and the other cannot any more: a treasurer asks both, and settles by hand."""
    over = Q(expires__lte=timezone.now()) | Q(maker_tries_left=0) | Q(agent_tries_left=0)
    one_signed = ~Q(maker_signed_at=None, agent_signed_at=None)
    return CashReceipt.objects.filter(over, one_signed, payout__status=Payout.SENT).order_by("pk")
