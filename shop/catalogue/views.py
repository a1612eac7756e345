"""The page of one listing."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from oscar.apps.catalogue import views
from oscar.core.loading import get_model

from shop.addresses import address_of
from shop.alternates import alternates
from shop.basket.forms import AddForm
from shop.catalogue.reading import is_on_show, read_listing
from shop.catalogue.saying import html_of, listing_said
from shop.catalogue.structured import product_data
from shop.order.reviews import reviews_of
from shop.shipping.destination import choose_country

Product = get_model("catalogue", "Product")


class ProductDetailView(views.ProductDetailView):
    """Oscar's name for it; everything the page shows is read by `read_listing` in a fixed number of queries."""

    template_name = "oscar/catalogue/detail.html"

    def get(self, request, **kwargs):
        product = read_listing(kwargs["pk"])
        if product is None:
            return self.variant_or_404(kwargs["pk"])
        if not is_on_show(product):
            return render(request, "oscar/catalogue/gone.html", {"craft": product.listing.craft}, status=404)
        if kwargs["product_slug"] != product.slug:
            return redirect(product.get_absolute_url(), permanent=True)
        if "country" in request.GET:
            choose_country(request, request.GET["country"])
            return redirect(product.get_absolute_url() + "#shipping")
        context = listing_context(request, product, AddForm(product, request.strategy))
        return render(request, self.template_name, context)

    def variant_or_404(self, pk: int):
        """A variant has no page of its own; its listing's shows it."""
        variant = Product.objects.filter(pk=pk, parent__isnull=False).select_related("parent").first()
        if variant is None:
            raise Http404
        return redirect(variant.parent.get_absolute_url(), permanent=True)


def listing_context(request, product, form: AddForm) -> dict:
    """What the listing's template shows: `shown`, the HTML of what the page says, and what is of this visit alone.
    `product` is of `read_listing`; `form` may hold what was typed."""
    said = listing_said(request, product, form)
    return {
        **alternates(said["path"]),
        "shown": html_of(said),
        "product": product,
        "listing": product.listing,
        "artisan": product.artisan,
        "title": said["title"],
        "add_url": address_of("basket:add", product.pk),
        "similar_url": address_of("search:similar", product.pk),
        "form": form,
        "varies": said["varies"],
        "reviews": reviews_of(product),
        "structured": product_data(product, said, settings.SITE_URL + said["path"], list(form.infos.values())),
    }
