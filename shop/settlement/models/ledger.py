"""The ledger's tables. Accounts, entries and postings are never edited or deleted: triggers refuse it (migrations)."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Account(models.Model):
    """One pot of money in one currency: a maker's (with a partner) or the platform's (without)."""

    # A maker's: what we owe them. Credit is negative, so a maker who is owed 100 has −100 here.
    PENDING, SHIPPING_HELD, AVAILABLE = "pending", "shipping_held", "available"
    FROZEN, PAID_OUT = "frozen", "paid_out"
    # The platform's.
    CASH, BANK = "cash", "bank"
    COMMISSION, VAT, GATEWAY_FEES, VOUCHERS = "commission", "vat", "gateway_fees", "vouchers"
    REFUNDS, DISPUTES, ADJUSTMENTS = "refunds", "disputes", "adjustments"
    ROUNDING, EXCHANGE = "rounding", "exchange"
    KINDS = [
        (PENDING, _("owed, not yet to be paid out")),
        (SHIPPING_HELD, _("shipping, held until the parcel is there")),
        (AVAILABLE, _("owed, to be paid out")),
        (FROZEN, _("owed, frozen by a dispute")),
        (PAID_OUT, _("on its way to the maker")),
        (CASH, _("at the payment gateway")),
        (BANK, _("at the bank, paid out of")),
        (COMMISSION, _("commission")),
        (VAT, _("VAT on commission")),
        (GATEWAY_FEES, _("gateway fees")),
        (VOUCHERS, _("vouchers, borne by the platform")),
        (REFUNDS, _("money to go back to shoppers")),
        (DISPUTES, _("disputed, held by the gateway")),
        (ADJUSTMENTS, _("adjustments by a person")),
        (ROUNDING, _("rounding of converted prices")),
        (EXCHANGE, _("exchange")),
    ]
    OF_A_MAKER = (PENDING, SHIPPING_HELD, AVAILABLE, FROZEN, PAID_OUT)

    kind = models.CharField(max_length=16, choices=KINDS)
    partner = models.ForeignKey(
        "partner.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="accounts"
    )
    currency = models.CharField(max_length=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "kind", "currency"], name="one_account", condition=models.Q(partner__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["kind", "currency"], name="one_platform_account", condition=models.Q(partner__isnull=True)
            ),
            models.CheckConstraint(
                name="makers_accounts_have_a_maker",
                condition=models.Q(
                    kind__in=("pending", "shipping_held", "available", "frozen", "paid_out"), partner__isnull=False
                )
                | models.Q(
                    kind__in=(
                        "cash", "bank", "commission", "vat", "gateway_fees", "vouchers",
                        "refunds", "disputes", "adjustments", "rounding", "exchange",
                    ),
                    partner__isnull=True,
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.currency}" + (f" of {self.partner}" if self.partner_id else "")


class Entry(models.Model):
    """Something that happened to money, once (by its key): why, to what, and by whom."""

    SALE, RELEASE, REFUND, REFUND_FAILED, STRAY = "sale", "release", "refund", "refund_failed", "stray"
    FEE, PAYOUT, PAYOUT_PAID = "fee", "payout", "payout_paid"
    # Said to have arrived, but it did not; then it bounces.
    PAYOUT_RETURNED, PAYOUT_BOUNCED = "payout_returned", "payout_bounced"
    DISPUTE_OPENED, DISPUTE_WON, DISPUTE_LOST = "dispute_opened", "dispute_won", "dispute_lost"
    ADJUSTMENT, TO_BANK, EXCHANGED = "adjustment", "to_bank", "exchanged"
    KINDS = [
        (SALE, _("sale")),
        (RELEASE, _("to be paid out")),
        (REFUND, _("refund")),
        (REFUND_FAILED, _("refund that failed")),
        (STRAY, _("payment without a sale")),
        (FEE, _("gateway fee")),
        (PAYOUT, _("payout sent")),
        (PAYOUT_PAID, _("payout arrived")),
        (PAYOUT_RETURNED, _("payout did not arrive after all")),
        (PAYOUT_BOUNCED, _("payout came back")),
        (DISPUTE_OPENED, _("dispute opened")),
        (DISPUTE_WON, _("dispute won")),
        (DISPUTE_LOST, _("dispute lost")),
        (ADJUSTMENT, _("adjustment")),
        (TO_BANK, _("from the gateway to the bank")),
        (EXCHANGED, _("exchanged at the bank")),
    ]

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=16, choices=KINDS, db_index=True)
    # What it is about ("payment", "refund", "payout" …) and its id; order and parcel besides, where there are any.
    cause_type = models.CharField(max_length=20, blank=True)
    cause_id = models.BigIntegerField(null=True, blank=True)
    order = models.ForeignKey(
        "order.Order", on_delete=models.PROTECT, null=True, blank=True, related_name="ledger_entries"
    )
    parcel = models.ForeignKey(
        "settlement.Parcel", on_delete=models.PROTECT, null=True, blank=True, related_name="ledger_entries"
    )
    reason = models.TextField(blank=True)
    # Who did it by hand. The number stays when the account goes: erasing a person does not change the books.
    person = models.ForeignKey(
        "accounts.User", on_delete=models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="+"
    )
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["cause_type", "cause_id"], name="entry_cause")]

    def __str__(self) -> str:
        return self.key


class Posting(models.Model):
    """One line of an entry: debit positive, credit negative, in the currency of its account."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="postings")
    amount = models.DecimalField(max_digits=20, decimal_places=2)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "account"], name="one_posting_an_account"),
            models.CheckConstraint(condition=~models.Q(amount=0), name="posting_is_not_nothing"),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.amount}"
