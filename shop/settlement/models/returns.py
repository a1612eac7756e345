from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Return(models.Model):
    """Pieces that a shopper wants to send back: requested → approved (with where to) or refused → received, with which
    the money goes back."""

    REQUESTED, APPROVED, REFUSED, RECEIVED = "requested", "approved", "refused", "received"
    STATUSES = [
        (REQUESTED, _("waits for an answer")),
        (APPROVED, _("may be sent back")),
        (REFUSED, _("refused")),
        (RECEIVED, _("came back")),
    ]
    DAMAGED, WRONG, DIFFERENT, UNWANTED = "damaged", "wrong", "different", "unwanted"
    REASONS = [
        (DAMAGED, _("It arrived damaged")),
        (WRONG, _("It is not what I ordered")),
        (DIFFERENT, _("It is not as it was described")),
        (UNWANTED, _("I changed my mind")),
    ]
    OPEN = (REQUESTED, APPROVED)

    parcel = models.ForeignKey("settlement.Parcel", on_delete=models.PROTECT, related_name="returns")
    status = models.CharField(_("status"), max_length=10, choices=STATUSES, default=REQUESTED)
    reason = models.CharField(_("reason"), max_length=10, choices=REASONS)
    words = models.TextField(_("what is the matter"), blank=True, max_length=1000)
    # Where to send it, and the number or link of a label that was paid for.
    address = models.TextField(_("send it to"), blank=True, max_length=500)
    label = models.CharField(_("prepaid label"), blank=True, max_length=200)
    answer = models.TextField(_("answer"), blank=True, max_length=1000)
    refund = models.ForeignKey(
        "settlement.Refund", on_delete=models.PROTECT, null=True, blank=True, related_name="returns"
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    requested_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["parcel"], name="one_open_return", condition=models.Q(status__in=("requested", "approved"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parcel} ({self.status})"


class ReturnLine(models.Model):
    """How many pieces of which line come back."""

    returned = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey("order.Line", on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["returned", "line"], name="one_return_line")]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.line}"


class ReturnMessage(models.Model):
    """What shopper, maker and moderator write to each other about a return; never changed."""

    SHOPPER, MAKER, MODERATOR = "shopper", "maker", "moderator"
    AUTHORS = [(SHOPPER, _("the shopper")), (MAKER, _("the maker")), (MODERATOR, _("a moderator"))]
    LONGEST = 2000

    returned = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="messages")
    author = models.CharField(_("who wrote"), max_length=10, choices=AUTHORS)
    # Of the maker's people or the moderators; a shopper may be a guest.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    words = models.TextField(_("message"), max_length=LONGEST)
    written = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.returned_id}: {self.author}"
