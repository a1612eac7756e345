"""What a maker sees: their own parcels and listings, and nothing of anyone else's."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, F, Prefetch, Q
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from oscar.core.loading import get_model

from artisans.models import Artisan
from artisans.querysets import for_user
from artisans.studio.forms import ShipForm, StockForm
from artisans.studio.reading import lines_of, pieces_of, row_of
from artisans.studio.services import set_stock
from shop.order.timeline import timeline
from shop.paging import page_of
from shop.settlement import parcels as parcel_services
from shop.settlement.cancelling import may_cancel
from shop.settlement.models import Parcel, Return
from shop.settlement.refund_forms import CancelForm
from shop.settlement.showing import attach_splits, money_state

Line = get_model("order", "Line")
StockRecord = get_model("partner", "StockRecord")
# A maker hears of an order when it is paid, not before.
VISIBLE = Q(order__status__in=("paid", "complete")) | Q(order__status="cancelled", order__payments__status="paid")
_SOLD_OUT = Q(num_in_stock__lte=Coalesce(F("num_allocated"), 0))


def my_parcels(user):
    """This user's parcels. Of an order with several makers, the lines of the others are not even read."""
    lines = (
        for_user(Line.objects.all(), user)
        .select_related("product__listing", "product__parent__listing")
        .prefetch_related("product__listing__texts", "product__parent__listing__texts")
    )
    return (
        for_user(Parcel.objects.filter(VISIBLE), user)
        .select_related("order__shipping_address", "order__sale", "partner__artisan")
        .prefetch_related(Prefetch("order__lines", lines))
    )


def my_stock(user):
    return (
        for_user(StockRecord.objects.all(), user)
        .select_related("product__listing", "product__parent__listing", "partner__artisan")
        .prefetch_related(
            "product__images",
            "product__listing__texts",
            "product__parent__images",
            "product__parent__listing__texts",
        )
        .order_by("product__title", "pk")
    )


def my_artisans(user) -> list[Artisan]:
    """The makers this user acts for; 404 for somebody who acts for none."""
    found = list(Artisan.objects.for_user(user))
    if not found:
        raise Http404
    return found


def _counts(user) -> dict[str, int]:
    """How many parcels there are in each state."""
    rows = for_user(Parcel.objects.filter(VISIBLE), user).order_by().values_list("status")
    return dict(rows.annotate(parcels=Count("pk")))


@login_required
@require_safe
def index(request):
    artisans = my_artisans(request.user)
    stock = for_user(StockRecord.objects.filter(product__is_public=True), request.user)
    waiting = my_parcels(request.user).filter(status__in=[Parcel.NEW, Parcel.ACCEPTED]).order_by("pk")
    open_returns = Return.objects.filter(status__in=Return.OPEN).select_related("parcel__order")
    counts = _counts(request.user)
    context = {
        "artisans": artisans,
        "waiting": [pieces_of(parcel, get_language()) for parcel in waiting[:20]],
        "returns": list(for_user(open_returns, request.user, "parcel__partner")),
        "new": counts.get(Parcel.NEW, 0),
        "accepted": counts.get(Parcel.ACCEPTED, 0),
        **stock.aggregate(on_sale=Count("pk"), sold_out=Count("pk", filter=_SOLD_OUT)),
    }
    return render(request, "artisans/studio/index.html", context)


@login_required
@require_safe
def parcels(request):
    artisans = my_artisans(request.user)
    found, status = my_parcels(request.user).order_by("-pk"), request.GET.get("status", "")
    if status in dict(Parcel.STATUSES):
        found = found.filter(status=status)
    counts, page = _counts(request.user), page_of(request, found, 30)
    context = {
        "artisans": artisans,
        "page": page,
        "rows": [pieces_of(parcel, get_language()) for parcel in page],
        "status": status,
        "statuses": [(code, label, counts[code]) for code, label in Parcel.STATUSES if counts.get(code)],
    }
    return render(request, "artisans/studio/parcels.html", context)


def _parcel_page(request, parcel: Parcel, form: ShipForm, status: int = 200):
    lines = lines_of(parcel, get_language())
    context = {
        "parcel": parcel,
        "lines": lines,
        "goods": sum(line["own_total"] for line in lines),
        "events": timeline(parcel),
        "form": form,
        "can_accept": parcel.status == Parcel.NEW,
        "can_cancel": may_cancel(parcel),
        "cancel_form": CancelForm(auto_id="cancel_%s"),
        "returns": parcel.returns.all(),
        "can_ship": parcel.status in (Parcel.NEW, Parcel.ACCEPTED, Parcel.SHIPPED),
    }
    attach_splits([parcel])
    shown = parcel.shown_split
    context["money"] = money_state(parcel)
    context["total"] = shown.maker + shown.shipping - shown.returned if shown else context["goods"] + parcel.own_charge
    return render(request, "artisans/studio/parcel.html", context, status=status)


@login_required
@require_safe
def parcel(request, pk: int):
    found = get_object_or_404(my_parcels(request.user), pk=pk)
    return _parcel_page(request, found, ShipForm(initial={"carrier": found.carrier, "tracking": found.tracking}))


@login_required
@require_POST
def accept(request, pk: int):
    found = get_object_or_404(my_parcels(request.user), pk=pk)
    try:
        parcel_services.accept(found.pk)
    except parcel_services.WrongState:
        messages.error(request, _("This parcel cannot be accepted any more."))
    else:
        messages.success(request, _("Accepted. The shopper sees that you are preparing it."))
    return redirect("studio:parcel", pk=pk)


@login_required
@require_POST
def ship(request, pk: int):
    found = get_object_or_404(my_parcels(request.user), pk=pk)
    form = ShipForm(request.POST)
    if not form.is_valid():
        return _parcel_page(request, found, form, 422)
    try:
        parcel_services.ship(found.pk, **form.cleaned_data)
    except parcel_services.WrongState:
        messages.error(request, _("This parcel cannot be sent any more."))
    else:
        again = found.status == Parcel.SHIPPED
        messages.success(
            request, _("The number is changed.") if again else _("Marked as sent. The shopper gets a mail.")
        )
    return redirect("studio:parcel", pk=pk)


def _listings_page(request, wrong: tuple[int, StockForm] | None = None, status: int = 200):
    """`wrong`: the stock record and form that could not be saved, shown again as it was typed."""
    page = page_of(request, my_stock(request.user), 50)
    rows = [row_of(record, get_language(), wrong[1] if wrong and wrong[0] == record.pk else None) for record in page]
    return render(request, "artisans/studio/listings.html", {"page": page, "rows": rows}, status=status)


@login_required
@require_safe
def listings(request):
    my_artisans(request.user)
    return _listings_page(request)


@login_required
@require_POST
def stock(request, pk: int):
    record = get_object_or_404(my_stock(request.user), pk=pk)
    form = StockForm(request.POST, auto_id=f"stock-{pk}-%s")
    if form.is_valid() and not set_stock(record.pk, form.cleaned_data["num_in_stock"]):
        record.refresh_from_db()
        promised = _("%(count)s are promised to shoppers already, so there must be at least as many.")
        form.add_error("num_in_stock", promised % {"count": record.num_allocated})
    if not form.is_valid():
        return _listings_page(request, (record.pk, form), 422)
    messages.success(request, _("The stock is changed."))
    query = request.GET.urlencode()
    return HttpResponseRedirect(reverse("studio:listings") + (f"?{query}" if query else "") + f"#stock-{pk}")
