from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Refund(models.Model):
    """Money that goes back to whoever paid. Its key makes a repeated request the same request.

    `amount` is in the payment's currency, what the card was charged; its lines say whose goods and shipping it is for.
    A refund without lines gives a payment back that no order needed (too late, twice), or was made at the gateway by
    hand (`by_hand`).
    """

    REQUESTED, PENDING, SUCCEEDED = "requested", "pending", "succeeded"
    FAILED, CANCELLED = "failed", "cancelled"
    STATUSES = [
        (REQUESTED, _("to be sent")),
        (PENDING, _("on its way")),
        (SUCCEEDED, _("given back")),
        (FAILED, _("failed")),
        (CANCELLED, _("cancelled")),
    ]
    # What is or will be missing from the payment.
    LIVE = (REQUESTED, PENDING, SUCCEEDED)

    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, related_name="refunds")
    payment = models.ForeignKey("settlement.Payment", on_delete=models.PROTECT, related_name="refunds")
    key = models.CharField(_("idempotency key"), max_length=100, unique=True)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=STATUSES, default=REQUESTED)
    reference = models.CharField(_("the gateway's own number"), max_length=120, blank=True, db_index=True)
    error = models.CharField(_("why it failed"), max_length=300, blank=True)
    by_hand = models.BooleanField(_("made at the gateway by hand"), default=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=models.Q(amount__gt=0), name="refund_is_positive")]

    def __str__(self) -> str:
        return f"{self.payment} − {self.amount} {self.currency} ({self.status})"


class RefundLine(models.Model):
    """What of a refund is for one line of a parcel, or (without a line) for its shipping.

    `goods` and `shipping` are in the order's currency; `own_amount` is both together in the maker's, at the frozen
    rate.
    """

    refund = models.ForeignKey(Refund, on_delete=models.CASCADE, related_name="lines")
    parcel = models.ForeignKey("settlement.Parcel", on_delete=models.PROTECT, related_name="refund_lines")
    line = models.ForeignKey("order.Line", on_delete=models.PROTECT, null=True, blank=True, related_name="refund_lines")
    quantity = models.PositiveIntegerField(default=0)
    goods = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    shipping = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    own_amount = models.DecimalField(max_digits=12, decimal_places=2)
    own_currency = models.CharField(max_length=3)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.line_id or 'shipping'}: {self.goods + self.shipping}"
