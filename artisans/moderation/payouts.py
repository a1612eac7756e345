"""Paying makers, as administrators and treasurers see it: batches to approve and send, the bank's answers, the
gateway's bookings beside the ledger. Strangers get 404; every act leaves an audit line."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from artisans.moderation.payout_forms import AnswerForm, OutcomeForm
from artisans.moderation.rights import allowed_to
from shop.accounts.audit import note
from shop.checkout.gateway import GatewayDown, Refused
from shop.settlement import payouts as services
from shop.settlement.models import Payout, PayoutBatch
from shop.settlement.payout_states import mark_bounced, mark_paid
from shop.settlement.rails import BANK_FILE, RAILS, bank_file
from shop.settlement.rails.bank_answer import Result, read_answer
from shop.settlement.rails.cash import to_settle
from shop.settlement.rails.iso20022 import BadFile
from shop.settlement.reconciliation import reconcile, to_csv, totals

_CANNOT = {
    "not approved": gettext_lazy("It needs the word of one more person first."),
    PayoutBatch.SENT: gettext_lazy("It has been sent already."),
    PayoutBatch.SETTLED: gettext_lazy("It is settled already."),
    PayoutBatch.CANCELLED: gettext_lazy("It was dissolved."),
}


treasurers_only = allowed_to("settlement.change_payoutbatch")


@treasurers_only
@require_safe
def payouts(request):
    batches = PayoutBatch.objects.select_related("paying_account").annotate(
        number=Count("payouts", distinct=True), words=Count("approvals", distinct=True)
    )
    waiting = Payout.objects.filter(status=Payout.SCHEDULED).order_by("currency", "rail").values("currency", "rail")
    page = Paginator(batches.order_by("-pk"), 30).get_page(request.GET.get("page"))
    for batch in page:
        batch.rail_name = RAILS[batch.rail]
    context = {
        "page": page,
        "waiting": [
            {**row, "rail_name": RAILS[row["rail"]]}
            for row in waiting.annotate(number=Count("pk"), total=Sum("amount"))
        ],
        "bounced": Payout.objects.filter(status=Payout.BOUNCED, next_ones=None)
        .select_related("partner", "details")
        .order_by("-settled_at")[:20],
        "half_signed": to_settle().select_related("payout__partner", "office__agent"),
    }
    return render(request, "artisans/moderation/payouts.html", context)


@treasurers_only
@require_POST
def gather(request):
    batches, homeless = services.gather(request.user)
    if homeless:
        missing = ", ".join(sorted({f"{payout.details.country} {payout.currency}" for payout in homeless}))
        messages.error(request, _("No account to pay from: %(missing)s. Please add one.") % {"missing": missing})
    if batches:
        messages.success(request, _("%(count)s batches are ready to be checked.") % {"count": len(batches)})
    elif not homeless:
        messages.info(request, _("Nothing waits to be paid."))
    return redirect("moderation:payouts")


def _batch_page(request, found: PayoutBatch, status: int = 200, **extra):
    payouts = found.payouts.select_related("partner", "payee__partner", "details", "receipt__office").order_by("pk")
    words = list(found.approvals.select_related("person"))
    context = {
        "batch": found,
        "payouts": payouts,
        "words": words,
        "rail_name": RAILS[found.rail],
        "missing": max(found.approvals_needed - len(words), 0),
        "said": any(word.person_id == request.user.pk for word in words),
        "has_file": found.rail == BANK_FILE and bool(found.sealed_file),
        "answer": AnswerForm(),
        "outcome": OutcomeForm(),
        **extra,
    }
    return render(request, "artisans/moderation/payout_batch.html", context, status=status)


@treasurers_only
@require_safe
def batch(request, pk: int):
    return _batch_page(request, get_object_or_404(PayoutBatch.objects.select_related("paying_account"), pk=pk))


@treasurers_only
@require_POST
def approve(request, pk: int):
    return _act(request, pk, services.approve, _("Your word is noted."))


@treasurers_only
@require_POST
def send(request, pk: int):
    return _act(request, pk, services.send, _("Sent. The makers are told."))


@treasurers_only
@require_POST
def dissolve(request, pk: int):
    return _act(request, pk, services.cancel, _("Dissolved. Its payouts wait again."))


def _act(request, pk: int, service: Callable, done: str):
    get_object_or_404(PayoutBatch, pk=pk)
    try:
        service(pk, request.user)
    except services.CannotPay as cannot:
        messages.error(request, _CANNOT[cannot.code])
    except BadFile as bad:
        messages.error(request, _("The bank's file could not be made: %(reason)s.") % {"reason": bad})
    else:
        messages.success(request, done)
    return redirect("moderation:payout-batch", pk=pk)


@treasurers_only
@require_safe
def batch_file(request, pk: int, kind: str):
    """The bank's file: the only place where whole account numbers leave the vault."""
    found = get_object_or_404(PayoutBatch.objects.exclude(sealed_file=""), pk=pk)
    if kind not in ("xml", "csv"):
        raise Http404
    note(request.user, "bank file fetched", found, kind=kind)
    headers = {
        "Content-Disposition": f'attachment; filename="{found.reference}.{kind}"', "Cache-Control": "private, no-store",
    }  # fmt: skip
    return HttpResponse(bank_file.file_of(found, kind), content_type=f"application/{kind}", headers=headers)


