"""Oscar's order creator with what Karvan adds: an unguessable number, guarded stock, frozen prices."""

import secrets

from django.utils import timezone
from oscar.apps.order import utils
from oscar.core.loading import get_model

from shop.partner.stock import reserve
from shop.settlement.models import FrozenPrice

Order = get_model("order", "Order")


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

    def create_additional_line_models(self, order, order_line, basket_line):
        record, strategy = basket_line.stockrecord, basket_line.basket.strategy
        FrozenPrice.objects.create(
            line=order_line,
            unit_price=record.price,
            currency=record.price_currency,
            rate=strategy.rates.rate(record.price_currency, order.currency),
            rate_date=strategy.rates.date(record.price_currency, order.currency),
        )
