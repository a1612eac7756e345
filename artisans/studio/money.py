"""A maker's money: what is owed, what is on its way, where it goes."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from artisans.studio.money_reading import purse_of
from artisans.studio.views import my_artisans


@login_required
@require_safe
def money(request):
    artisans = my_artisans(request.user)
    context = {"purses": [purse_of(artisan) for artisan in artisans], "several": len(artisans) > 1}
    return render(request, "artisans/studio/money.html", context)
