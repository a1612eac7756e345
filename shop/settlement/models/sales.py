import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Sale(models.Model):
    """What Karvan keeps beside Oscar's order: how it was agreed to, and how long its stock is held."""

    order = models.OneToOneField("order.Order", on_delete=models.CASCADE, related_name="sale")
    # The checkout form carries this; sending it again finds the same order instead of making another.
    attempt = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    language = models.CharField(max_length=5)
    note = models.TextField(_("note to the makers"), blank=True)
    reserved_until = models.DateTimeField()
    stock_held = models.BooleanField(default=True)
    terms_version = models.CharField(max_length=20)
    terms_accepted_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["reserved_until"], name="sale_holding", condition=models.Q(stock_held=True)),
        ]

    def __str__(self) -> str:
        return str(self.order)


class Parcel(models.Model):
    """What one maker sends for one order."""

    NEW, ACCEPTED, SHIPPED, DELIVERED, CANCELLED = "new", "accepted", "shipped", "delivered", "cancelled"
    STATUSES = [
        (NEW, _("waiting for the maker")),
        (ACCEPTED, _("being prepared")),
        (SHIPPED, _("on its way")),
        (DELIVERED, _("delivered")),
        (CANCELLED, _("cancelled")),
    ]

    order = models.ForeignKey("order.Order", on_delete=models.CASCADE, related_name="parcels")
    partner = models.ForeignKey("partner.Partner", on_delete=models.PROTECT, related_name="parcels")
    number = models.PositiveSmallIntegerField()
    status = models.CharField(_("status"), max_length=12, choices=STATUSES, default=NEW)
    method = models.CharField(_("shipping method"), max_length=20)
    charge = models.DecimalField(_("shipping, in the order's currency"), max_digits=12, decimal_places=2)
    own_charge = models.DecimalField(_("shipping, in the maker's currency"), max_digits=12, decimal_places=2)
    own_currency = models.CharField(_("maker's currency"), max_length=3)
    days_min = models.PositiveSmallIntegerField()
    days_max = models.PositiveSmallIntegerField()
    carrier = models.CharField(_("carrier"), max_length=60, blank=True)
    tracking = models.CharField(_("tracking number"), max_length=60, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    shipped_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order", "number"]
        constraints = [
            models.UniqueConstraint(fields=["order", "partner"], name="one_parcel_a_maker"),
            models.UniqueConstraint(fields=["order", "number"], name="parcel_number"),
        ]

    def __str__(self) -> str:
        return f"{self.order.number}-{self.number}"

    @property
    def lines(self) -> list:
        """The order lines in this parcel, from the order's prefetched lines where they are."""
        return [line for line in self.order.lines.all() if line.partner_id == self.partner_id]


class FrozenPrice(models.Model):
    """The maker's own price of an order line and the rate it was converted at, as they were when it was sold."""

    line = models.OneToOneField("order.Line", on_delete=models.CASCADE, related_name="frozen")
    unit_price = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3)
    # Units of the order's currency for one unit of the maker's.
    rate = models.DecimalField(max_digits=24, decimal_places=12)
    rate_date = models.DateField()

    def __str__(self) -> str:
        return f"{self.unit_price} {self.currency}"


class Payment(models.Model):
    """One attempt to be paid for an order. At most one is paid; its key makes a repeated request the same request."""

    CREATED, OPEN, PAID, FAILED, EXPIRED = "created", "open", "paid", "failed", "expired"
    # Paid too late or twice: the money goes back.
    REFUND_DUE, REFUNDED = "refund due", "refunded"
    # Why a payment is due to go back that a person has to look at first.
    OTHER_AMOUNT = "another amount"
    STATUSES = [(value, value) for value in (CREATED, OPEN, PAID, FAILED, EXPIRED, REFUND_DUE, REFUNDED)]

    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, related_name="payments")
    attempt = models.PositiveSmallIntegerField(default=1)
    gateway = models.CharField(max_length=20)
    key = models.CharField(_("idempotency key"), max_length=64, unique=True)
    # What the card is charged: the order's total, or dollars where that cannot be charged
    # (`shop/checkout/charging.py`).
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3)
    # Units of `currency` for one unit of the order's, frozen when the order was placed; 1 when they are the same.
    rate = models.DecimalField(max_digits=24, decimal_places=12, default=1)
    rate_date = models.DateField(null=True, blank=True)
    reference = models.CharField(_("the gateway's own number"), max_length=120, blank=True, db_index=True)
    page_url = models.URLField(_("where the shopper pays"), max_length=500, blank=True)
    status = models.CharField(max_length=12, choices=STATUSES, default=CREATED)
    reason = models.CharField(max_length=60, blank=True)
    created = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order", "attempt"]
        constraints = [
            models.UniqueConstraint(fields=["order", "attempt"], name="payment_attempt"),
            models.UniqueConstraint(fields=["order"], condition=models.Q(status="paid"), name="paid_once"),
        ]

    def __str__(self) -> str:
        return f"{self.order.number}/{self.attempt} {self.status}"


class WebhookEvent(models.Model):
    """A gateway's message, stored once by its own id, handled after commit, any number of times."""

    gateway = models.CharField(max_length=20)
    event_id = models.CharField(max_length=120)
    kind = models.CharField(max_length=80)
    payload = models.JSONField()
    received = models.DateTimeField(default=timezone.now)
    handled = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gateway", "event_id"], name="one_event")]

    def __str__(self) -> str:
        return f"{self.gateway} {self.kind} {self.event_id}"
