"""The rules by which money is split, for administrators: commission, VAT on it, when it is released, vouchers."""

import datetime

from django.contrib import messages
from django.core.cache import cache
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from oscar.core.loading import get_model

from artisans.moderation.rights import allowed_to
from artisans.moderation.rules_forms import CommissionForm, ReleaseForm, VatForm, VoucherForm
from shop.accounts.audit import note
from shop.listings.crafts import craft_name
from shop.settlement.commission import CACHE_KEY
from shop.settlement.models import CommissionRule, ReleaseRule, VatRate
from shop.settlement.vouchers import end_voucher, open_voucher

Voucher = get_model("voucher", "Voucher")
FORMS = {"commission": CommissionForm, "vat": VatForm, "release": ReleaseForm}


administrators_only = allowed_to("settlement.change_commissionrule")


@administrators_only
@require_safe
def rules(request):
    language = get_language()
    commission = list(CommissionRule.objects.select_related("partner"))
    for rule in commission:
        rule.shown_craft = craft_name(rule.craft, language) if rule.craft else ""
    vouchers = Voucher.objects.select_related("terms__partner").prefetch_related("offers").order_by("-start_datetime")
    context = {
        "commission": commission,
        "vat": VatRate.objects.all(),
        "releases": ReleaseRule.objects.all(),
        "vouchers": vouchers[:100],
        "today": timezone.localdate(),
        "now": timezone.now(),
    }
    return render(request, "artisans/moderation/rules.html", context)


@administrators_only
def rule(request, kind: str, pk: int | None = None):
    """A form for one rule: a new one, or (`pk`) one that is there. What was sold is not touched by either."""
    form_class = FORMS[kind]
    found = get_object_or_404(form_class._meta.model, pk=pk) if pk else None
    form = form_class(request.POST or None, instance=found, initial={} if found else {"since": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        _save(request.user, kind, form)
        messages.success(request, _("The rule is saved and counts for orders from now on; what was sold stays."))
        return redirect("moderation:rules")
    return _form_page(request, form, _("Change a rule") if found else _("A new rule"))


@transaction.atomic
def _save(person, kind: str, form) -> None:
    before = {name: str(form.initial.get(name, "")) for name in form.changed_data if form.instance.pk}
    action = f"{kind} rule changed" if form.instance.pk else f"{kind} rule made"
    saved = form.save()
    after = {f"{name} now": str(form.cleaned_data[name]) for name in form.changed_data}
    note(person, action, saved, **before, **after)
    transaction.on_commit(lambda: cache.delete(CACHE_KEY))


@administrators_only
def voucher(request):
    form = VoucherForm(request.POST or None, initial={"starts": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        _open_voucher(request.user, **form.cleaned_data)
        messages.success(request, _("The voucher is made."))
        return redirect("moderation:rules")
    return _form_page(request, form, _("A new voucher"))


@transaction.atomic
def _open_voucher(person, code: str, percent, partner, starts, ends, uses, once_each) -> None:
    begin, end = (
        timezone.make_aware(datetime.datetime.combine(day, time))
        for day, time in ((starts, datetime.time.min), (ends, datetime.time.max))
    )
    made = open_voucher(code, percent, begin, end, partner=partner, uses=uses, once_each=once_each)
    note(person, "voucher made", made, code=code, percent=str(percent), borne_by=str(partner or "platform"), uses=uses)


@administrators_only
@require_POST
def voucher_end(request, pk: int):
    """Ends a voucher before its time."""
    found = get_object_or_404(Voucher, pk=pk, terms__isnull=False)
    if end_voucher(found):
        note(request.user, "voucher ended", found, code=found.code)
    messages.success(request, _("%(code)s has ended. What was bought with it stays.") % {"code": found.code})
    return redirect("moderation:rules")


def _form_page(request, form, title: str):
    status = 422 if form.is_bound else 200
    return render(request, "artisans/moderation/rule.html", {"form": form, "title": title}, status=status)
