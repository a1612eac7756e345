"""Every page that a person can open, made from the URL table, so that a new page cannot be forgotten.

An address without parameters is its own example. One with parameters needs examples in `tests/e2e/examples.py`; one
that is no page needs its reason here. `tests/e2e/test_addresses.py` (no browser) fails for what has neither.
"""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

# What programs ask for, and the two admins, which are Wagtail's and Oscar's own.
NO_PAGES = ("admin/", "dashboard/", "api/", "documents/", "webhooks/", "pictures/", "media/", "static/", "i18n/",
            "_util/", "^media/", "robots.txt", "sitemap")  # fmt: skip
# Who looks at what stands under these; all else is looked at by a guest.
OWNERS = {
    "account/": "shopper",
    "studio/": "maker",
    "moderation/payouts/": "treasurer",
    "moderation/rules/": "administrator",
    "moderation/": "moderator",
}
OTHERS = {
    "mfa_index": "payee",
    "mfa_authenticate": "entering",
    "mfa_activate_totp": "maker",
    "mfa_reauthenticate": "payee",
    "mfa_deactivate_totp": "payee",
    "mfa_view_recovery_codes": "payee",
    "mfa_generate_recovery_codes": "payee",
}
GUESTS = {"account_login", "account_signup", "account_inactive", "account_reset_password",
          "account_reset_password_done", "account_reset_password_from_key_done",
          "account_email_verification_sent"}  # fmt: skip
EXEMPT = {
    "catalogue:index": "only sends on",
    "customer:summary": "only sends on",
    "customer:login": "only sends on",
    "customer:logout": "only sends on",
    "customer:order": "only sends on to the page that follows the order",
    "customer:address-change-status": "answers a form",
    "basket:add": "answers a form",
    "basket:line": "answers a form",
    "basket:voucher": "answers a form",
    "checkout:pay": "answers a form",
    "checkout:cancel": "answers a form",
    "checkout:return": "only sends on",
    "currency:choose": "answers a form",
    "orders:claim": "answers a form",
    "orders:arrived": "answers a form",
    "orders:rate": "answers a form",
    "studio:accept": "answers a form",
    "studio:ship": "answers a form",
    "studio:stock": "answers a form",
    "studio:cancel": "answers a form",
    "studio:return-answer": "answers a form",
    "studio:return-message": "answers a form",
    "moderation:return-message": "answers a form",
    "orders:cancel-parcel": "answers a form",
    "moderation:cancel": "answers a form",
    "moderation:review": "answers a form",
    "moderation:refund-again": "answers a form",
    "moderation:voucher-end": "answers a form",
    "moderation:payment-back": "answers a form",
    "moderation:refund-assign": "answers a form",
    "moderation:return-answer": "answers a form",
    "studio:payout-details-remove": "answers a form",
    "studio:payout-schedule": "answers a form",
    "studio:member-accept": "answers a form",
    "saved:change": "answers a form",
    "studio:payout-ask": "answers a form",
    "studio:payout-next": "answers a form",
    "studio:cash-sign": "answers a form",
    "studio:cash-code": "answers a form",
    "moderation:payout-gather": "answers a form",
    "moderation:payout-approve": "answers a form",
    "moderation:payout-send": "answers a form",
    "moderation:payout-dissolve": "answers a form",
    "moderation:payout-answer": "answers a form",
    "moderation:payout-outcome": "answers a form",
    "moderation:cash-sign": "answers a form",
    "moderation:cash-code": "answers a form",
    "moderation:payout-file": "a bank's file",
    "studio:statement": "a PDF or a table",
    "studio:payout-advice": "a PDF",
    "orders:receipt": "a PDF",
    "mfa_download_recovery_codes": "a text file",
    "artisans:portrait": "a picture",
    "account_set_password": "only for accounts without a password, which the shop does not make",
    "account_confirm_login_code": "sign-in by code is off",
}


def patterns(resolver=None, prefix: str = "", names: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """(name with its namespace, address with <parameters>) of every pattern, without its language."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = "" if isinstance(pattern.pattern, LocalePrefixPattern) else str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            space = (pattern.namespace,) if pattern.namespace else ()
            yield from patterns(pattern, prefix + route, names + space)
        elif isinstance(pattern, URLPattern):
            yield ":".join([*names, pattern.name or ""]), prefix + route


def pages() -> dict[str, str]:
    """{name: address} of all that is a page."""
    return {
        name: address
        for name, address in patterns()
        if not address.startswith(NO_PAGES) and name not in EXEMPT and address
    }


def has_parameters(address: str) -> bool:
    return "<" in address or "(" in address


def owner(name: str, address: str) -> str:
    """Who looks at a page: one of tests/e2e/people.py, or a guest."""
    if name in GUESTS:
        return "guest"
    return OTHERS.get(name) or next((role for start, role in OWNERS.items() if address.startswith(start)), "guest")
