from shop.settlement.models.charges import GatewayRecord, PaymentCharge
from shop.settlement.models.commission import (
    CommissionRule,
    ParcelSplit,
    ReleaseRule,
    SplitChange,
    VatRate,
    VoucherTerms,
)
from shop.settlement.models.disputes import Dispute
from shop.settlement.models.ledger import Account, Entry, Posting
from shop.settlement.models.payees import CashOffice, Payee, PayeeMember, PayingAccount, PayoutDetails, RailRule
from shop.settlement.models.payouts import BatchApproval, CashReceipt, Payout, PayoutBatch
from shop.settlement.models.refunds import Refund, RefundLine
from shop.settlement.models.returns import Return, ReturnLine, ReturnMessage
from shop.settlement.models.sales import FrozenPrice, Parcel, Payment, Sale, WebhookEvent
from shop.settlement.models.vouchers import AnyBasket, VoucherPercentage

__all__ = [
    "Account",
    "AnyBasket",
    "BatchApproval",
    "CashOffice",
    "CashReceipt",
    "CommissionRule",
    "Dispute",
    "Entry",
    "FrozenPrice",
    "GatewayRecord",
    "Parcel",
    "ParcelSplit",
    "Payee",
    "PayeeMember",
    "PayingAccount",
    "Payment",
    "PaymentCharge",
    "Payout",
    "PayoutBatch",
    "PayoutDetails",
    "Posting",
    "RailRule",
    "Refund",
    "RefundLine",
    "ReleaseRule",
    "Return",
    "ReturnLine",
    "ReturnMessage",
    "Sale",
    "SplitChange",
    "VatRate",
    "VoucherPercentage",
    "VoucherTerms",
    "WebhookEvent",
]
