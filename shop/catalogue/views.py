"""The page of one listing."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from oscar.apps.catalogue import views
from oscar.core.loading import get_model

from shop.catalogue.pages import ListingPage, page_of
from shop.catalogue.reading import read_rows
from shop.order.reviews import reviews_of
from shop.shipping.destination import ANOTHER, choose_country, country_of

Product = get_model("catalogue", "Product")


class ProductDetailView(views.ProductDetailView):
    """Oscar's name for it; everything the page shows is read by `read_rows` in one query or two."""

    template_name = "oscar/catalogue/detail.html"

    def get(self, request, **kwargs):
        rows = read_rows(kwargs["pk"])
        page = page_of(request, rows) if rows else None
        if page is None:
            return self.not_on_show(kwargs["pk"])
        if kwargs["product_slug"] != page.slug:
            return redirect(page.path, permanent=True)
        if request.GET.get("country") == ANOTHER:
            return render(request, "oscar/catalogue/country.html", {"page": page, "country": country_of(request)})
        if "country" in request.GET:
            choose_country(request, request.GET["country"])
            return redirect(page.path + "#shipping")
        return render(request, self.template_name, listing_context(page))

    def not_on_show(self, pk: int):
        """A variant has no page of its own, its listing's shows it; a listing that was on show once leads on."""
        product = get_object_or_404(Product.objects.select_related("parent", "listing"), pk=pk)
        if product.parent:
            return redirect(product.parent.get_absolute_url(), permanent=True)
        if not hasattr(product, "listing"):
            raise Http404
        return render(self.request, "oscar/catalogue/gone.html", {"craft": product.listing.craft}, status=404)


def listing_context(page: ListingPage) -> dict:
    """What the listing's template shows."""
    return {"page": page, "reviews": reviews_of(page.pk) if page.rating is not None else []}
