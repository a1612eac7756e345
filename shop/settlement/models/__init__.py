from shop.settlement.models.sales import FrozenPrice, Parcel, Payment, Sale, WebhookEvent

__all__ = ["FrozenPrice", "Parcel", "Payment", "Sale", "WebhookEvent"]
