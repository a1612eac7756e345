"""Price, currency and availability for this shopper.

Makers set prices, tax included, in their own currency; shoppers see them in theirs. Conversion and rounding are
`shop.currency`'s; an order freezes the maker's price and the rate beside each line.
"""

from decimal import Decimal

from django.conf import settings
from oscar.apps.partner import strategy
from oscar.core.loading import get_class

from shop.currency.rates import RateMissing, Rates, current_rates, read_rates
from shop.partner.showing import is_shown

TaxInclusiveFixedPrice = get_class("partner.prices", "TaxInclusiveFixedPrice")
UnavailablePrice = get_class("partner.prices", "Unavailable")
Unavailable = get_class("partner.availability", "Unavailable")


class MarketplaceStrategy(strategy.UseFirstStockRecord, strategy.StockRequired, strategy.Structured):
    """One maker, one price: converted from the maker's currency into the shopper's."""

    def __init__(self, request=None, currency: str | None = None, rates: Rates | None = None):
        super().__init__(request)
        self.currency = currency or getattr(request, "currency", None) or settings.OSCAR_DEFAULT_CURRENCY
        self._rates = rates

    @property
    def rates(self) -> Rates:
        if self._rates is None:
            self._rates = current_rates()
        return self._rates

    def read_rates_anew(self) -> None:
        """Uses what the table says now, for a page whose prices will be compared with those of placing the order."""
        self._rates = read_rates()

    def fetch_for_line(self, line, stockrecord=None):
        """Each piece has one stock record, and the line knows it: no query to find it again."""
        return self.fetch_for_product(line.product, stockrecord or line.stockrecord)

    def pricing_policy(self, product, stockrecord):
        if not stockrecord or stockrecord.price is None:
            return UnavailablePrice()
        try:
            amount = self.rates.convert(stockrecord.price, stockrecord.price_currency, self.currency)
        except RateMissing:
            return UnavailablePrice()
        return TaxInclusiveFixedPrice(currency=self.currency, excl_tax=amount, tax=Decimal("0.00"))

    def parent_pricing_policy(self, product, children_stock):
        records = [(child, record) for child, record in children_stock if record and record.price is not None]
        if not records:
            return UnavailablePrice()
        return self.pricing_policy(*min(records, key=lambda pair: pair[1].price))

    def availability_policy(self, product, stockrecord):
        if not is_shown(product):
            return Unavailable()
        return super().availability_policy(product, stockrecord)


class Selector:
    """Oscar's entry: which strategy serves this request."""

    def strategy(self, request=None, user=None, **kwargs):
        return MarketplaceStrategy(request)
