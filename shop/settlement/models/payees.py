from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Payee(models.Model):
    """Who money is paid to: a maker for their own work, or a cooperative or association for its many makers too."""

    DAILY, WEEKLY, MONTHLY, ON_REQUEST = "daily", "weekly", "monthly", "on request"
    SCHEDULES = [
        (DAILY, _("every working day")),
        (WEEKLY, _("every Monday")),
        (MONTHLY, _("on the first of the month")),
        (ON_REQUEST, _("only when I ask")),
    ]

    # Whose people say where the money goes.
    partner = models.OneToOneField("partner.Partner", on_delete=models.PROTECT, related_name="payee")
    country = models.CharField(_("country"), max_length=2)
    # Others may ask to be paid through it.
    is_cooperative = models.BooleanField(_("cooperative or association"), default=False)
    schedule = models.CharField(_("when"), max_length=12, choices=SCHEDULES, default=WEEKLY)
    # Set by an administrator: nothing is paid until it is taken away; the maker reads it.
    hold_reason = models.CharField(_("why nothing is paid"), max_length=300, blank=True)

    def __str__(self) -> str:
        return str(self.partner.name)


class PayeeMember(models.Model):
    """A maker who is paid through a cooperative. What they are owed stays in their own accounts of the ledger."""

    payee = models.ForeignKey(Payee, on_delete=models.PROTECT, related_name="members")
    partner = models.OneToOneField("partner.Partner", on_delete=models.CASCADE, related_name="payee_member")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created = models.DateTimeField(default=timezone.now)
    # The cooperative's word; until then, and until the hold ends, the maker is paid as before.
    accepted_at = models.DateTimeField(null=True, blank=True)
    hold_until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.partner} → {self.payee}"


class PayoutDetails(models.Model):
    """Where a payee's money goes on one rail. Only `last4` and `label` are ever shown; the rest is sealed."""

    payee = models.ForeignKey(Payee, on_delete=models.PROTECT, related_name="details")
    rail = models.CharField(max_length=20)
    country = models.CharField(max_length=2)
    currency = models.CharField(max_length=3)
    label = models.CharField(_("bank or office"), max_length=140, blank=True)
    last4 = models.CharField(_("last four characters"), max_length=4)
    sealed = models.TextField()
    hold_until = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created = models.DateTimeField(default=timezone.now)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["payee", "rail", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["payee", "rail", "currency"], condition=Q(replaced_at=None), name="details_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rail} …{self.last4}"

    @property
    def is_held(self) -> bool:
        return self.hold_until > timezone.now()


class PayingAccount(models.Model):
    """An account of the platform's own, out of which a bank pays makers of a country in a currency."""

    country = models.CharField(_("country"), max_length=2)
    currency = models.CharField(_("currency"), max_length=3)
    bank = models.CharField(_("bank"), max_length=140)
    bic = models.CharField("BIC", max_length=11)
    holder = models.CharField(_("account holder"), max_length=140)
    last4 = models.CharField(_("last four characters"), max_length=4)
    sealed = models.TextField()
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["country", "currency"], condition=Q(is_active=True), name="one_paying_account"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.currency} …{self.last4}"


class CashOffice(models.Model):
    """Where a maker is handed cash: a fiscal agent or an office of the platform's."""

    country = models.CharField(_("country"), max_length=2)
    currency = models.CharField(_("currency"), max_length=3)
    name = models.CharField(_("name"), max_length=120)
    place = models.CharField(_("place"), max_length=200)
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="cash_offices", verbose_name=_("who pays out")
    )
    is_active = models.BooleanField(_("in use"), default=True)

    def __str__(self) -> str:
        return f"{self.name}, {self.place}"


class RailRule(models.Model):
    """An administrator's word over `rails/rules.csv` for one country, currency and rail."""

    country = models.CharField(_("country"), max_length=2)
    currency = models.CharField(_("currency"), max_length=3)
    rail = models.CharField(_("way"), max_length=20)
    is_allowed = models.BooleanField(_("may be used"), default=True)
    preference = models.PositiveSmallIntegerField(_("order of preference"), default=1)
    minimum = models.DecimalField(_("from"), max_digits=14, decimal_places=2, default=0)
    maximum = models.DecimalField(_("up to"), max_digits=14, decimal_places=2, null=True, blank=True)
    reason = models.CharField(_("why"), max_length=300)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["country", "currency", "rail"], name="one_rail_rule")]

    def __str__(self) -> str:
        return f"{self.country} {self.currency} {self.rail}"
