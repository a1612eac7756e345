from decimal import Decimal

from oscar.apps.basket.abstract_models import AbstractBasket


class Basket(AbstractBasket):
    """Oscar's basket; its currency is the shopper's, not that of the line that came first. A piece that has no price
    in it adds nothing to the totals: it cannot be ordered, and its line says so."""

    @property
    def currency(self):
        return self.strategy.currency if self.has_strategy else super().currency

    def _get_total(self, model_property):
        return sum((getattr(line, model_property) or 0 for line in self.all_lines()), Decimal("0.00"))


from oscar.apps.basket.models import *  # noqa: E402, F403