@treasurers_only
@require_POST
def answer(request, pk: int):
    """The bank's answer, as a file."""
    found = get_object_or_404(PayoutBatch, pk=pk, rail=BANK_FILE)
    form = AnswerForm(request.POST, request.FILES)
    if not form.is_valid():
        return _batch_page(request, found, 422, answer=form)
    try:
        result = read_answer(found, form.cleaned_data["file"].read(), request.user)
    except BadFile as bad:
        form.add_error("file", _("This cannot be read: %(reason)s.") % {"reason": bad})
        return _batch_page(request, found, 422, answer=form)
    messages.success(request, _said(result))
    found.refresh_from_db()
    return _batch_page(request, found, result=result)


def _said(result: Result) -> str:
    return _("%(paid)s paid, %(bounced)s came back, %(waiting)s still on their way.") % vars(result)


@treasurers_only
@require_POST
def outcome(request, pk: int):
    """What became of one payout, where a bank gives no file."""
    payout = get_object_or_404(Payout.objects.exclude(batch=None), pk=pk)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return _batch_page(request, payout.batch, 422, outcome=form, wrong=payout.pk)
    code = form.cleaned_data["reason"]
    done = mark_bounced(payout.pk, code) if code else mark_paid(payout.pk)
    if done:
        note(request.user, "payout settled by hand", payout, reason=code or "paid")
        messages.success(request, _("Noted."))
    else:
        messages.error(request, _("It is not on its way any more."))
    return redirect("moderation:payout-batch", pk=payout.batch_id)


@treasurers_only
@require_http_methods(["GET", "HEAD"])
def reconciliation(request):
    """The gateway's bookings beside the ledger; `?format=csv` for a spreadsheet."""
    days = {"7": 7, "30": 30, "90": 90}.get(request.GET.get("days", ""), 30)
    context = {"days": days, "choices": (7, 30, 90), "only": request.GET.get("only", "")}
    try:
        rows = reconcile(timezone.now() - timedelta(days=days))
    except (GatewayDown, Refused) as down:
        return render(request, "artisans/moderation/reconciliation.html", {**context, "down": down}, status=503)
    if request.GET.get("format") == "csv":
        note(request.user, "reconciliation exported", request.user, days=days)
        headers = {"Content-Disposition": 'attachment; filename="reconciliation.csv"'}
        return HttpResponse(to_csv(rows), content_type="text/csv; charset=utf-8", headers=headers)
    shown = [row for row in rows if not context["only"] or row.state != "matched"]
    page = Paginator(shown, 50).get_page(request.GET.get("page"))
    wrong = sum(row.state in ("differs", "missing") for row in rows)
    context |= {"page": page, "totals": totals(rows), "wrong": wrong, "number": len(rows)}
    return render(request, "artisans/moderation/reconciliation.html", context)
