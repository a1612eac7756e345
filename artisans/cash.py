"""Asking for a new code of a cash receipt: what a maker and an office's agent do in the same way."""

from django.contrib import messages
from django.utils.translation import gettext as _

from shop.settlement.models import CashReceipt
from shop.settlement.rails.cash import NoNewCode, send_again


def ask_for_code(request, receipt: CashReceipt, side: str) -> None:
    """Sends it and says so, or why not."""
    try:
        send_again(receipt.pk, side, request.user)
    except NoNewCode:
        messages.error(request, _("No new code can be sent now. Please look into your mail once more, or write to us."))
    else:
        messages.success(request, _("A new code is on its way by mail; the old one is worth nothing any more."))
