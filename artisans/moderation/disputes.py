"""Disputed payments: what the bank asks, and our answer."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from artisans.moderation.rights import allowed_to
from shop.checkout.gateway import GatewayDown, NotSetUp, Refused
from shop.paging import page_of
from shop.pictures import as_jpeg
from shop.settlement import evidence
from shop.settlement.models import Dispute

MAY = "settlement.change_dispute"
LABELS = {
    "product_description": gettext_lazy("What was sold"),
    "customer_name": gettext_lazy("The shopper's name"),
    "customer_email_address": gettext_lazy("The shopper's e-mail"),
    "shipping_address": gettext_lazy("Where it was sent"),
    "shipping_carrier": gettext_lazy("Carrier"),
    "shipping_tracking_number": gettext_lazy("Tracking numbers"),
    "shipping_date": gettext_lazy("Sent on"),
    "refund_policy_disclosure": gettext_lazy("How the terms were accepted"),
    "uncategorized_text": gettext_lazy("What happened, messages, pictures"),
}
_LONG = ("product_description", "uncategorized_text", "refund_policy_disclosure")


PICTURES = {
    "shipping_documentation": gettext_lazy("Picture of the post office's receipt or of the label"),
    "customer_communication": gettext_lazy("Picture of messages with the shopper"),
    "uncategorized_file": gettext_lazy("Another picture: the piece, how it was packed"),
}
_LONGEST_SIDE = 2000


class Picture(forms.FileField):
    """A picture, cleaned: what is given back is a JPEG's bytes."""

    widget = forms.FileInput(attrs={"accept": "image/*"})

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if file and file.size > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
            raise forms.ValidationError(_("This picture is too large. Please make it smaller and try again."))
        return as_jpeg(file, _LONGEST_SIDE) if file else None


class EvidenceForm(forms.Form):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in evidence.FIELDS:
            widget = forms.Textarea(attrs={"rows": 6}) if name in _LONG else forms.TextInput()
            self.fields[name] = forms.CharField(
                label=LABELS[name], required=False, max_length=evidence.LONGEST, widget=widget
            )
        for name in evidence.PICTURES:
            self.fields[name] = Picture(label=PICTURES[name], required=False)

    @property
    def pictures(self) -> dict[str, bytes]:
        chosen = {name: self.cleaned_data.get(name) for name in evidence.PICTURES}
        return {name: picture for name, picture in chosen.items() if picture}

    def clean(self):
        if sum(map(len, self.pictures.values())) > evidence.MOST_BYTES:
            raise forms.ValidationError(_("Together the pictures are too large. Please leave one out."))


def _all():
    return Dispute.objects.select_related("payment__order__sale", "payment__order__shipping_address")


@allowed_to(MAY)
@require_safe
def disputes(request):
    page = page_of(request, _all().order_by("closed_at", "due_by", "-pk"), 50)
    return render(request, "artisans/moderation/disputes.html", {"page": page})


@allowed_to(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def dispute(request, pk: int):
    found = get_object_or_404(_all(), pk=pk)
    can_answer = found.status in (Dispute.NEEDS_ANSWER, Dispute.INQUIRY) and not found.answered_at
    form = EvidenceForm(request.POST or None, request.FILES or None, initial=evidence.draft(found))
    if request.method == "POST" and form.is_valid():
        try:
            evidence.submit(found, form.cleaned_data, request.user, form.pictures)
        except evidence.AnsweredAlready:
            messages.error(request, _("This dispute was answered already; an answer cannot be changed."))
        except (GatewayDown, NotSetUp):
            form.add_error(None, _("The payment service does not answer. Nothing was sent; please try again soon."))
        except Refused as refusal:
            form.add_error(None, _("The payment service refused it: %(reason)s") % {"reason": refusal})
        else:
            messages.success(request, _("The answer is with the bank. It may take weeks to decide."))
        if not form.errors:
            return redirect("moderation:dispute", pk=pk)
    context = {"dispute": found, "order": found.payment.order, "form": form, "can_answer": can_answer}
    return render(request, "artisans/moderation/dispute.html", context, status=422 if form.errors else 200)
