"""The pretend provider's pages. Plainly test money; not there at all when the sandbox is off."""

from functools import wraps

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods

from shop.sandbox import provider
from shop.sandbox.models import SandboxSession

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
        return render(request, "sandbox/pay.html", {"session": session})


def _answer(request, session: SandboxSession) -> HttpResponse:
    action = request.POST.get("action", "")
    if session.status != SandboxSession.OPEN:
        return HttpResponseRedirect(session.return_url)
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
