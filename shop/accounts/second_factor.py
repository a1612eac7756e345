"""A second factor: whether somebody has one, and whether this session proved it."""

import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

# A form may be filled in for longer than its page takes to open.
FRESH_SECONDS, FRESH_SECONDS_POST = 5 * 60, 30 * 60


def has_second_factor(user: Any) -> bool:
    return is_mfa_enabled(user, [Authenticator.Type.TOTP])


def proved(request: Any, within: int | None = None) -> bool:
    """Whether this session gave a code of the second factor, at all or within so many seconds."""
    proofs = [record["at"] for record in get_authentication_records(request, request.user) if record["method"] == "mfa"]
    return bool(proofs) and (within is None or time.time() - max(proofs) < within)


def ask_for_it(request: Any) -> HttpResponseRedirect:
    """To where the second factor is proved, or set up first, and back to this page."""
    if not has_second_factor(request.user):
        messages.info(request, _("This needs a second step to sign in. Set it up first: it takes two minutes."))
        return HttpResponseRedirect(reverse("mfa_activate_totp"))
    return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.path})}")


def second_factor_missing(request: Any) -> HttpResponseRedirect | None:
    """Where to go first, unless this session proved its second factor minutes ago. What was typed is never kept for
    later: it may be an account number."""
    within = FRESH_SECONDS_POST if request.method == "POST" else FRESH_SECONDS
    if has_second_factor(request.user) and proved(request, within):
        return None
    return ask_for_it(request)
