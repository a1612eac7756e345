"""Hands a batch that was booked to its rail; says which rails are set up."""

from types import ModuleType
from typing import Any

from django.conf import settings

from shop.settlement.models import CashOffice, Payout, PayoutBatch
from shop.settlement.rails import BANK_FILE, CASH, STRIPE_CONNECT, STRIPE_GLOBAL, bank_file, cash, stripe_connect
from shop.settlement.rails import stripe_global as global_payouts

# Stripe's: the maker gives the account to Stripe, on Stripe's own page.
ONBOARDED: dict[str, Any] = {STRIPE_CONNECT: stripe_connect, STRIPE_GLOBAL: global_payouts}
_MODULES: dict[str, ModuleType] = {BANK_FILE: bank_file, CASH: cash, **ONBOARDED}


def hand_over(batch: PayoutBatch, payouts: list[Payout]) -> None:
    """In the transaction that books the batch: what the rail raises undoes all of it. Rails that call somebody do so
    after commit, through the outbox."""
    _MODULES[batch.rail].send(batch, payouts)


def is_set_up(rail: str, country: str, currency: str) -> bool:
    """Whether the platform can use this way for a maker there, as it is configured now."""
    if rail == STRIPE_CONNECT:
        return bool(settings.STRIPE_SECRET_KEY) and country in stripe_connect.COUNTRIES
    if rail == STRIPE_GLOBAL:
        return bool(settings.STRIPE_SECRET_KEY and settings.STRIPE_FINANCIAL_ACCOUNT)
    if rail == CASH:
        return CashOffice.objects.filter(country=country, currency=currency, is_active=True).exists()
    return rail == BANK_FILE
