"""What went back in the demo: a piece and a shipping given back, a parcel called off, returns in two states, a payment
that its bank was asked to take back. All through the services that real ones go through."""

from collections.abc import Callable

from marketplace.demo.orders import attempt_of
from shop.checkout.gateway import get_gateway
from shop.sandbox import afterwards
from shop.sandbox.models import SandboxSession
from shop.settlement.cancelling import MAKER, cancel
from shop.settlement.disputing import settle_dispute
from shop.settlement.giving_back import Asked, give_back, left_of
from shop.settlement.models import Payment, Refund, Return, Sale
from shop.settlement.refunding import send_refund
from shop.settlement.returns import approve_return, receive_return, request_return


def seed_going_back(say: Callable[[str], None]) -> None:
    """Once, for the orders of `data/orders.json` that are named here; none where there are no orders."""
    if Refund.objects.filter(key__startswith="demo-").exists():
        return
    for key, happen in _HAPPENED.items():
        sale = Sale.objects.select_related("order").filter(attempt=attempt_of(key)).first()
        if sale:
            happen(sale.order)
    for refund in Refund.objects.filter(status=Refund.REQUESTED).select_related("payment"):
        send_refund(refund)
    say(f"{Refund.objects.count()} refunds, {Return.objects.count()} returns, one dispute")


def _one_piece(order) -> None:
    parcel = order.parcels.first()
    line = left_of(parcel).lines[0].line
    give_back(order, [Asked(parcel, {line.pk: 1})], key="demo-piece", reason="It got wet on the way.")


def _shipping(order) -> None:
    parcel = order.parcels.first()
    shipping = left_of(parcel).shipping
    give_back(order, [Asked(parcel, {}, shipping)], key="demo-shipping", reason="It came two weeks late.")


def _called_off(order) -> None:
    cancel(order.parcels.first().pk, MAKER, reason="The wool for this colour has run out.")


def _asked_to_return(order) -> Return:
    parcel = order.parcels.first()
    line = left_of(parcel).lines[0].line
    return request_return(
        parcel.pk, {line.pk: 1}, Return.DAMAGED, "The rim has a crack, see where it meets the handle."
    )


def _returned(order) -> None:
    asked = _asked_to_return(order)
    approve_return(asked.pk, address=asked.parcel.partner.name, label="", person=None)
    receive_return(asked.pk, on_sale_again=False, person=None)


def _disputed(order) -> None:
    payment = Payment.objects.get(order=order, status=Payment.PAID)
    made = afterwards.dispute(SandboxSession.objects.get(key=payment.key))
    settle_dispute(get_gateway(payment.gateway).look_up_dispute(made.reference))


# By the key of the planned order.
_HAPPENED: dict[str, Callable] = {
    "timur": _one_piece,
    "lena": _shipping,
    "aida": _called_off,
    "viktor": _asked_to_return,
    "aibek": _returned,
    "james": _disputed,
}
