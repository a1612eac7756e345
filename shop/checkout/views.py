"""Checking out on one page, paying at the gateway, and coming back."""

import logging
import uuid
from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from oscar.core.loading import get_model

from shop.basket.reading import prepare
from shop.checkout import typed as typed_before
from shop.checkout.charging import CannotCharge
from shop.checkout.forms import CheckoutForm, initial_from, read_attempt
from shop.checkout.gateway import GatewayDown, NotSetUp, Refused, gateways, get_gateway
from shop.checkout.notices import cannot_charge, told_before_paying
from shop.checkout.payments import Ended, ask, expire, open_page, open_payment
from shop.listings.countries import country_name
from shop.order import placing
from shop.order.baskets import ENDED
from shop.order.links import order_for, track_path
from shop.partner.showing import is_on_sale
from shop.settlement.models import Payment
from shop.shipping.destination import country_of, destinations, remember
from shop.shipping.parcels import split

logger = logging.getLogger(__name__)
Basket = get_model("basket", "Basket")
UserAddress = get_model("address", "UserAddress")

# Buttons that show the page again instead of ordering.
MENDING = {"fit", "drop"}
AGAIN = {"refresh", "address", *MENDING}
MOST_ADDRESSES = 10


class CheckoutView(View):
    """One page. Sending it places the order and goes on to the gateway; its other buttons (another country or way of
    shipping, a kept address, mending the basket) show it again with everything typed."""

    template_name = "oscar/checkout/checkout.html"

    def dispatch(self, request, *args, **kwargs):
        # Rates kept for a minute would give a quote that placing, which reads the table, refuses again and again.
        request.strategy.read_rates_anew()
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        if request.basket.is_empty:
            return self._elsewhere(request)
        address = _addresses(request.user).first()
        initial = initial_from(request.user, address) if request.user.is_authenticated else {}
        initial |= typed_before.kept(request)
        country = _known_country(request, request.GET.get("country") or initial.get("country", ""))
        form = CheckoutForm(initial={**initial, "country": country}, country=country, user=request.user)
        return self._page(request, form, country)

    def post(self, request):
        typed = request.POST.dict()
        if "address" in typed:
            typed |= self._kept_address(request, typed["address"])
        country = _known_country(request, typed.get("country", ""))
        if AGAIN.intersection(typed):
            self._mend(request)
            if not request.basket.is_empty:
                return self._page(request, CheckoutForm(initial=typed, country=country, user=request.user), country)
        form = CheckoutForm(request.POST, country=country, user=request.user)
        # A basket that was ordered from another window is found by the attempt, so an empty one may still be placed.
        if not AGAIN.intersection(typed) and form.is_valid():
            return self._place(request, form, country)
        return self._elsewhere(request) if request.basket.is_empty else self._page(request, form, country, 422)

    def _kept_address(self, request, pk: str) -> dict:
        """The fields of an address from the shopper's own book; nothing for anyone else's."""
        address = _addresses(request.user).filter(pk=pk).first() if pk.isdecimal() and len(pk) < 18 else None
        return initial_from(request.user, address) if address else {}

    def _mend(self, request) -> None:
        """Takes out what cannot be bought or sent any more: `fit` names a line, `drop` the partner of a parcel."""
        lines = prepare(request.basket).all_lines() if MENDING.intersection(request.POST) else []
        for line in lines:
            if str(line.stockrecord.partner_id) == request.POST.get("drop"):
                line.delete()
            elif str(line.pk) == request.POST.get("fit") and line.left and not line.gone:
                request.basket.lines.filter(pk=line.pk).update(quantity=line.left)
            elif str(line.pk) == request.POST.get("fit"):
                line.delete()
        request.basket._lines = None

    def _place(self, request, form, country: str):
        try:
            checkout, gateway = self._checkout(request, form), get_gateway().code
            order = placing.place_order(checkout, gateway)
            while order.status in ENDED:
                # An old page was sent again after its order had ended: that is a new attempt, the same one each time.
                checkout = replace(checkout, attempt=uuid.uuid5(checkout.attempt, order.number))
                order = placing.place_order(checkout, gateway)
        except NotSetUp:
            form.add_error(None, _("Payment is not set up on this site yet: it takes no orders. Nothing was charged."))
        except placing.BasketEmpty:
            return self._elsewhere(request)
        except placing.SoldOut as sold:
            for line, left in sold.left.items():
                form.add_error(None, self._sold_out(line, left))
        except placing.DoesNotShip as lost:
            for partner in lost.partners:
                form.add_error(None, _("%(maker)s does not send to this country.") % {"maker": partner.name})
        except CannotCharge as error:
            logger.error("cannot charge basket %s: %s", request.basket.pk, error)
            form.add_error(None, cannot_charge(error))
        except placing.QuoteChanged:
            form.add_error(
                None,
                _("Prices or shipping changed while you were here. Please look at the new total and confirm again."),
            )
        else:
            remember(request, country)
            typed_before.forget(request)
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
            guest_email=data.get("email", ""),
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
            if name.startswith(prefix) and name[len(prefix) :].isdecimal() and len(name) < 26
        }

    def _sold_out(self, line, left: int) -> str:
        title = line.product.get_title()
        if not is_on_sale(line.product, line.stockrecord):
            words = _("“%(title)s” is no longer on sale. Please take it out; nothing was charged.")
            return words % {"title": title}
        if left:
            words = _("Only %(count)s of “%(title)s” are left. Please take fewer.")
            return words % {"count": left, "title": title}
        words = _("“%(title)s” was just sold to someone else. Please take it out; nothing was charged.")
        return words % {"title": title}

    def _page(self, request, form, country: str, status: int = 200):
        basket = prepare(request.basket, request.user)
        parcels = split(basket, country, self._choices(request), request.strategy.rates)
        goods = basket.total_incl_tax
        shipping = sum(parcel.chosen.charge for parcel in parcels if parcel.chosen)
        pieces = sum(parcel.pieces for parcel in parcels)
        context = {
            "form": form,
            "parcels": parcels,
            "pieces": pieces,
            "basket_count": pieces,
            "country_label": country_name(country, get_language()),
            "addresses": _addresses(request.user)[:MOST_ADDRESSES],
            "goods": goods,
            "shipping": shipping,
            "total": goods + shipping,
            "attempt": read_attempt(request.POST.get("attempt", "")),
            **self._charge(basket, parcels),
            "payment_ready": bool(gateways()),
            "troubled": [line for line in basket.all_lines() if line.problem],
            "unreached": [parcel for parcel in parcels if parcel.chosen is None],
        }
        return render(request, self.template_name, context, status=status)

    def _charge(self, basket, parcels) -> dict:
        """What is told of the charge before paying, and the quote that includes it."""
        try:
            charge = placing.charge_for(basket, parcels)
        except CannotCharge as error:
            return {"charge": None, "cannot_charge": cannot_charge(error), "quote": placing.quote_of(basket, parcels)}
        return {
            "charge": charge,
            "charge_notice": told_before_paying(charge, basket.currency),
            "quote": placing.quote_of(basket, parcels, charge),
        }

    def _elsewhere(self, request):
        if request.method == "POST":
            typed_before.keep(request)
            if "email" not in request.POST and not request.user.is_authenticated:
                # Only who is signed in is shown a page without that field.
                messages.info(request, _("You are signed out. Sign in again and go on: your basket is kept."))
                return redirect_to_login(reverse("checkout:index"))
        messages.info(
            request, _("Your basket is empty. If you ordered in another window, the confirmation is in your mail.")
        )
        return redirect("basket:summary")


