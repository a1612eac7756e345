"""Oscar's benefit and condition for vouchers of ours. They are rows of Oscar's tables; only what they do is here."""

from decimal import Decimal
from typing import Any

from oscar.core.loading import get_class, get_model

from shop.currency.money import round_money

Benefit = get_model("offer", "Benefit")
Condition = get_model("offer", "Condition")
BasketDiscount, ZERO_DISCOUNT = (get_class("offer.results", name) for name in ("BasketDiscount", "ZERO_DISCOUNT"))


class AnyBasket(Condition):
    """Every basket that has something in it."""

    class Meta:
        proxy = True

    name = description = "any basket"

    def is_satisfied(self, offer: Any, basket: Any) -> bool:
        return len(basket.all_lines()) > 0

    def consume_items(self, offer: Any, basket: Any, affected_lines: Any) -> None:
        """Nothing: the condition asks for nothing in particular."""


class VoucherPercentage(Benefit):
    """A percentage off the goods of the voucher's maker; of every maker when the platform bears it. Each line's
    discount is rounded half up to the step of the basket's currency, so that prices stay what daily life knows."""

    class Meta:
        proxy = True

    name = description = "percentage of a voucher"

    def get_applicable_lines(self, offer: Any, basket: Any, range: Any = None) -> list[tuple[Decimal, Any]]:
        voucher = offer.get_voucher()
        maker = voucher.terms.partner_id if voucher and hasattr(voucher, "terms") else None
        lines = [line for line in basket.all_lines() if self.can_apply_benefit(line)]
        priced = [(line.unit_effective_price, line) for line in lines if line.purchase_info.price.exists]
        return [(price, line) for price, line in priced if maker in (None, line.stockrecord.partner_id)]

    def apply(self, basket: Any, condition: Any, offer: Any, **kwargs: Any) -> Any:
        total = Decimal("0.00")
        for price, line in self.get_applicable_lines(offer, basket):
            pieces = line.quantity_without_offer_discount(offer)
            discount = round_money(price * pieces * self.value / 100, basket.currency)
            if discount > 0:
                line.discount(discount, pieces, incl_tax=True, offer=offer)
                total += discount
        return BasketDiscount(total) if total else ZERO_DISCOUNT
