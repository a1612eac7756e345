"""Oscar's order creator with what Karvan adds: an unguessable number, guarded stock, frozen prices."""

import secrets

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import get_language
from oscar.apps.order import utils
from oscar.core.loading import get_model

from shop.listings.variants import variant_label
from shop.partner.stock import reserve
from shop.settlement.models import FrozenPrice
from shop.shipping.parcels import listing_of

Order = get_model("order", "Order")


def sold_as(line) -> str:
    """A basket line's piece in the shopper's language, with its variant."""
    product = line.product
    title = listing_of(product).text(get_language() or "en").title
    return f"{title}, {variant_label(product)}"[:255] if product.is_child else title


class OrderNumberGenerator(utils.OrderNumberGenerator):
    def order_number(self, basket=None):
        """Year and eight random digits: says nothing of how many orders there are."""
        while True:
            number = f"{timezone.now():%y}{secrets.randbelow(10**8):08d}"
            if not Order.objects.filter(number=number).exists():
                return number


class OrderCreator(utils.OrderCreator):
    def update_stock_records(self, line):
        if line.product.get_product_class().track_stock:
            reserve(line.stockrecord_id, line.quantity)

    def record_voucher_usage(self, order, voucher, user):
        """Guests may use vouchers, too."""
        super().record_voucher_usage(order, voucher, user or AnonymousUser())

    def create_line_models(self, order, basket_line, extra_line_fields=None):
        """The line keeps what the piece was called when it was sold, variant included."""
        return super().create_line_models(
            order, basket_line, {**(extra_line_fields or {}), "title": sold_as(basket_line)}
        )

    def create_additional_line_models(self, order, order_line, basket_line):
        record, strategy = basket_line.stockrecord, basket_line.basket.strategy
        FrozenPrice.objects.create(
            line=order_line,
            unit_price=record.price,
            currency=record.price_currency,
            rate=strategy.rates.rate(record.price_currency, order.currency),
            rate_date=strategy.rates.date(record.price_currency, order.currency),
        )
