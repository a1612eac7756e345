"""Accounts: django-allauth in our words, with its mails through the outbox."""

from urllib.parse import urlsplit

from allauth.account import forms
from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from artisans.models import Artisan
from shop.outbox.services import enqueue, handles


class AccountAdapter(DefaultAccountAdapter):
    """Where people land, what they are told when something is wrong, and how mails leave."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is switched off."),
        "cannot_remove_primary_email": _("This is your main address. Make another one the main address first."),
        "duplicate_email": _("This address is in your account already."),
        "email_password_mismatch": _("This e-mail address and password do not belong together."),
        "enter_current_password": _("This is not your password as it is now."),
        "incorrect_password": _("This is not your password."),
        "invalid_login": _("This e-mail address and password do not belong together."),
        "invalid_password_reset": _("This link to set a new password does not work any more."),
        "too_many_login_attempts": _("Too many attempts. Please wait a few minutes, or set a new password."),
        "unverified_primary_email": _("Your main address must be confirmed first."),
        "rate_limited": _("Too many attempts. Please wait a few minutes."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Through the outbox, so that signing up does not wait for a mail server."""
        # A request can claim any host; a link that sets a password leads to our own address and nowhere else.
        links = {name: _on_our_site(value) for name, value in context.items() if name.endswith("_url")}
        context = {**context, **links, "email": email, "site_url": settings.SITE_URL}
        message = self.render_mail(template_prefix, email, context)
        enqueue("account-mail", {"subject": message.subject, "body": message.body, "to": message.to})

    def save_user(self, request, user, form, commit=True):
        """Somebody who signs up on a Kazakh page is written to in Kazakh."""
        user.language = get_language() or ""
        return super().save_user(request, user, form, commit)

    def get_login_redirect_url(self, request) -> str:
        """Where to, when no page was asked for: makers to their studio, shoppers to their orders."""
        is_maker = Artisan.objects.for_user(request.user).exists()
        return reverse("studio:index" if is_maker else "customer:order-list")

    def get_logout_redirect_url(self, request) -> str:
        return reverse("wagtail_serve", args=[""])


def _on_our_site(url: str) -> str:
    parts = urlsplit(url)
    return settings.SITE_URL + parts.path + (f"?{parts.query}" if parts.query else "")


@handles("account-mail")
def deliver_account_mail(payload: dict) -> None:
    EmailMessage(payload["subject"], payload["body"], to=payload["to"]).send()


# -- Forms: allauth's, with labels as on our other forms and without placeholders that repeat them -------------------


class _OurWords:
    labels: dict = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = _PASSWORD_HINT if name == "password1" else ""


_PASSWORD_HINT = format_lazy(
    "{} {}",
    _("At least 10 characters, not only digits."),
    _("A few words that only you would put together are good."),
)
_EMAIL = {"email": _("E-mail")}
_NEW_PASSWORD = {"password1": _("New password"), "password2": _("New password once more")}


class LoginForm(_OurWords, forms.LoginForm):
    labels = {"login": _("E-mail"), "password": _("Password"), "remember": _("Keep me signed in on this device")}


class SignupForm(_OurWords, forms.SignupForm):
    labels = {**_EMAIL, "password1": _("Password")}


class AddEmailForm(_OurWords, forms.AddEmailForm):
    labels = {"email": _("Another e-mail address")}


class ChangePasswordForm(_OurWords, forms.ChangePasswordForm):
    labels = {"oldpassword": _("Password as it is now"), **_NEW_PASSWORD}


class SetPasswordForm(_OurWords, forms.SetPasswordForm):
    labels = _NEW_PASSWORD


class ResetPasswordForm(_OurWords, forms.ResetPasswordForm):
    labels = _EMAIL


class ResetPasswordKeyForm(_OurWords, forms.ResetPasswordKeyForm):
    labels = _NEW_PASSWORD


class ReauthenticateForm(_OurWords, forms.ReauthenticateForm):
    labels = {"password": _("Password")}
