"""The second factor: django-allauth's, in our words, its secrets sealed; and staff who cannot do without."""

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import forms
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from marketplace.groups import MODERATORS, TREASURERS
from shop.accounts.second_factor import ask_for_it, has_second_factor, proved
from shop.settlement import vault

# Everything that is the shop's own desk and nobody else's.
_GUARDED = ("/admin/", "/dashboard/", "/documents/")
_MODERATION = "moderation"


class MFAAdapter(DefaultMFAAdapter):
    """Secrets are sealed like bank details: a stolen database signs nobody in."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, or was used already. Please wait for the next one."),
        "unverified_email": _("Please confirm all your e-mail addresses first."),
    }

    def encrypt(self, text: str) -> str:
        return vault.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return vault.unseal(encrypted_text)


class _Code:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs.update({"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": 12})
        field.label = _("Code")


class AuthenticateForm(_Code, forms.AuthenticateForm):
    pass


class ReauthenticateForm(_Code, forms.ReauthenticateForm):
    pass


class ActivateForm(_Code, ActivateTOTPForm):
    pass


class StaffMiddleware:
    """Pages of the shop's own desk open only to sessions that proved a second factor."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """After Django's check of the form's token, before the view. Whoever has nothing to do there is left to it."""
        if not settings.STAFF_SECOND_FACTOR or not self._is_guarded(request) or not is_staff(request.user):
            return None
        if has_second_factor(request.user) and proved(request):
            return None
        return ask_for_it(request)

    @staticmethod
    def _is_guarded(request) -> bool:
        match = request.resolver_match
        return request.path_info.startswith(_GUARDED) or bool(match and _MODERATION in match.namespaces)


def is_staff(user) -> bool:
    """Administrators, moderators, editors, treasurers: whoever may open the desk."""
    if not user.is_authenticated:
        return False
    desk = (MODERATORS, TREASURERS)
    return user.is_staff or user.has_perm("wagtailadmin.access_admin") or user.groups.filter(name__in=desk).exists()
