from oscar.apps.basket import middleware


class BasketMiddleware(middleware.BasketMiddleware):
    """Oscar's, but offers are applied where totals are shown (`reading.prepare`), not on every page that counts."""

    def apply_offers_to_basket(self, request, basket):
        pass
