"""A payment's life: its page is opened, it is settled by whoever tells first, or its time runs out.

Every step may be killed and run again. What the gateway says is the truth; we ask it before giving stock back.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone, translation
from oscar.core.loading import get_model

from shop.checkout.fees import read_later
from shop.checkout.gateway import (
    EXPIRED,
    FAILED,
    PAID,
    GatewayDown,
    NotSetUp,
    Outcome,
    PaymentPage,
    Refused,
    get_gateway,
)
from shop.listings.changes import stock_changed
from shop.order.baskets import ordered_again, take_out
from shop.order.links import track_path
from shop.order.mails import tell_of_expiry, tell_of_payment
from shop.order.placing import create_payment
from shop.outbox.ticking import each_minute
from shop.partner.stock import OutOfStock, give_back, lock, reserve
from shop.settlement import booking
from shop.settlement.models import Parcel, Payment, Sale
from shop.settlement.refunding import return_payment
from shop.settlement.vouchers import give_back_vouchers, lock_vouchers_of, take_vouchers_again

logger = logging.getLogger(__name__)
Order = get_model("order", "Order")

# A page opened a moment ago is being used; the tick asks about older ones.
ASK_AFTER = timedelta(minutes=1)
# What can still be paid.
WAITING = (Payment.CREATED, Payment.OPEN)
# Tries together hold the pieces at most so many times as long as one.
MOST_TIMES = 3


class Ended(Exception):
    """The order waits for no payment any more."""


def open_page(payment: Payment) -> str:
    """The address where the shopper pays. Asks the gateway with the payment's own key. GatewayDown may be raised;
    Refused ends this payment, and the next one may be tried."""
    if payment.page_url:
        return payment.page_url
    try:
        page = _ask_for_page(payment)
    except Refused as refusal:
        settle(payment.pk, Outcome(FAILED, str(refusal)[:60]))
        raise
    Payment.objects.filter(pk=payment.pk, status=Payment.CREATED).update(status=Payment.OPEN)
    Payment.objects.filter(pk=payment.pk).update(reference=page.reference, page_url=page.url)
    payment.reference, payment.page_url = page.reference, page.url
    return page.url


def _ask_for_page(payment: Payment) -> PaymentPage:
    order = payment.order
    with translation.override(order.sale.language):
        return_url = settings.SITE_URL + reverse("checkout:return", args=[payment.key])
        cancel_url = settings.SITE_URL + track_path(order)
    return get_gateway(payment.gateway).open_page(
        payment,
        email=order.email,
        language=order.sale.language,
        return_url=return_url,
        cancel_url=cancel_url,
        expires=order.sale.reserved_until,
    )


@transaction.atomic
def open_payment(order: Order, gateway: str) -> Payment:
    """The order's payment that can still be paid, or a new one after a failed one. Ended when the order is not waiting
    any more."""
    sale = Sale.objects.select_for_update().get(order=order)
    order.refresh_from_db(fields=["status"])
    if order.status != "pending payment":
        raise Ended
    usable = order.payments.filter(status__in=WAITING).last()
    return usable or _try_again(order, sale, gateway)


def _try_again(order: Order, sale: Sale, gateway: str) -> Payment:
    """A new try gets the whole time again, but tries without end do not keep a piece from others."""
    whole = timedelta(minutes=settings.RESERVATION_MINUTES)
    until = min(timezone.now() + whole, order.date_placed + whole * MOST_TIMES)
    sale.reserved_until = max(sale.reserved_until, until)
    sale.save(update_fields=["reserved_until"])
    order.sale = sale
    return create_payment(order, gateway)


@transaction.atomic
def settle(payment_id: int, outcome: Outcome) -> str:
    """Writes down what the gateway says. May be told the same thing any number of times, from anywhere.

    Returns the order's status afterwards.
    """
    payment = Payment.objects.select_related("order").get(pk=payment_id)
    sale = Sale.objects.select_for_update().get(order_id=payment.order_id)
    payment = Payment.objects.select_for_update().get(pk=payment_id)
    order = Order.objects.get(pk=payment.order_id)
    if payment.status in (Payment.PAID, Payment.REFUND_DUE, Payment.REFUNDED):
        return order.status
    if outcome.status == PAID and not _is_all_of(payment, outcome):
        _keep_apart(payment, outcome)
    elif outcome.status == PAID:
        _honour(order, sale, payment)
    elif outcome.status in (FAILED, EXPIRED):
        payment.status, payment.reason, payment.settled_at = outcome.status, outcome.reason, timezone.now()
        payment.save()
    return order.status


def _is_all_of(payment: Payment, outcome: Outcome) -> bool:
    """Whether the gateway was paid what we asked for, where it says how much."""
    return outcome.amount is None or (outcome.amount, outcome.currency) == (payment.amount, payment.currency)


def _keep_apart(payment: Payment, outcome: Outcome) -> None:
    """Paid, but not what was asked for: never seen, and not ours to guess about. What came lies in the books as a stray
    payment until a moderator gives it back; the order can be paid again, or expires."""
    logger.error("%s was paid %s %s instead of what was asked", payment, outcome.amount, outcome.currency)
    payment.amount, payment.currency = outcome.amount, outcome.currency
    payment.status, payment.reason = Payment.REFUND_DUE, Payment.OTHER_AMOUNT
    payment.settled_at = timezone.now()
    payment.save()
    booking.book_stray(payment)
    read_later(payment)


def _honour(order: Order, sale: Sale, payment: Payment) -> None:
    """The money is there: the order is paid; or, too late and its stock gone, the money goes back."""
    payment.settled_at = timezone.now()
    read_later(payment)
    already = order.payments.filter(status=Payment.PAID).exists()
    if already or order.status == "cancelled" or not (sale.stock_held or _reserve_again(order, sale)):
        payment.status, payment.reason = Payment.REFUND_DUE, "paid twice" if already else "too late"
        payment.save()
        booking.book_stray(payment)
        return_payment(payment)
        return
    payment.status, payment.reason = Payment.PAID, ""
    payment.save()
    order.set_status("paid")
    order.lines.update(status="paid")
    booking.book_sale(order)
    tell_of_payment(order)


def _reserve_again(order: Order, sale: Sale) -> bool:
    """A payment came after its reservation had ended: take the stock again if all of it is still there, and the
    vouchers with it. Not when the shopper ordered the same basket again: they want it once."""
    if ordered_again(order):
        return False
    lock_vouchers_of(order)
    lines = list(order.lines.select_related("product"))
    lock(line.stockrecord_id for line in lines)
    try:
        with transaction.atomic():
            for line in lines:
                reserve(line.stockrecord_id, line.quantity)
    except OutOfStock:
        return False
    order.lines.update(num_allocated=F("quantity"))
    order.parcels.update(status=Parcel.NEW)
    sale.stock_held = True
    sale.save(update_fields=["stock_held"])
    take_vouchers_again(order)
    take_out(order, lines)
    stock_changed([line.product for line in lines])
    return True


def ask(payment: Payment) -> str:
    """Asks the gateway how a payment stands and settles it. A payment whose page we never heard of is opened again
    with the same key, which finds the page if there was one."""
    try:
        if payment.status == Payment.CREATED:
            open_page(payment)
        return settle(payment.pk, get_gateway(payment.gateway).look_up(payment))
    except Refused as refusal:
        logger.warning("%s: the gateway says %s", payment, refusal)
        return payment.order.status


@each_minute("payments asked about")
def ask_about_open(now: bool = False) -> int:
    """Settles what a crash, a lost webhook or a closed browser left open; `now`: also what was opened just now."""
    old = timezone.now() - (timedelta() if now else ASK_AFTER)
    waiting = Payment.objects.filter(status__in=WAITING, created__lt=old)
    return sum(_try(ask, payment) for payment in waiting.select_related("order__sale").order_by("pk"))


@each_minute("reservations ended")
def expire_due() -> int:
    """Ends reservations whose time is over and that nobody paid."""
    over = Sale.objects.filter(stock_held=True, reserved_until__lt=timezone.now(), order__status="pending payment")
    return sum(_try(expire, sale.order) for sale in over.select_related("order").order_by("pk"))


def _try(job: Callable[[Any], Any], subject: Any) -> bool:
    try:
        job(subject)
    except (GatewayDown, NotSetUp) as error:
        logger.warning("%s of %s waits: %r", job.__name__, subject, error)
        return False
    except Exception:  # whatever is wrong with one, the others go on
        logger.exception("%s of %s failed", job.__name__, subject)
        return False
    return True


def expire(order: Order, status: str = "expired") -> None:
    """Ends an unpaid order and gives its stock back once. The gateway closes its pages first: if one was paid
    meanwhile, the order is paid instead; if one is still being paid (a bank takes its time), the stock stays where it
    is. GatewayDown leaves everything as it is."""
    waiting = order.payments.filter(status__in=WAITING)
    for payment in waiting.select_related("order__sale"):
        _close(payment)
    if not waiting.exists():
        _release(order, status)


def _close(payment: Payment) -> None:
    """The gateway closes the page of a payment, one that we never heard of too: asked for again with its key, it is
    found if it was ever opened."""
    try:
        open_page(payment)
        settle(payment.pk, get_gateway(payment.gateway).expire(payment))
    except Refused as refusal:
        logger.warning("%s: the gateway says %s", payment, refusal)


@transaction.atomic
def _release(order: Order, status: str) -> None:
    sale = Sale.objects.select_for_update().get(order=order)
    order.refresh_from_db()
    if not sale.stock_held or order.status != "pending payment":
        return
    if order.payments.filter(status__in=WAITING).exists():
        # Somebody began to pay again in this moment.
        return
    lock_vouchers_of(order)
    lines = list(order.lines.select_related("product"))
    lock(line.stockrecord_id for line in lines if line.stockrecord_id)
    for line in lines:
        if line.stockrecord_id:
            give_back(line.stockrecord_id, line.num_allocated or 0)
    order.lines.update(num_allocated=0, status=status)
    sale.stock_held = False
    sale.save(update_fields=["stock_held"])
    order.set_status(status)
    order.parcels.update(status="cancelled")
    give_back_vouchers(order)
    if order.basket:
        order.basket.thaw()
    stock_changed([line.product for line in lines if line.product])
    if status == "expired":
        tell_of_expiry(order)
