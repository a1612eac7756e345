"""What treasurers book by hand: a balance put right, money that a bank moved or exchanged. Each with its audit line."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from artisans.moderation.correction_forms import CorrectForm, ExchangedForm, ToBankForm
from artisans.moderation.payouts import treasurers_only
from shop.accounts.audit import note
from shop.settlement import booking
from shop.settlement.ledger import find
from shop.settlement.models import Entry

FORMS = {"correct": CorrectForm, "bank": ToBankForm, "exchanged": ExchangedForm}


@treasurers_only
@require_http_methods(["GET", "HEAD", "POST"])
def corrections(request):
    """`what` names the form that was sent; below, what was booked so far."""
    forms = {what: form(auto_id=f"{what}-%s") for what, form in FORMS.items()}
    what = request.POST.get("what", "")
    if request.method == "POST" and what in FORMS:
        forms[what] = FORMS[what](request.POST, auto_id=f"{what}-%s")
        if forms[what].is_valid():
            _BOOKERS[what](forms[what].cleaned_data, request.user)
            messages.success(request, _("Booked."))
            return redirect("moderation:corrections")
    booked = Entry.objects.filter(kind__in=(Entry.ADJUSTMENT, Entry.TO_BANK, Entry.EXCHANGED))
    shown = booked.order_by("-pk").select_related("person").prefetch_related("postings__account__partner")
    context = {"forms": forms, "page": Paginator(shown, 30).get_page(request.GET.get("page"))}
    wrong = any(form.errors for form in forms.values())
    return render(request, "artisans/moderation/corrections.html", context, status=422 if wrong else 200)


@transaction.atomic
def _correct(said: dict, person) -> None:
    account, amount, currency, key = said["account"], said["amount"], said["currency"], str(said["attempt"])
    if find(f"adjustment-{key}"):
        return
    if account == CorrectForm.MAKER:
        entry = booking.book_adjustment(said["maker"], amount, currency, said["reason"], person, key=key)
    else:
        entry = booking.book_correction(account, amount, currency, said["reason"], person, key=key)
    whose = str(said["maker"] or account)
    note(person, "balance corrected", entry, whose=whose, amount=str(amount), currency=currency, reason=said["reason"])


@transaction.atomic
def _to_bank(said: dict, person) -> None:
    entry = booking.book_to_bank(said["reference"], said["amount"], said["currency"])
    note(person, "money moved to the bank", entry, amount=str(said["amount"]), currency=said["currency"])


@transaction.atomic
def _exchanged(said: dict, person) -> None:
    if find(f"exchanged-{said['attempt']}"):
        return
    sold, bought = (said["sold"], said["sold_currency"]), (said["bought"], said["bought_currency"])
    entry = booking.book_exchanged(str(said["attempt"]), *sold, *bought, person)
    note(person, "money exchanged", entry, sold=" ".join(map(str, sold)), bought=" ".join(map(str, bought)))


_BOOKERS = {"correct": _correct, "bank": _to_bank, "exchanged": _exchanged}
