from shop.settlement.models.commission import (
    CommissionRule,
    ParcelSplit,
    ReleaseRule,
    SplitChange,
    VatRate,
    VoucherTerms,
)
from shop.settlement.models.ledger import Account, Entry, Posting
from shop.settlement.models.sales import FrozenPrice, Parcel, Payment, Sale, WebhookEvent

__all__ = [
    "Account",
    "CommissionRule",
    "Entry",
    "FrozenPrice",
    "Parcel",
    "ParcelSplit",
    "Payment",
    "Posting",
    "ReleaseRule",
    "Sale",
    "SplitChange",
    "VatRate",
    "VoucherTerms",
    "WebhookEvent",
]
