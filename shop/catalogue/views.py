"""The page of one listing."""

from django.http import Http404
from django.shortcuts import redirect, render
from oscar.apps.catalogue import views
from oscar.core.loading import get_model

from shop.catalogue.pages import ListingPage, page_of
from shop.catalogue.reading import listing_of, read_rows
from shop.order.reviews import reviews_of
from shop.shipping.destination import choose_country

Product = get_model("catalogue", "Product")


class ProductDetailView(views.ProductDetailView):
    """Oscar's name for it; everything the page shows is read by `read_rows` in a fixed number of queries."""

    template_name = "oscar/catalogue/detail.html"

    def get(self, request, **kwargs):
        rows = read_rows(kwargs["pk"])
        if rows is None:
            return self.variant_or_404(kwargs["pk"])
        page = page_of(request, rows)
        if page is None:
            craft = listing_of(rows).listing.craft
            return render(request, "oscar/catalogue/gone.html", {"craft": craft}, status=404)
        if kwargs["product_slug"] != page.slug:
            return redirect(page.path, permanent=True)
        if "country" in request.GET:
            choose_country(request, request.GET["country"])
            return redirect(page.path + "#shipping")
        return render(request, self.template_name, listing_context(page))

    def variant_or_404(self, pk: int):
        """A variant has no page of its own; its listing's shows it."""
        variant = Product.objects.filter(pk=pk, parent__isnull=False).select_related("parent").first()
        if variant is None:
            raise Http404
        return redirect(variant.parent.get_absolute_url(), permanent=True)


def listing_context(page: ListingPage) -> dict:
    """What the listing's template shows."""
    return {"page": page, "reviews": reviews_of(page.pk) if page.rating is not None else []}
