"""The pretend provider's pages. Plainly test money; not there at all when the sandbox is off."""

from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shop.sandbox import afterwards, provider
from shop.sandbox.models import SandboxDispute, SandboxSession

SECOND_STEP_CODE = "123456"


def sandbox_only(view):
    @wraps(view)
    def inner(request, *args, **kwargs):
        if not settings.PAYMENT_SANDBOX:
            raise Http404
        return view(request, *args, **kwargs)

    return inner


@sandbox_only
@require_http_methods(["GET", "POST"])
def pay(request, reference: str):
    session = get_object_or_404(SandboxSession, reference=reference)
    with translation.override(session.language):
        request.LANGUAGE_CODE = session.language
        if request.method == "POST":
            return _answer(request, session)
        if session.status == SandboxSession.OPEN and session.expires < timezone.now():
            session = provider.conclude(reference, SandboxSession.EXPIRED)
        return render(request, "sandbox/pay.html", shown(session))


def shown(session: SandboxSession) -> dict:
    """The page of a payment, with what happened to it since it was made."""
    return {
        "session": session,
        "was_paid": afterwards.was_paid(session),
        "refunds": list(session.refunds.all()),
        "disputes": list(session.disputes.all()),
        "open_dispute": session.disputes.filter(status__in=SandboxDispute.OPEN).first(),
        "ways": [
            (SandboxSession.ARRIVE, _("They arrive"), _("the shop gives money back, and the shopper has it")),
            (SandboxSession.REFUSE, _("They are refused at once"), _("the provider says no")),
            (SandboxSession.FAIL, _("They fail later"), _("taken on, then sent back by the shopper's bank")),
        ],
    }


def _answer(request, session: SandboxSession) -> HttpResponse:
    action = request.POST.get("action", "")
    if session.status != SandboxSession.OPEN:
        return _afterwards(request, session, action)
    if action == "second-step":
        return render(request, "sandbox/second_step.html", {"session": session, "code": SECOND_STEP_CODE})
    if action == "confirm" and request.POST.get("code", "").strip() != SECOND_STEP_CODE:
        context = {"session": session, "code": SECOND_STEP_CODE, "wrong": True}
        return render(request, "sandbox/second_step.html", context, status=422)
    if action in ("approve", "confirm"):
        provider.conclude(session.reference, SandboxSession.PAID)
    elif action == "decline":
        provider.conclude(session.reference, SandboxSession.FAILED, reason="card_declined")
    elif action == "time-out":
        # The money is taken, but neither answer arrives: only asking later (the tick) finds out.
        provider.conclude(session.reference, SandboxSession.PAID, tell=False)
        return render(request, "sandbox/silent.html", {"session": session, "timed_out": True}, status=504)
    elif action == "never-return":
        provider.conclude(session.reference, SandboxSession.PAID)
        return render(request, "sandbox/silent.html", {"session": session})
    return HttpResponseRedirect(session.return_url)


def _afterwards(request, session: SandboxSession, action: str) -> HttpResponse:
    """What the pretend bank and the pretend shopper do with a payment that was made; anything else leads back."""
    if action == "refunds":
        way = request.POST.get("way")
        if way in (SandboxSession.ARRIVE, SandboxSession.REFUSE, SandboxSession.FAIL):
            SandboxSession.objects.filter(pk=session.pk).update(refunds_do=way)
    elif action == "dispute":
        try:
            afterwards.dispute(session)
        except afterwards.Declined:
            messages.error(request, _("Nothing is left of this payment that could be disputed."))
    elif action in ("won", "lost"):
        for dispute in session.disputes.filter(status__in=SandboxDispute.OPEN):
            afterwards.decide(dispute.reference, won=action == "won")
    else:
        return HttpResponseRedirect(session.return_url)
    return HttpResponseRedirect(request.path)
