"""Mails about where money goes and what became of it: to the maker's people, each in their language. Never more of an
account than its last four characters."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from shop.currency.money import format_money
from shop.outbox.mail import send_mail
from shop.settlement.models import CashReceipt, PayeeMember, Payout, PayoutDetails
from shop.settlement.reasons import reason_text


def people_of(partner: Any) -> Iterator[tuple[str, str]]:
    """(address, language) of everybody who acts for this partner."""
    artisan = partner.artisan
    for membership in artisan.memberships.select_related("user"):
        yield membership.user.email, membership.user.language or artisan.language


def _link(name: str, language: str, *args: Any) -> str:
    with translation.override(language):
        return settings.SITE_URL + reverse(name, args=args)


def tell_of_details(details: PayoutDetails, again: str = "") -> None:
    """New details, or (`again`) an account behind them that may have been changed."""
    for address, language in people_of(details.payee.partner):
        context = {
            "maker": details.payee.partner.name,
            "last4": details.last4,
            "hours": settings.PAYOUT_HOLD_HOURS,
            "link": _link("studio:money", language),
        }
        send_mail(
            "payout_details", address, language, context, key=f"payout-details-{details.pk}{again}-{address}"[:120]
        )


def tell_of_removal(details: PayoutDetails) -> None:
    for address, language in people_of(details.payee.partner):
        context = {"maker": details.payee.partner.name, "last4": details.last4, "link": _link("studio:money", language)}
        send_mail("payout_details_removed", address, language, context, key=f"payout-gone-{details.pk}-{address}"[:120])


def tell_of_joining(member: PayeeMember) -> None:
    """To both: the maker, who may not have asked, and the cooperative, which has to say yes."""
    names = {"maker": member.partner.name, "cooperative": member.payee.partner.name}
    for partner in (member.partner, member.payee.partner):
        for address, language in people_of(partner):
            context = {**names, "link": _link("studio:money", language)}
            send_mail("payout_joining", address, language, context, key=f"payout-joining-{member.pk}-{address}"[:120])


def tell_of_payout(payout: Payout, template: str) -> None:
    """`template`: payout_sent, payout_paid or payout_bounced; once each for every payout."""
    for address, language in people_of(payout.partner):
        with translation.override(language):
            why = str(reason_text(payout.reason_code)) if payout.reason_code else ""
        context = {
            "maker": payout.partner.name,
            "amount": format_money(payout.amount, payout.currency, language),
            "last4": payout.details.last4,
            "why": why,
            "link": _link("studio:payout", language, payout.pk),
        }
        send_mail(template, address, language, context, key=f"{template}-{payout.pk}-{address}"[:120])


def send_maker_code(receipt: CashReceipt, code: str, again: int = 0) -> None:
    """`again`: a number of its own for each code after the first."""
    payout = receipt.payout
    for address, language in people_of(payout.partner):
        context = {
            "amount": format_money(payout.amount, payout.currency, language),
            "office": str(receipt.office),
            "code": code,
            "again": bool(again),
            "link": _link("studio:payout", language, payout.pk),
        }
        send_mail("cash_code", address, language, context, key=f"cash-{receipt.pk}-{again}-{address}"[:120])


def send_agent_code(receipt: CashReceipt, code: str, again: int = 0) -> None:
    payout, agent = receipt.payout, receipt.office.agent
    language = agent.language or settings.LANGUAGE_CODE
    context = {
        "amount": format_money(payout.amount, payout.currency, language),
        "maker": payout.partner.name,
        "code": code,
        "again": bool(again),
        "link": _link("moderation:cash", language, receipt.pk),
    }
    send_mail("cash_agent", agent.email, language, context, key=f"cash-agent-{receipt.pk}-{again}")
