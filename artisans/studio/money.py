"""A maker's money: what is owed, what waits and why, each sale's split, payouts and their documents."""

from datetime import date
from decimal import Decimal

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from artisans.cash import ask_for_code
from artisans.querysets import for_user
from artisans.studio.money_reading import payout_page, purse_of, words_of
from artisans.studio.payees import my_artisan
from artisans.studio.payout_forms import CodeForm
from artisans.studio.views import my_artisans
from shop.currency.money import CURRENCIES
from shop.settlement import payouts, statements
from shop.settlement.models import CashReceipt, Payout
from shop.settlement.payout_plans import Obstacle
from shop.settlement.rails.cash import MAKER, BadCode, sign
from shop.settlement.shares import share_of, sold_parcels

_CANNOT = {
    "under way": gettext_lazy("A payout is under way already; the next can follow when it has left."),
    "no way": gettext_lazy("This way cannot be used for it. Please choose another, or change its details."),
    "too little": gettext_lazy("There is too little left for this way."),
}


@login_required
@require_safe
def money(request):
    artisans = my_artisans(request.user)
    context = {
        "purses": [purse_of(artisan, get_language()) for artisan in artisans],
        "several": len(artisans) > 1,
        "zero": Decimal(0),
    }
    return render(request, "artisans/studio/money.html", context)


@login_required
@require_safe
def sales(request, pk: int):
    artisan = my_artisan(request.user, pk)
    page = Paginator(sold_parcels(artisan.partner), 30).get_page(request.GET.get("page"))
    context = {"artisan": artisan, "page": page, "shares": [share_of(parcel) for parcel in page]}
    return render(request, "artisans/studio/sales.html", context)


def _my_payout(user, pk: int) -> Payout:
    mine = for_user(Payout.objects.select_related("partner__artisan", "payee__partner", "details"), user)
    return get_object_or_404(mine.select_related("receipt__office"), pk=pk)


@login_required
@require_safe
def payout(request, pk: int):
    found = _my_payout(request.user, pk)
    return render(request, "artisans/studio/payout.html", {**payout_page(found), "form": CodeForm()})


@login_required
@require_POST
def ask(request, pk: int):
    """Pays what is available now, whatever the schedule."""
    artisan = my_artisan(request.user, pk)
    currency = request.POST.get("currency", "")
    if currency not in CURRENCIES:
        raise Http404
    try:
        made = payouts.ask_now(artisan.partner, currency)
    except payouts.CannotPay as cannot:
        messages.error(request, _CANNOT[cannot.code])
        return redirect("studio:money")
    if isinstance(made, Obstacle):
        messages.error(request, words_of(made, currency, get_language()))
        return redirect("studio:money")
    messages.success(request, _("Noted. It leaves with the next batch, and we write to you."))
    return redirect("studio:payout", pk=made.pk)


@login_required
@require_POST
def try_next(request, pk: int):
    found = _my_payout(request.user, pk)
    try:
        made = payouts.try_next(found, request.POST.get("rail", ""))
    except payouts.CannotPay as cannot:
        messages.error(request, _CANNOT[cannot.code])
        return redirect("studio:payout", pk=pk)
    messages.success(request, _("Noted. It leaves with the next batch, and we write to you."))
    return redirect("studio:payout", pk=made.pk)


@login_required
@require_POST
def sign_cash(request, pk: int):
    """The maker signs for cash that is in their hand."""
    found = get_object_or_404(for_user(CashReceipt.objects.all(), request.user, "payout__partner"), pk=pk)
    form = CodeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The code has eight digits; it is in the mail that we sent you."))
        return redirect("studio:payout", pk=found.payout_id)
    try:
        sign(found.pk, MAKER, form.cleaned_data["code"], request.user)
    except BadCode as bad:
        messages.error(request, _wrong_code(found, bad.left))
    else:
        messages.success(request, _("Signed. Thank you."))
    return redirect("studio:payout", pk=found.payout_id)


@login_required
@require_POST
def new_cash_code(request, pk: int):
    """The maker lost the code."""
    found = get_object_or_404(for_user(CashReceipt.objects.all(), request.user, "payout__partner"), pk=pk)
    ask_for_code(request, found, MAKER)
    return redirect("studio:payout", pk=found.payout_id)


def _wrong_code(receipt: CashReceipt, left: int) -> str:
    if left:
        return _("This code is not right; %(left)s tries are left.") % {"left": left}
    if receipt.agent_signed_at and receipt.payout.status == Payout.SENT:
        return _("You cannot sign any more. We ask you and the office whether you have the money, and settle it.")
    return _("This receipt is void. The money is in your balance.")


@login_required
@require_safe
def advice(request, pk: int):
    found = _my_payout(request.user, pk)
    return _document(statements.payout_pdf(found, get_language()), "application/pdf", f"payout-{found.key}.pdf")


@login_required
@require_safe
def statement(request, pk: int, currency: str, year: int, month: int, kind: str):
    artisan = my_artisan(request.user, pk)
    if currency not in CURRENCIES or kind not in ("pdf", "csv") or not (2020 <= year <= 2100 and 1 <= month <= 12):
        raise Http404
    made = statements.statement(artisan.partner, currency, date(year, month, 1))
    name = f"statement-{artisan.slug}-{currency}-{year}-{month:02}.{kind}"
    if kind == "pdf":
        return _document(statements.to_pdf(made, get_language()), "application/pdf", name)
    return _document(statements.to_csv(made).encode(), "text/csv; charset=utf-8", name)


def _document(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)
