"""The rules of the split as data, and each parcel's split as it was when it was sold."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

PERCENT = {"max_digits": 5, "decimal_places": 2, "validators": [MinValueValidator(0), MaxValueValidator(100)]}
MONEY = {"max_digits": 14, "decimal_places": 2}
FROM_ZERO = {**MONEY, "default": Decimal("0.00"), "validators": [MinValueValidator(0)]}


class CommissionRule(models.Model):
    """What the platform keeps of a sale. Empty fields match everything; of the rules that match, the most specific
    wins: one maker before a craft (the nearer before the broader) before a country; then the one that began last."""

    PLATFORM, MAKER = "platform", "maker"
    BEARERS = [(PLATFORM, _("the platform")), (MAKER, _("the maker"))]

    country = models.CharField(_("maker's country"), max_length=2, blank=True)
    craft = models.CharField(_("craft"), max_length=40, blank=True)
    partner = models.ForeignKey(
        "partner.Partner", on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("maker")
    )
    since = models.DateField(_("from"))
    until = models.DateField(_("until, inclusive"), null=True, blank=True)
    percent = models.DecimalField(_("percent of the goods"), **PERCENT)
    fixed = models.DecimalField(_("plus, for each parcel"), **FROM_ZERO)
    minimum = models.DecimalField(_("at least, for each parcel"), **FROM_ZERO)
    currency = models.CharField(_("currency of these amounts"), max_length=3, default="USD")
    fee_bearer = models.CharField(_("who bears the gateway's fee"), max_length=10, choices=BEARERS, default=PLATFORM)
    fee_percent = models.DecimalField(_("fee a maker bears: percent of goods"), **PERCENT, default=Decimal("0.00"))
    commission_back = models.BooleanField(_("commission is given back with a refund"), default=True)
    fee_back = models.BooleanField(_("the fee a maker bore is given back with a refund"), default=False)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        ordering = ["-since", "-pk"]
        verbose_name = _("commission rule")
        verbose_name_plural = _("commission rules")
        constraints = [
            models.CheckConstraint(
                name="commission_in_bounds",
                condition=models.Q(percent__gte=0, percent__lte=100, fixed__gte=0, minimum__gte=0)
                & models.Q(fee_percent__gte=0, fee_percent__lte=100),
            ),
        ]

    def __str__(self) -> str:
        where = " ".join(filter(None, [self.country, self.craft, str(self.partner or "")])) or "*"
        return f"{where}: {self.percent} % ({self.since})"


class VatRate(models.Model):
    """VAT that the platform's country puts on its commission, from a date on."""

    country = models.CharField(_("country"), max_length=2)
    since = models.DateField(_("from"))
    percent = models.DecimalField(_("percent"), **PERCENT)
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        ordering = ["country", "-since"]
        constraints = [models.UniqueConstraint(fields=["country", "since"], name="one_vat_rate_a_day")]

    def __str__(self) -> str:
        return f"{self.country} {self.percent} % ({self.since})"


class ReleaseRule(models.Model):
    """When a parcel's money may be paid out: days after it arrived, or after it was sent when nobody says it arrived.
    Empty fields match everything; standing counts for more than country."""

    NEW, ESTABLISHED = "new", "established"
    STANDINGS = [(NEW, _("new makers")), (ESTABLISHED, _("makers who have delivered before"))]

    country = models.CharField(_("maker's country"), max_length=2, blank=True)
    standing = models.CharField(_("standing"), max_length=12, choices=STANDINGS, blank=True)
    after_delivery = models.PositiveSmallIntegerField(_("days after delivery"), default=0)
    after_shipping = models.PositiveSmallIntegerField(_("days after shipping"), default=30)

    class Meta:
        ordering = ["standing", "country"]
        constraints = [models.UniqueConstraint(fields=["country", "standing"], name="one_release_rule")]

    def __str__(self) -> str:
        return f"{self.country or '*'} {self.standing or '*'}: {self.after_delivery}/{self.after_shipping}"


class VoucherTerms(models.Model):
    """Who bears a voucher's discount: the platform, or the one maker whose goods it is for."""

    voucher = models.OneToOneField("voucher.Voucher", on_delete=models.CASCADE, related_name="terms")
    partner = models.ForeignKey(
        "partner.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text=_("Empty: the platform bears it."),
    )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.voucher}: {self.partner or 'platform'}"


class ParcelSplit(models.Model):
    """How a parcel's money is split, frozen when it was sold and never changed.

    In the maker's `currency`: goods − discount (what the maker bears of it) + shipping = commission + vat + fee + net.
    In the order's currency (`paid_…`): what the shopper pays for it, and the discount the platform bears.
    """

    parcel = models.OneToOneField("settlement.Parcel", on_delete=models.PROTECT, related_name="split")
    currency = models.CharField(max_length=3)
    goods = models.DecimalField(**MONEY)
    discount = models.DecimalField(**MONEY)
    shipping = models.DecimalField(**MONEY)
    commission = models.DecimalField(**MONEY)
    vat = models.DecimalField(**MONEY)
    fee = models.DecimalField(**MONEY)
    net = models.DecimalField(**MONEY)
    # Of commission, vat and fee: what is not given back with a full refund.
    kept_commission = models.DecimalField(**MONEY, default=Decimal("0.00"))
    kept_vat = models.DecimalField(**MONEY, default=Decimal("0.00"))
    kept_fee = models.DecimalField(**MONEY, default=Decimal("0.00"))
    paid_goods = models.DecimalField(**MONEY)
    paid_shipping = models.DecimalField(**MONEY)
    platform_discount = models.DecimalField(**MONEY)
    # Units of the order's currency for one of the maker's.
    rate = models.DecimalField(max_digits=24, decimal_places=12)
    after_delivery = models.PositiveSmallIntegerField()
    after_shipping = models.PositiveSmallIntegerField()
    # The rules that made it: [{rule, percent, fixed, minimum, base, commission, vat_percent …}], amounts as text.
    terms = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.parcel}: {self.net} {self.currency}"

    @property
    def total(self) -> Decimal:
        """What is divided, in the maker's currency: goods less the maker's own discount, and shipping."""
        return self.goods - self.discount + self.shipping


class SplitChange(models.Model):
    """What a refund or a dispute took out of a parcel's split; what failed or was won puts it back (negative).

    `paid_…` in the order's currency; `charged` (what leaves or comes back), `voucher` (the platform's discount, given
    up again) and `worth` (goods and shipping at the frozen rate) in the one that was charged; the others in the
    split's. Never edited or deleted.
    """

    split = models.ForeignKey(ParcelSplit, on_delete=models.PROTECT, related_name="changes")
    entry = models.ForeignKey("settlement.Entry", on_delete=models.PROTECT, related_name="split_changes")
    paid_goods = models.DecimalField(**MONEY)
    paid_shipping = models.DecimalField(**MONEY)
    charged = models.DecimalField(**MONEY)
    voucher = models.DecimalField(**MONEY)
    worth = models.DecimalField(**MONEY)
    goods = models.DecimalField(**MONEY)
    shipping = models.DecimalField(**MONEY)
    commission = models.DecimalField(**MONEY)
    vat = models.DecimalField(**MONEY)
    fee = models.DecimalField(**MONEY)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["split", "entry"], name="one_change_an_entry")]

    def __str__(self) -> str:
        return f"{self.split} {self.entry}"

    @property
    def net(self) -> Decimal:
        """What the maker gives back, in their currency. `goods` is after the maker's own discount."""
        return self.goods + self.shipping - self.commission - self.vat - self.fee
