"""Checking out on one page, paying at the gateway, and coming back."""

import logging

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from oscar.core.loading import get_model

from shop.basket.reading import prepare
from shop.checkout.forms import CheckoutForm, initial_from
from shop.checkout.gateway import GatewayDown, NotSetUp, get_gateway
from shop.checkout.payments import ask, expire, open_page, open_payment
from shop.order import placing
from shop.order.links import order_for, track_path
from shop.settlement.models import Payment
from shop.shipping.destination import country_of, destinations, remember
from shop.shipping.parcels import split

logger = logging.getLogger(__name__)
Basket = get_model("basket", "Basket")


class CheckoutView(View):
    """One page. Changing the country or a parcel's shipping and asking to see the new total (`refresh`) shows the
    page again with everything typed; sending it places the order and goes on to the gateway."""

    template_name = "oscar/checkout/checkout.html"

    def get(self, request):
        if request.basket.is_empty:
            return self._elsewhere(request)
        address = None
        if request.user.is_authenticated:
            address = request.user.addresses.order_by("-is_default_for_shipping", "-num_orders_as_shipping_address").first()
        initial = initial_from(request.user, address) if request.user.is_authenticated else {}
        country = request.GET.get("country") or initial.get("country") or country_of(request)
        country = country if country in destinations() else country_of(request)
        form = CheckoutForm(initial={**initial, "country": country}, country=country)
        return self._page(request, form, country)

    def post(self, request):
        country = request.POST.get("country", "")
        country = country if country in destinations() else country_of(request)
        form = CheckoutForm(request.POST, country=country)
        if "refresh" in request.POST:
            fresh = CheckoutForm(initial=request.POST.dict(), country=country)
            return self._page(request, fresh, country)
        valid = form.is_valid()
        # A basket that was ordered in another window is found by the attempt, so look before asking for a basket.
        if not valid:
            return self._elsewhere(request) if request.basket.is_empty else self._page(request, form, country, 422)
        return self._place(request, form, country)

    def _place(self, request, form, country: str):
        try:
            gateway = get_gateway().code
            order = placing.place_order(self._checkout(request, form), gateway)
        except NotSetUp:
            form.add_error(None, _("Payment is not set up on this site yet, so it takes no orders. Nothing was charged."))
        except placing.BasketEmpty:
            return self._elsewhere(request)
        except placing.SoldOut as sold:
            for line, left in sold.left.items():
                form.add_error(None, self._sold_out(line, left))
        except placing.DoesNotShip as lost:
            for partner in lost.partners:
                form.add_error(None, _("%(maker)s does not send to this country.") % {"maker": partner.name})
        except placing.QuoteChanged:
            form.add_error(None, _("Prices or shipping changed while you were here. Please look at the new total and confirm again."))
        else:
            remember(request, country)
            return go_to_payment(request, order)
        return self._page(request, form, country, 409)

    def _checkout(self, request, form) -> placing.Checkout:
        data = form.cleaned_data
        user = request.user if request.user.is_authenticated else None
        return placing.Checkout(
            basket_id=request.basket.pk or self._ordered_basket(data["attempt"]),
            attempt=data["attempt"],
            quote=data["quote"],
            currency=request.currency,
            language=get_language(),
            address=form.address(),
            choices=self._choices(request),
            user=user,
            guest_email=data["email"],
            note=data["note"],
        )

    def _ordered_basket(self, attempt) -> int:
        basket = Basket.objects.filter(order__sale__attempt=attempt).values_list("pk", flat=True).first()
        if basket is None:
            raise placing.BasketEmpty
        return basket

    def _choices(self, request) -> dict[int, str]:
        """The chosen shipping of each parcel: fields named `shipping-<partner id>`."""
        prefix = "shipping-"
        return {
            int(name[len(prefix) :]): value
            for name, value in request.POST.items()
            if name.startswith(prefix) and name[len(prefix) :].isdigit()
        }

    def _sold_out(self, line, left: int) -> str:
        title = line.product.get_title()
        if left:
            return _("Only %(count)s of “%(title)s” are left. Please change your basket.") % {"count": left, "title": title}
        return _("“%(title)s” was just sold to someone else. Please take it out of your basket; nothing was charged.") % {
            "title": title
        }

    def _page(self, request, form, country: str, status: int = 200):
        basket = prepare(request.basket, request.user)
        parcels = split(basket, country, self._choices(request), request.strategy.rates)
        goods = basket.total_incl_tax
        shipping = sum(parcel.chosen.charge for parcel in parcels if parcel.chosen)
        context = {
            "form": form,
            "basket": basket,
            "parcels": parcels,
            "country": country,
            "goods": goods,
            "shipping": shipping,
            "total": goods + shipping,
            "quote": placing.quote_of(basket, parcels),
            "blocked": [parcel for parcel in parcels if parcel.chosen is None],
        }
        return render(request, self.template_name, context, status=status)

    def _elsewhere(self, request):
        messages.info(request, _("Your basket is empty. If you ordered in another window, the confirmation is in your mail."))
        return redirect("basket:summary")


def go_to_payment(request, order):
    """On to the gateway's page; where it does not answer, to the order, which says how to go on."""
    try:
        payment = open_payment(order, get_gateway().code)
        return HttpResponseRedirect(open_page(payment))
    except (GatewayDown, NotSetUp):
        logger.warning("gateway away for order %s", order.number)
        messages.warning(
            request,
            _("The payment service does not answer. Your order is kept and nothing was charged; please try to pay again in a minute."),
        )
        return HttpResponseRedirect(track_path(order))


class PayView(View):
    """Tries to pay again for an order that is still waiting."""

    def post(self, request, number: str, token: str):
        order = order_for(number, token)
        if order.status != "pending payment":
            return HttpResponseRedirect(track_path(order))
        return go_to_payment(request, order)


class CancelView(View):
    """Gives up an unpaid order: the stock goes back, the basket is open again."""

    def post(self, request, number: str, token: str):
        order = order_for(number, token)
        if order.status == "pending payment":
            try:
                expire(order, status="cancelled")
            except (GatewayDown, NotSetUp):
                messages.warning(request, _("The payment service does not answer; please try again in a minute."))
                return HttpResponseRedirect(track_path(order))
        order.refresh_from_db()
        if order.status != "cancelled":
            return HttpResponseRedirect(track_path(order))
        messages.info(request, _("The order was cancelled; nothing was charged. Your basket is as it was."))
        return redirect("basket:summary")


class ReturnView(View):
    """Back from the gateway. What the address says is not believed: the gateway is asked."""

    def get(self, request, key: str):
        payment = get_object_or_404(Payment.objects.select_related("order__sale"), key=key)
        try:
            status = ask(payment)
        except (GatewayDown, NotSetUp):
            status = payment.order.status
        if status == "pending payment":
            payment.refresh_from_db()
            if payment.status == Payment.FAILED:
                messages.error(
                    request,
                    _("The payment was declined and nothing was charged. Your pieces are still held for you: try again or pay another way."),
                )
        return HttpResponseRedirect(track_path(payment.order))

