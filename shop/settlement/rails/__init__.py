"""The ways money reaches a maker, one module each; `rules.csv` says which serves whom."""

from django.utils.translation import gettext_lazy as _

BANK_FILE, CASH, STRIPE_CONNECT, STRIPE_GLOBAL = "bank_file", "cash", "stripe_connect", "stripe_global"

RAILS = {
    BANK_FILE: _("Bank transfer"),
    STRIPE_GLOBAL: _("Bank transfer by Stripe"),
    STRIPE_CONNECT: _("Your own Stripe account"),
    CASH: _("Cash at an office"),
}
