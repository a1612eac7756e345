from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PaymentCharge(models.Model):
    """What the gateway's own books say of a paid payment: what it took and what is left, in the platform's currency."""

    payment = models.OneToOneField("settlement.Payment", on_delete=models.CASCADE, related_name="charge")
    reference = models.CharField(_("the gateway's number of the charge"), max_length=120, blank=True)
    balance_reference = models.CharField(
        _("the gateway's number of the booking"), max_length=120, blank=True, db_index=True
    )
    amount = models.DecimalField(max_digits=14, decimal_places=3)
    fee = models.DecimalField(max_digits=14, decimal_places=3)
    net = models.DecimalField(max_digits=14, decimal_places=3)
    currency = models.CharField(max_length=3)
    # Units of `currency` for one unit of the payment's; empty when they are the same.
    rate = models.DecimalField(max_digits=24, decimal_places=12, null=True, blank=True)
    read_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.payment}: {self.fee} {self.currency}"


class GatewayRecord(models.Model):
    """What a gateway last said of something of its own that is no payment: a payout, a transfer, an account."""

    gateway = models.CharField(max_length=20)
    about = models.CharField(max_length=40)
    reference = models.CharField(max_length=120)
    kind = models.CharField(_("the event that said so"), max_length=80)
    facts = models.JSONField(default=dict)
    # When the gateway says that it happened: an older message never replaces a newer one.
    happened = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gateway", "about", "reference"], name="one_gateway_record")]

    def __str__(self) -> str:
        return f"{self.about} {self.reference}: {self.kind}"
