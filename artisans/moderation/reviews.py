"""What shoppers say of pieces, read by a moderator before others read it."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from oscar.core.loading import get_model

from artisans.moderation.rights import allowed_to
from shop.order import judging
from shop.order.rating import lines_of
from shop.order.reviews import with_stars
from shop.paging import page_of

Review = get_model("reviews", "ProductReview")
MAY = "reviews.change_productreview"
STATES = {
    "waiting": (Review.FOR_MODERATION, gettext_lazy("Waiting to be read")),
    "shown": (Review.APPROVED, gettext_lazy("Shown")),
    "refused": (Review.REJECTED, gettext_lazy("Refused")),
}


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why it cannot be shown"),
        help_text=gettext_lazy("The shopper reads it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Please say why, so that the shopper understands.")},
    )


@allowed_to(MAY)
@require_safe
def reviews(request):
    return _page(request)


@allowed_to(MAY)
@require_POST
def review(request, pk: int):
    """The answer to one of them: `action` is show or refuse, `seen` what was read."""
    found, action, seen = get_object_or_404(Review, pk=pk), request.POST.get("action"), request.POST.get("seen", "")
    form = RefuseForm(request.POST, auto_id=f"review-{pk}-%s")
    if action not in ("show", "refuse"):
        raise Http404
    if action == "refuse" and not form.is_valid():
        return _page(request, (found, form))
    try:
        if action == "show":
            judging.show(pk, seen, request.user)
        else:
            judging.refuse(pk, seen, form.cleaned_data["reason"], request.user)
    except judging.ReadAgain:
        messages.warning(request, _("Please read it again: it was written anew or answered meanwhile."))
    else:
        told = _("Others can read it now.") if action == "show" else _("It is not shown; the shopper gets your reason.")
        messages.success(request, told)
    return redirect("moderation:reviews")


def _page(request, wrong: tuple | None = None):
    """The list; `wrong`: a review and the form of its refusal that must be mended, shown alone."""
    state = request.GET.get("show", "")
    state = state if state in STATES else "waiting"
    found = Review.objects.filter(pk=wrong[0].pk) if wrong else Review.objects.filter(status=STATES[state][0])
    order = "date_created" if state == "waiting" else "-date_created"
    found = found.select_related("product__listing").prefetch_related("product__listing__texts")
    page = page_of(request, found.order_by(order, "pk"), 20)
    lines = lines_of(with_stars(page))
    for one in page:
        one.seen, one.line = judging.seen_of(one), lines.get(one.pk)
        listing = getattr(one.product, "listing", None)
        one.piece = listing.text(get_language()) if listing else None
        one.form = wrong[1] if wrong else RefuseForm(auto_id=f"review-{one.pk}-%s")
    context = {
        "page": page,
        "state": state,
        "states": [(name, label) for name, (_status, label) in STATES.items()],
        "wrong": wrong is not None,
    }
    return render(request, "artisans/moderation/reviews.html", context, status=422 if wrong else 200)
