"""The page of one listing."""

from babel.units import format_unit
from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from oscar.apps.catalogue import views
from oscar.core.loading import get_model

from shop.alternates import alternates
from shop.basket.forms import AddForm
from shop.catalogue.reading import is_on_show, read_listing
from shop.catalogue.structured import product_data
from shop.currency.money import babel_locale, format_money
from shop.currency.rates import RateMissing
from shop.kept import Kept
from shop.listings.countries import country_name
from shop.listings.crafts import lineage
from shop.listings.models import ShippingOffer
from shop.order.reviews import reviews_of
from shop.settlement.showing import before_buying
from shop.shipping.destination import choose_country, country_of
from shop.shipping.parcels import method_for, zone_between

Product = get_model("catalogue", "Product")
_offers_of = Kept(lambda partner: ShippingOffer.objects.filter(partner=partner).order_by("pk"))


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
    """What the listing's template shows. `product` is of `read_listing`; `form` may hold what was typed."""
    language = get_language()
    listing, artisan = product.listing, product.artisan
    text = listing.text(language)
    records = product.records
    cheapest = min(records, key=lambda record: record.price)
    pictures = [
        {"id": image.pk, "caption": image.caption, "alt": image.caption or _alt(text.title, number)}
        for number, image in enumerate(product.images.all(), start=1)
    ]
    materials = listing.material_labels(language)
    country = country_of(request)
    path = product.get_absolute_url()
    shipping = shipping_of(request, artisan, country)
    maker_text = artisan.text(language)
    own_text = listing.text(listing.language) if text.language != listing.language else None
    split = split_of(request, cheapest, listing.craft, form, shipping)
    return {
        **alternates(path),
        "steady": said_below(request, listing, artisan, [text, own_text, maker_text], shipping, split, country),
        "product": product,
        "listing": listing,
        "artisan": artisan,
        "text": text,
        "own_text": own_text,
        "pictures": pictures,
        "materials": list(zip(listing.materials, materials, strict=True)),
        "crafts": list(reversed(lineage(listing.craft))),
        "place": artisan.place_in(language),
        "maker_text": maker_text,
        "form": form,
        "price": form.infos[cheapest.product_id].price,
        "own_price": format_money(cheapest.price, cheapest.price_currency, language),
        "own_currency": cheapest.price_currency,
        "varies": len({record.price for record in records}) > 1,
        "weight": weight_of(listing, language),
        "country": country,
        "reviews": reviews_of(product),
        "shipping": shipping,
        "split": split,
        "structured": product_data(
            product, text, settings.SITE_URL + path, list(form.infos.values()), pictures, materials
        ),
    }


def said_below(request, listing, artisan, texts: list, shipping: list[dict], split, country: str) -> str:
    """All that the lower half of the page says, as text: the half is kept under it, so that other words are never
    shown in its place. Whatever the template shows there must be named here (`test_detail_below.py` holds it)."""
    own = ("craft", "materials", "size", "weight_g", "days_to_make", "place")
    face = ("pk", "slug", "name", "native_name", "country", "since", "language", "portrait")
    return repr(
        (
            request.path,
            request.currency,
            country,
            [getattr(listing, name) for name in own],
            [str(getattr(artisan, name)) for name in face],
            artisan.place_in(get_language()),
            [(text.language, getattr(text, "title", ""), text.story) for text in texts if text],
            [_said_of(row) for row in shipping],
            split,
        )
    )


def _said_of(row: dict) -> tuple:
    offer, method = row["offer"], row["method"]
    charge = method.charge if method else None
    return row["zone"], row["here"], charge, offer.code, offer.price, offer.currency, row["days_min"], row["days_max"]


def split_of(request, record, craft: str, form: AddForm, shipping: list[dict]):
    """Where the money for the cheapest piece, sent the first way to the shopper, goes; None where it cannot be told."""
    price = form.infos[record.product_id].price
    method = shipping[0]["method"] if shipping and shipping[0]["here"] else None
    if not price.exists:
        return None
    return before_buying(record, craft, price.incl_tax, method, request.currency, request.strategy.rates)


def _alt(title: str, number: int) -> str:
    return title if number == 1 else _("%(title)s, picture %(number)s") % {"title": title, "number": number}


def weight_of(listing, language: str) -> str:
    """The weight as readers write it, in grams or, from one kilogram on, in kilograms."""
    if not listing.weight_g:
        return ""
    heavy = listing.weight_g >= 1000
    amount, unit = (listing.weight_g / 1000, "mass-kilogram") if heavy else (listing.weight_g, "mass-gram")
    return format_unit(amount, unit, "short", locale=babel_locale(language))


def shipping_of(request, artisan, country: str) -> list[dict]:
    """Each way the maker sends one piece, the shopper's zone first: zone, method (None without a rate), offer,
    here, days_min and days_max (as text)."""
    zone = zone_between(artisan.country, country)
    names = {
        ShippingOffer.DOMESTIC: country_name(artisan.country, get_language()),
        ShippingOffer.REGION: _("Other countries of the region"),
        ShippingOffer.WORLD: _("The rest of the world"),
    }
    order = list(names)
    rows = []
    for offer in _offers_of(artisan.partner_id):
        try:
            method = method_for(offer, 1, request.currency, request.strategy.rates)
        except RateMissing:
            method = None
        rows.append(
            {
                "zone": names[offer.zone],
                "offer": offer,
                "method": method,
                "here": offer.zone == zone,
                "days_min": str(offer.days_min),
                "days_max": str(offer.days_max),
            }
        )
    return sorted(rows, key=lambda row: (not row["here"], order.index(row["offer"].zone), row["offer"].price))
