"""Signed addresses of an order: whoever has the link (the guest's mail) may follow its parcels."""

from django.http import Http404
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from oscar.core.loading import get_model

Order = get_model("order", "Order")


def order_token(number: str) -> str:
    return salted_hmac("shop.order.track", number, algorithm="sha256").hexdigest()[:32]


def track_path(order) -> str:
    return reverse("orders:track", args=[order.number, order_token(order.number)])


def return_path(order, returned: int) -> str:
    """Where the shopper follows what shall come back."""
    return reverse("orders:returned", args=[order.number, order_token(order.number), returned])


def order_for(number: str, token: str):
    """The order of a signed link, with what its pages show; 404 for a wrong one."""
    if not constant_time_compare(token, order_token(number)):
        raise Http404
    order = (
        Order.objects.filter(number=number)
        .select_related("sale", "shipping_address__country", "user")
        .prefetch_related("lines__frozen", "lines__attributes__option", "parcels__partner__artisan", "parcels__returns")
        .prefetch_related("payments", "refunds")
        .first()
    )
    if order is None:
        raise Http404
    return order