def _addresses(user):
    """The address book of a signed-in shopper, the usual one first."""
    if not user.is_authenticated:
        return UserAddress.objects.none()
    return user.addresses.order_by("-is_default_for_shipping", "-num_orders_as_shipping_address", "pk")


def _known_country(request, code: str) -> str:
    return code if code in destinations() else country_of(request)


def go_to_payment(request, order):
    """On to the gateway's page; where it does not answer, to the order, which says how to go on."""
    if order.status != "pending payment":
        return HttpResponseRedirect(track_path(order))
    try:
        payment = open_payment(order, get_gateway().code)
        return HttpResponseRedirect(open_page(payment))
    except Refused as refusal:
        logger.error("gateway refused to open a page for order %s: %s", order.number, refusal)
        messages.error(
            request,
            _("The payment service refused this payment; nothing was charged. Your order is kept: please try again."),
        )
        return HttpResponseRedirect(track_path(order))
    except Ended:
        return HttpResponseRedirect(track_path(order))
    except (GatewayDown, NotSetUp):
        logger.warning("gateway away for order %s", order.number)
        messages.warning(
            request,
            _("The payment service does not answer. Your order is kept, nothing was charged; please try again soon."),
        )
        return HttpResponseRedirect(track_path(order))


class PayView(View):
    """Tries to pay again for an order that is still waiting."""

    def post(self, request, number: str, token: str):
        return go_to_payment(request, order_for(number, token))


class CancelView(View):
    """Gives up an unpaid order: the stock goes back, the basket is open again. For an order whose time ran out, it
    only brings the basket back."""

    def post(self, request, number: str, token: str):
        order = order_for(number, token)
        if order.status == "pending payment":
            try:
                expire(order, status="cancelled")
            except (GatewayDown, NotSetUp):
                messages.warning(request, _("The payment service does not answer; please try again in a minute."))
                return HttpResponseRedirect(track_path(order))
        order.refresh_from_db()
        if order.status not in ENDED:
            return HttpResponseRedirect(track_path(order))
        take_up_again(request, order)
        messages.info(request, _("The order was ended; nothing was charged. Your basket is as it was."))
        return redirect("basket:summary")


def take_up_again(request, order) -> None:
    """Gives the open basket of an ended order back to a guest, whose browser forgot it when it was ordered.

    A signed-in shopper's baskets are found by their owner.
    """
    basket = Basket.objects.filter(pk=order.basket_id, status=Basket.OPEN, owner=None).first()
    if basket is None or request.basket.pk == basket.pk:
        return
    if request.basket.pk:
        request.basket.merge(basket, add_quantities=False)
    else:
        # The basket middleware writes the cookie of whatever basket the request ends with.
        request.basket = basket


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
                    _("The payment was declined; nothing was charged. Your pieces are still held for you: try again."),
                )
        return HttpResponseRedirect(track_path(payment.order))
