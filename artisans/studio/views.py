"""What a maker sees: their own parcels and listings, and nothing of anyone else's."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from oscar.core.loading import get_model

from artisans.models import Artisan
from artisans.querysets import for_user
from artisans.studio.forms import ShipForm, StockForm
from artisans.studio.services import set_stock
from shop.settlement import parcels as parcel_services
from shop.settlement.models import Parcel

StockRecord = get_model("partner", "StockRecord")
# A maker hears of an order when it is paid, not before.
VISIBLE = ("paid", "complete")


def my_parcels(user):
    return (
        for_user(Parcel.objects.filter(order__status__in=VISIBLE), user)
        .select_related("order__shipping_address", "order__sale", "partner__artisan")
        .prefetch_related("order__lines__attributes", "order__lines__frozen", "order__lines__product__images")
    )


def my_artisans(user) -> list[Artisan]:
    """The makers this user acts for; 404 for somebody who acts for none."""
    found = list(Artisan.objects.for_user(user))
    if not found:
        raise Http404
    return found


@login_required
@require_safe
def index(request):
    artisans = my_artisans(request.user)
    waiting = my_parcels(request.user).filter(status__in=[Parcel.NEW, Parcel.ACCEPTED]).order_by("pk")
    return render(request, "artisans/studio/index.html", {"artisans": artisans, "waiting": waiting[:20]})


@login_required
@require_safe
def parcels(request):
    my_artisans(request.user)
    page = Paginator(my_parcels(request.user).order_by("-pk"), 30).get_page(request.GET.get("page"))
    return render(request, "artisans/studio/parcels.html", {"page": page})


@login_required
@require_safe
def parcel(request, pk: int):
    found = get_object_or_404(my_parcels(request.user), pk=pk)
    form = ShipForm(initial={"carrier": found.carrier, "tracking": found.tracking})
    return render(request, "artisans/studio/parcel.html", {"parcel": found, "form": form})


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
        return render(request, "artisans/studio/parcel.html", {"parcel": found, "form": form}, status=422)
    try:
        parcel_services.ship(found.pk, **form.cleaned_data)
    except parcel_services.WrongState:
        messages.error(request, _("This parcel cannot be sent any more."))
    else:
        messages.success(request, _("Marked as sent. The shopper gets a mail with the tracking number."))
    return redirect("studio:parcel", pk=pk)


def my_stock(user):
    return (
        for_user(StockRecord.objects.all(), user)
        .select_related("product__listing", "product__parent__listing", "partner__artisan")
        .prefetch_related("product__images", "product__parent__images", "product__listing__texts",
                          "product__parent__listing__texts")
    )


@login_required
@require_safe
def listings(request):
    my_artisans(request.user)
    page = Paginator(my_stock(request.user).order_by("product__title", "pk"), 50).get_page(request.GET.get("page"))
    return render(request, "artisans/studio/listings.html", {"page": page})


@login_required
@require_POST
def stock(request, pk: int):
    record = get_object_or_404(my_stock(request.user), pk=pk)
    form = StockForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("“%(value)s” is not a number of pieces.") % {"value": request.POST.get("num_in_stock", "")[:20]})
    elif not set_stock(record.pk, form.cleaned_data["num_in_stock"]):
        messages.error(request, _("More pieces than that are promised to shoppers already."))
    else:
        messages.success(request, _("The stock was changed."))
    return redirect("studio:listings")
