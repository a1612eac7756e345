from oscar.apps.basket.abstract_models import AbstractBasket


class Basket(AbstractBasket):
    """Oscar's basket; its currency is the shopper's, not that of the line that came first."""

    @property
    def currency(self):
        return self.strategy.currency if self.has_strategy else super().currency


from oscar.apps.basket.models import *  # noqa: E402, F403
