"""The basket: adding, changing, and seeing it as one parcel for each maker."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from oscar.core.loading import get_model

from shop.basket.forms import AddForm
from shop.basket.reading import prepare
from shop.shipping.destination import country_of, countries, remember
from shop.shipping.parcels import split

Basket = get_model("basket", "Basket")
Product = get_model("catalogue", "Product")


class BasketView(View):
    """The basket page. It is read as it is now: what sold out or changed its price since is said on the line."""

    def get(self, request):
        if request.GET.get("country"):
            remember(request, request.GET["country"])
        basket = prepare(request.basket, request.user)
        country = country_of(request)
        parcels = split(basket, country, {}, request.strategy.rates) if basket.pk else []
        context = {
            "basket": basket,
            "parcels": parcels,
            "country": country,
            "countries": countries(),
            "shipping": sum(parcel.chosen.charge for parcel in parcels if parcel.chosen),
            "goods": basket.total_incl_tax if parcels else 0,
            "blocked": any(not line.purchase_permitted for parcel in parcels for line in parcel.lines)
            or any(parcel.chosen is None for parcel in parcels),
        }
        context["total"] = context["goods"] + context["shipping"]
        return render(request, "oscar/basket/basket.html", context)


class BasketAddView(View):
    """Adds a piece and shows the basket; a wrong form shows the listing again with what was typed."""

    def get(self, request, pk: int):
        return redirect(get_object_or_404(Product, pk=pk).get_absolute_url())

    def post(self, request, pk: int):
        from shop.catalogue.views import ProductDetailView

        detail = ProductDetailView()
        detail.setup(request, pk=pk)
        product = get_object_or_404(detail.get_queryset(), pk=pk, parent=None, is_public=True)
        artisan = detail.artisan_of(product)
        form = AddForm(product, request.strategy, request.POST)
        if artisan is None or artisan.status != "approved":
            messages.error(request, _("This piece is no longer on sale."))
            return redirect("search:search")
        if form.is_valid() and self.fits(request, form):
            return self.add(request, form)
        detail.object = product
        context = {**detail.get_context_data(object=product, artisan=artisan), "form": form}
        return render(request, detail.template_name, context, status=422)

    def fits(self, request, form) -> bool:
        """What lies in the basket already counts as well."""
        product, quantity = form.cleaned_data["product"], form.cleaned_data["quantity"]
        inside = sum(line.quantity for line in request.basket.all_lines() if line.product_id == product.pk)
        record = form.infos[product.pk].stockrecord
        if inside + quantity <= record.net_stock_level:
            return True
        left = max(0, record.net_stock_level)
        form.add_error(
            "quantity",
            _("Only %(count)s left, and %(inside)s of it are in your basket.") % {"count": left, "inside": inside},
        )
        return False

    def add(self, request, form):
        with transaction.atomic():
            request.basket.add_product(form.cleaned_data["product"], form.cleaned_data["quantity"], form.options())
        title = form.product.listing.text(request.LANGUAGE_CODE).title
        messages.success(request, _("“%(title)s” is in your basket.") % {"title": title})
        return HttpResponseRedirect(reverse("basket:summary"))


class LineView(View):
    """Changes how many of a line, or takes it out (0)."""

    def post(self, request, pk: int):
        line = request.basket.lines.filter(pk=pk).select_related("product", "stockrecord").first() if request.basket.pk else None
        if line is None:
            messages.warning(request, _("That piece is no longer in your basket."))
            return redirect("basket:summary")
        if "remove" in request.POST:
            line.delete()
            messages.info(request, _("The piece was taken out of your basket."))
            return redirect("basket:summary")
        wanted = request.POST.get("quantity", "").strip()
        if not (wanted.isascii() and wanted.isdigit() and len(wanted) <= 4):
            messages.error(request, _("“%(value)s” is not a number of pieces.") % {"value": wanted[:20]})
        elif int(wanted) == 0:
            line.delete()
        else:
            self.change(request, line, int(wanted))
        return redirect("basket:summary")

    def change(self, request, line, quantity: int) -> None:
        left = max(0, line.stockrecord.net_stock_level or 0)
        if quantity > left:
            messages.warning(request, _("Only %(count)s left; your basket has that many now.") % {"count": left})
            quantity = left or line.quantity
        line.quantity = quantity
        line.save(update_fields=["quantity"])
