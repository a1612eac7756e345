"""What a moderator sees, first cut: every maker and how they stand."""

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from oscar.core.loading import get_model

from artisans.models import Artisan, Membership
from artisans.moderation.rights import allowed_to
from shop.paging import page_of
from shop.settlement.models import Parcel

StockRecord = get_model("partner", "StockRecord")


def _count(queryset, by: str, matches: str) -> Coalesce:
    """How many rows of `queryset` have in `by` what the maker has in `matches`; counted apart: nothing multiplies."""
    rows = queryset.filter(**{by: OuterRef(matches)}).order_by().values(by).annotate(rows=Count("pk")).values("rows")
    return Coalesce(Subquery(rows), 0)


@allowed_to("artisans.change_artisan")
@require_safe
def makers(request):
    found = Artisan.objects.order_by("status", "country", "name")
    status, text = request.GET.get("status", ""), request.GET.get("q", "").strip()[:100]
    if status in dict(Artisan.STATUSES):
        found = found.filter(status=status)
    if text:
        found = found.filter(Q(name__icontains=text) | Q(native_name__icontains=text) | Q(slug__icontains=text))
    found = found.annotate(
        products=_count(StockRecord.objects.all(), "partner", "partner"),
        people=_count(Membership.objects.all(), "artisan", "pk"),
        open_parcels=_count(Parcel.objects.filter(status=Parcel.NEW, order__status="paid"), "partner", "partner"),
    )
    page = page_of(request, found, 50)
    for artisan in page:
        artisan.shown_place = artisan.place_in(get_language())
    standing = dict(Artisan.objects.order_by().values_list("status").annotate(makers=Count("pk")))
    context = {
        "page": page,
        "status": status,
        "text": text,
        "statuses": [(code, label, standing.get(code, 0)) for code, label in Artisan.STATUSES],
    }
    return render(request, "artisans/moderation/makers.html", context)
