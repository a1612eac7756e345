"""The page of one listing."""

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import get_language
from oscar.apps.catalogue import views
from oscar.core.loading import get_model

from shop.basket.forms import AddForm
from shop.listings.models import ShippingOffer

Product = get_model("catalogue", "Product")
StockRecord = get_model("partner", "StockRecord")


class ProductDetailView(views.ProductDetailView):
    """Oscar's detail view over a queryset of ours: everything the page shows, in a fixed number of queries."""

    template_name = "oscar/catalogue/detail.html"
    enforce_paths = True

    def get_queryset(self):
        records = Prefetch("stockrecords", StockRecord.objects.select_related("partner__artisan"))
        children = Product.objects.filter(is_public=True).prefetch_related(
            records, Prefetch("attribute_values", to_attr="values"), "attribute_values__attribute",
            "attribute_values__value_option",
        )
        return Product.objects.select_related("listing", "product_class").prefetch_related(
            "listing__texts", "images", records, Prefetch("children", children.order_by("pk"))
        )

    def get_object(self, queryset=None):
        product = super(views.ProductDetailView, self).get_object(queryset or self.get_queryset())
        if not hasattr(product, "listing") and not product.is_child:
            raise Http404
        return product

    def get(self, request, **kwargs):
        self.object = product = self.get_object()
        if product.is_child:
            return redirect(product.parent.get_absolute_url(), permanent=True)
        artisan = self.artisan_of(product)
        if not product.is_public or artisan is None or artisan.status != "approved":
            raise Http404
        if kwargs["product_slug"] != product.slug:
            return redirect(product.get_absolute_url(), permanent=True)
        return self.render_to_response(self.get_context_data(object=product, artisan=artisan))

    def artisan_of(self, product):
        owners = [product, *product.children.all()]
        records = [record for owner in owners for record in owner.stockrecords.all()]
        return getattr(records[0].partner, "artisan", None) if records else None

    def get_context_data(self, **kwargs):
        language = get_language()
        product, artisan, strategy = self.object, kwargs["artisan"], self.request.strategy
        is_parent = product.is_parent
        info = strategy.fetch_for_parent(product) if is_parent else strategy.fetch_for_product(product)
        records = [record for owner in (product, *product.children.all()) for record in owner.stockrecords.all()]
        return {
            **kwargs,
            "view": self,
            "product": product,
            "listing": product.listing,
            "text": product.listing.text(language),
            "own_text": product.listing.text(product.listing.language),
            "info": info,
            "own": min(records, key=lambda record: record.price or 0) if records else None,
            "varies": len({record.price for record in records}) > 1,
            "form": AddForm(product, strategy),
            "offers": list(ShippingOffer.objects.filter(partner=artisan.partner_id)),
            "images": list(product.images.all()),
        }
