"""Mail settings from one address: smtp+tls://user:password@host:587, smtps://…:465, filemail:///var/mails, consolemail://."""

from typing import Any

import environ

FILES, SSL_PORT = "django.core.mail.backends.filebased.EmailBackend", 465


def mail_settings(url: str, folder: str) -> dict[str, Any]:
    """Django's EMAIL_* settings; without an address mails are written to `folder`."""
    if not url:
        return {"EMAIL_BACKEND": FILES, "EMAIL_FILE_PATH": folder}
    found = environ.Env.email_url_config(url)
    path = found.pop("EMAIL_FILE_PATH", "")
    if found["EMAIL_BACKEND"] == FILES:
        # filemail:///var/mails means /var/mails; django-environ takes the first slash off.
        found["EMAIL_FILE_PATH"] = "/" + (path or "").lstrip("/")
    if found.get("EMAIL_USE_TLS") and found.get("EMAIL_PORT") == SSL_PORT:
        # On this port a mail server waits for the handshake, not for STARTTLS: both would wait for each other.
        found |= {"EMAIL_USE_TLS": False, "EMAIL_USE_SSL": True}
    return found
