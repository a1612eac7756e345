"""What the gateway took: read from its own books some time after a payment, in the background."""

from django.db import transaction

from shop.checkout.gateway import get_gateway
from shop.outbox.services import enqueue, handles
from shop.settlement import booking
from shop.settlement.models import Payment, PaymentCharge


class NotYet(Exception):
    """The gateway's books do not say yet; it is asked again later."""


def read_later(payment: Payment) -> None:
    """Asks for the charge of a payment after commit, until the gateway knows it."""
    enqueue("charge", {"payment": payment.pk}, key=payment.key)


@handles("charge")
def read(payload: dict) -> None:
    read_charge(Payment.objects.get(pk=payload["payment"]))


def read_charge(payment: Payment) -> PaymentCharge:
    """Writes down what a payment brought and what the gateway took; a second time finds the first. NotYet when it does
    not know yet, GatewayDown may be raised."""
    known = PaymentCharge.objects.filter(payment=payment).first()
    if known:
        return known
    facts = get_gateway(payment.gateway).look_up_charge(payment)
    if facts is None:
        raise NotYet(payment.key)
    with transaction.atomic():
        charge, _created = PaymentCharge.objects.get_or_create(
            payment=payment,
            defaults={
                "reference": facts.reference,
                "balance_reference": facts.balance_reference,
                "amount": facts.amount,
                "fee": facts.fee,
                "net": facts.net,
                "currency": facts.currency,
                "rate": facts.rate,
            },
        )
        booking.book_gateway_fee(payment, facts.fee, facts.currency, facts.amount)
    return charge
