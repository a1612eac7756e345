"""What a moderator sees, first cut: every maker and how they stand."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from artisans.models import Artisan


@login_required
@require_safe
def makers(request):
    if not request.user.has_perm("artisans.change_artisan"):
        raise Http404
    found = Artisan.objects.annotate(
        products=Count("partner__stockrecords", distinct=True),
        people=Count("memberships", distinct=True),
        open_parcels=Count("partner__parcels", filter=Q(partner__parcels__status="new"), distinct=True),
    ).order_by("status", "country", "name")
    status, text = request.GET.get("status", ""), request.GET.get("q", "").strip()[:100]
    if status in dict(Artisan.STATUSES):
        found = found.filter(status=status)
    if text:
        found = found.filter(Q(name__icontains=text) | Q(native_name__icontains=text) | Q(slug__icontains=text))
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    context = {"page": page, "status": status, "text": text, "statuses": Artisan.STATUSES}
    return render(request, "artisans/moderation/makers.html", context)
