"""The basket of an order that ended is open again. What becomes of it when the order is paid after all."""

from typing import Any

from oscar.core.loading import get_model

Basket = get_model("basket", "Basket")
Order = get_model("order", "Order")
ENDED = ("expired", "cancelled")


def ordered_again(order: Any) -> bool:
    """Whether the basket was ordered a second time meanwhile. It is locked until the transaction ends, as placing an
    order locks it, before vouchers and stock."""
    if order.basket_id is None:
        return False
    list(Basket.objects.select_for_update().filter(pk=order.basket_id))
    later = Order.objects.filter(basket=order.basket_id, pk__gt=order.pk)
    return later.exclude(status__in=ENDED).exists()


def take_out(order: Any, lines: list) -> None:
    """What was bought waits in the order's basket no longer; what was put in since stays."""
    basket = Basket.objects.filter(pk=order.basket_id, status=Basket.OPEN).first()
    if basket is None:
        return
    bought = {line.stockrecord_id: line.quantity for line in lines}
    waiting = list(basket.lines.all())
    left = [line for line in waiting if line.quantity > bought.get(line.stockrecord_id, 0)]
    if not left:
        basket.submit()
        return
    for line in waiting:
        if line not in left:
            line.delete()
