"""Cash through a fiscal agent or an office: a receipt that both sides sign, each with a one-time code of their own."""

import hmac
import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from shop.accounts.audit import note
from shop.outbox.ticking import each_minute
from shop.settlement import vault
from shop.settlement.models import CashOffice, CashReceipt, Payout, PayoutBatch
from shop.settlement.payout_mails import send_cash_codes
from shop.settlement.payout_states import mark_bounced, mark_paid

FETCH_WITHIN = timedelta(days=14)
MAKER, AGENT = "maker", "agent"


class BadCode(Exception):
    """The code is wrong, used up, or the receipt void; `.left` says how many tries remain."""

    def __init__(self, left: int):
        super().__init__(f"{left} tries left")
        self.left = left


def send(batch: PayoutBatch, payouts: list[Payout]) -> None:
    """A receipt for each payout, with a code for each side, mailed to them alone."""
    for payout in payouts:
        office = CashOffice.objects.select_related("agent").get(pk=vault.unseal(payout.details.sealed)["office"])
        issue(payout, office)


def issue(payout: Payout, office: CashOffice) -> CashReceipt:
    codes = [f"{secrets.randbelow(10**8):08}" for _side in (MAKER, AGENT)]
    receipt = CashReceipt.objects.create(
        payout=payout,
        office=office,
        maker_code=_hash(payout, MAKER, codes[0]),
        agent_code=_hash(payout, AGENT, codes[1]),
        expires=timezone.now() + FETCH_WITHIN,
    )
    send_cash_codes(receipt, *codes)
    return receipt


def _hash(payout: Payout, side: str, code: str) -> str:
    return salted_hmac(f"cash-{side}-{payout.key}", code, algorithm="sha256").hexdigest()


def sign(receipt_id: int, side: str, code: str, person: Any) -> CashReceipt:
    """One side signs; with the second the payout is paid. Signing again changes nothing; BadCode for a wrong code, of
    which six void the receipt: the money is then in the balance again."""
    with transaction.atomic():
        receipt = CashReceipt.objects.select_for_update().get(pk=receipt_id)
        if getattr(receipt, f"{side}_signed_at"):
            return receipt
        open_still = (
            receipt.tries_left > 0 and receipt.expires > timezone.now() and receipt.payout.status == Payout.SENT
        )
        right = hmac.compare_digest(_hash(receipt.payout, side, code.strip()), getattr(receipt, f"{side}_code"))
        if open_still and right:
            return _signed(receipt, side, person)
        if open_still:
            receipt.tries_left -= 1
            receipt.save(update_fields=["tries_left"])
            if not receipt.tries_left:
                mark_bounced(receipt.payout_id, "XGON", "too many wrong codes")
        left = receipt.tries_left if open_still else 0
    # Outside, so that the try that was used up stays used up.
    raise BadCode(left)


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
    """What was not fetched in time is in the maker's balance again."""
    late = CashReceipt.objects.filter(expires__lte=timezone.now(), payout__status=Payout.SENT)
    return sum(mark_bounced(payout, "XGON") for payout in list(late.values_list("payout_id", flat=True)))
