"""Why a payout came back: ISO 20022 reason codes in words that a maker can act on.

Source of the codes: ISO 20022 external code sets, ExternalStatusReason1Code and ExternalReturnReason1Code. The words
and the advice are ours. A code that is not here is shown as it came.
"""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


class Reason(NamedTuple):
    """`text`: what happened and how to go on; `who` can mend it: the maker ("maker") or the platform ("us")."""

    text: str | Promise
    who: str


_NUMBER = _("The bank does not know this account number. Please check your payout details.")
_CLOSED = _("This account is closed. Please give another one.")
_BLOCKED = _("The bank has blocked this account. Please ask your bank, or give another account.")
_NAME = _("The name does not belong to this account. Please write it exactly as the bank has it.")
_BANK = _("The bank's code is not right. Please check your payout details.")
_FORBIDDEN = _("This account cannot take such payments. Please ask your bank, or give another account.")
_LIMIT = _("The amount is over what your bank takes at once. We will send it in parts.")
_OURS = _("Something was wrong with our order to the bank. We will send it again; there is nothing for you to do.")
_TAX = _("The bank misses your tax number or it is not right. Please check your payout details.")
_LAW = _("The bank may not pay it for a legal reason. Please ask your bank what it needs.")
_CURRENCY = _("This account does not take this currency. Please give one that does.")
_ASK = _("The bank gave no reason. Please ask it, or choose another way.")
_GONE = _("The money was not fetched in time.")

REASONS: dict[str, Reason] = {
    "AC01": Reason(_NUMBER, "maker"),
    "AC02": Reason(_OURS, "us"),
    "AC03": Reason(_NUMBER, "maker"),
    "AC04": Reason(_CLOSED, "maker"),
    "AC05": Reason(_OURS, "us"),
    "AC06": Reason(_BLOCKED, "maker"),
    "AC07": Reason(_CLOSED, "maker"),
    "AC13": Reason(_OURS, "us"),
    "AC14": Reason(_FORBIDDEN, "maker"),
    "AG01": Reason(_FORBIDDEN, "maker"),
    "AG02": Reason(_OURS, "us"),
    "AM01": Reason(_OURS, "us"),
    "AM02": Reason(_LIMIT, "us"),
    "AM03": Reason(_CURRENCY, "maker"),
    "AM04": Reason(_OURS, "us"),
    "AM05": Reason(_OURS, "us"),
    "AM06": Reason(_OURS, "us"),
    "AM07": Reason(_OURS, "us"),
    "AM09": Reason(_OURS, "us"),
    "AM10": Reason(_OURS, "us"),
    "AM14": Reason(_LIMIT, "us"),
    "BE01": Reason(_NAME, "maker"),
    "BE04": Reason(_FORBIDDEN, "maker"),
    "BE05": Reason(_OURS, "us"),
    "BE06": Reason(_NAME, "maker"),
    "CURR": Reason(_CURRENCY, "maker"),
    "CUST": Reason(_OURS, "us"),
    "DT01": Reason(_OURS, "us"),
    "DUPL": Reason(_OURS, "us"),
    "ED05": Reason(_OURS, "us"),
    "FF01": Reason(_OURS, "us"),
    "MD07": Reason(_BLOCKED, "maker"),
    "MS02": Reason(_ASK, "maker"),
    "MS03": Reason(_ASK, "maker"),
    "NARR": Reason(_ASK, "maker"),
    "RC01": Reason(_BANK, "maker"),
    "RC03": Reason(_OURS, "us"),
    "RC04": Reason(_BANK, "maker"),
    "RF01": Reason(_OURS, "us"),
    "RR01": Reason(_TAX, "maker"),
    "RR02": Reason(_OURS, "us"),
    "RR03": Reason(_NAME, "maker"),
    "RR04": Reason(_LAW, "maker"),
    "RR12": Reason(_TAX, "maker"),
    "TM01": Reason(_OURS, "us"),
    # Ours, for cash: X-codes are free for use between parties that agreed on them.
    "XGON": Reason(_GONE, "maker"),
}


def reason_text(code: str) -> str | Promise:
    """What a code means, in the active language; an unknown one with a word of help."""
    known = REASONS.get(code)
    return known.text if known else format_lazy(_("The bank refused it (code {code}). Please ask us."), code=code)


# Why a shopper asked their bank for the money, by the codes of Stripe's API (Dispute.reason); the words are ours.
DISPUTED: dict[str, Promise] = {
    "credit_not_processed": _("a promised refund did not come"),
    "duplicate": _("paid twice"),
    "fraudulent": _("somebody else used the card"),
    "general": _("no reason given"),
    "product_not_received": _("nothing arrived"),
    "product_unacceptable": _("not what was promised, or damaged"),
    "subscription_canceled": _("called off, and charged all the same"),
    "unrecognized": _("the payment is not recognised"),
}
