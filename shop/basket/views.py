"""The basket: adding, changing, and seeing it as one parcel for each maker."""

from dataclasses import replace

from django.contrib import messages
from django.db import transaction
from django.db.models import Sum
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from oscar.core.loading import get_model

from shop.basket.forms import AddForm
from shop.basket.reading import prepare
from shop.catalogue.pages import fields_of, page_of
from shop.catalogue.reading import listing_of, read_rows
from shop.catalogue.views import listing_context
from shop.listings.countries import country_name
from shop.settlement.vouchers import take_code
from shop.shipping.destination import choose_country, country_of
from shop.shipping.parcels import split

Product = get_model("catalogue", "Product")


class BasketView(View):
    """The basket page. It is read as it is now: what sold out or changed its price since is said on the line."""

    def get(self, request):
        if "country" in request.GET:
            choose_country(request, request.GET["country"])
            return redirect("basket:summary")
        basket = prepare(request.basket, request.user)
        country = country_of(request)
        parcels = split(basket, country, {}, request.strategy.rates) if basket.pk else []
        lines = [line for parcel in parcels for line in parcel.lines]
        pieces = sum(line.quantity for line in lines)
        goods = basket.total_incl_tax if parcels else 0
        shipping = sum(parcel.chosen.charge for parcel in parcels if parcel.chosen)
        context = {
            "parcels": parcels,
            "pieces": pieces,
            "basket_count": pieces,
            "country": country,
            "country_label": country_name(country, get_language()),
            "before": basket.total_incl_tax_excl_discounts if parcels else 0,
            "discount": basket.total_discount if parcels else 0,
            "shipping": shipping,
            "total": goods + shipping,
            "vouchers": basket.vouchers.all() if parcels else [],
            "troubled": any(line.problem for line in lines),
            "unreached": [parcel for parcel in parcels if parcel.chosen is None],
        }
        return render(request, "oscar/basket/basket.html", context)


class BasketAddView(View):
    """Adds a piece and shows the basket; a wrong form shows the listing again with what was typed."""

    def get(self, request, pk: int):
        return redirect(get_object_or_404(Product, pk=pk).get_absolute_url())

    def post(self, request, pk: int):
        rows = read_rows(pk)
        page = page_of(request, rows) if rows else None
        if rows is None or page is None:
            messages.error(request, _("This piece is no longer on sale."))
            return redirect("search:search")
        product = listing_of(rows)
        form = AddForm(product, request.strategy, request.POST)
        if form.is_valid() and self.fits(request, form):
            return self.add(request, form)
        again = replace(page, fields=fields_of(product, form, varies=page.varies))
        return render(request, "oscar/catalogue/detail.html", listing_context(again), status=422)

    def fits(self, request, form) -> bool:
        """What lies in the basket already counts as well."""
        record, quantity = form.cleaned_data["record"], form.cleaned_data["quantity"]
        inside = sum(line.quantity for line in request.basket.all_lines() if line.stockrecord_id == record.pk)
        left = max(0, record.net_stock_level)
        if inside + quantity <= left:
            return True
        form.add_error(
            "quantity",
            _("Only %(count)s left, and %(inside)s of it are in your basket.") % {"count": left, "inside": inside},
        )
        return False

    def add(self, request, form):
        bought, quantity = form.cleaned_data["record"].product, form.cleaned_data["quantity"]
        with transaction.atomic():
            request.basket.add_product(bought, quantity, form.options())
        title = form.product.listing.text(request.LANGUAGE_CODE).title
        messages.success(request, _("“%(title)s” is in your basket.") % {"title": title})
        return HttpResponseRedirect(reverse("basket:summary"))


class LineView(View):
    """Changes how many of a line, or takes it out (0)."""

    def post(self, request, pk: int):
        lines = request.basket.lines.select_related("stockrecord") if request.basket.pk else None
        line = lines.filter(pk=pk).first() if lines is not None else None
        if line is None:
            messages.warning(request, _("That piece is no longer in your basket."))
            return redirect("basket:summary")
        wanted = "0" if "remove" in request.POST else request.POST.get("quantity", "").strip()
        if not (wanted.isascii() and wanted.isdigit() and len(wanted) <= 4):
            messages.error(
                request, _("“%(value)s” is not a number of pieces; nothing was changed.") % {"value": wanted[:20]}
            )
        elif int(wanted) == 0:
            line.delete()
            messages.info(request, _("The piece was taken out of your basket."))
        else:
            self.change(request, line, int(wanted))
        return redirect("basket:summary")

    def change(self, request, line, quantity: int) -> None:
        """The same piece with other words on it is another line; together they cannot be more than there are."""
        others = request.basket.lines.filter(stockrecord=line.stockrecord).exclude(pk=line.pk)
        taken = others.aggregate(pieces=Sum("quantity"))["pieces"] or 0
        left = max(0, (line.stockrecord.net_stock_level or 0) - taken)
        if quantity > left:
            messages.warning(request, self.too_many(left, line.quantity))
            quantity = min(left, quantity) or line.quantity
        line.quantity = quantity
        line.save(update_fields=["quantity"])

    def too_many(self, left: int, now: int) -> str:
        if left:
            return _("Only %(count)s left; your basket has that many now.") % {"count": left}
        return _("This piece sold out; the number in your basket (%(count)s) was not changed.") % {"count": now}


class VoucherView(View):
    """Puts a voucher into the basket by its code, or (with `remove`: its id) takes one out."""

    def post(self, request):
        basket = request.basket
        if basket.pk is None:
            return redirect("basket:summary")
        if "remove" in request.POST:
            basket.vouchers.remove(*basket.vouchers.filter(pk__in=_number(request.POST["remove"])))
            messages.info(request, _("The voucher was taken out of your basket."))
            return redirect("basket:summary")
        problem = take_code(basket, request.POST.get("code", "")[:128], request.user)
        if problem:
            messages.error(request, problem)
        else:
            messages.success(request, _("The voucher is in your basket."))
        return redirect("basket:summary")


def _number(typed: str) -> list[int]:
    return [int(typed)] if typed.isascii() and typed.isdigit() and len(typed) < 12 else []
