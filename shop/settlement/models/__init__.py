from shop.settlement.models.commission import (
    CommissionRule,
    ParcelSplit,
    ReleaseRule,
    SplitChange,
    VatRate,
    VoucherTerms,
)
from shop.settlement.models.ledger import Account, Entry, Posting
from shop.settlement.models.payees import CashOffice, Payee, PayeeMember, PayingAccount, PayoutDetails, RailRule
from shop.settlement.models.payouts import BatchApproval, CashReceipt, Payout, PayoutBatch
from shop.settlement.models.sales import FrozenPrice, Parcel, Payment, Sale, WebhookEvent

__all__ = [
    "Account",
    "BatchApproval",
    "CashOffice",
    "CashReceipt",
    "CommissionRule",
    "Entry",
    "FrozenPrice",
    "Parcel",
    "ParcelSplit",
    "Payee",
    "PayeeMember",
    "PayingAccount",
    "Payment",
    "Payout",
    "PayoutBatch",
    "PayoutDetails",
    "Posting",
    "RailRule",
    "ReleaseRule",
    "Sale",
    "SplitChange",
    "VatRate",
    "VoucherTerms",
    "WebhookEvent",
]
