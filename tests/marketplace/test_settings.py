"""Production refuses to start half-configured."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

SOUND = {
    "DJANGO_SETTINGS_MODULE": "marketplace.settings.base",
    "SECRET_KEY": "long-and-random-0123456789-abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "karvan.example",
    "SITE_URL": "https://karvan.example",
    "DEBUG": "0",
    "DEMO": "0",
    "PAYMENT_SANDBOX": "0",
    "DATABASE_URL": "sqlite:////dev/null",
}


def start(show: str = "SITE_URL", without: str = "", **changes: str) -> subprocess.CompletedProcess:
    """Starts a process with these settings, as `manage.py` and gunicorn do, and has it print one; with no `var/env`
    and nothing else in its environment."""
    environment = {"PATH": os.environ["PATH"], **SOUND, **changes}
    environment.pop(without, None)
    alone = "import environ; environ.Env.read_env = lambda *args, **kwargs: None"
    command = [sys.executable, "-c", f"{alone}\nfrom django.conf import settings\nprint(settings.{show})"]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)


def value(name: str, **how: str) -> str:
    return start(name, **how).stdout.strip()


def test_sound_settings_start():
    assert value("SITE_URL") == "https://karvan.example"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": "insecure-for-development-only"}, "SECRET_KEY is a default"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is a default or shorter"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is not set"),
        ({"DEBUG": "1"}, "DEBUG is on while SITE_URL is https"),
    ],
)
def test_half_configured_production_does_not_start(changes, reason):
    done = start(**changes)
    assert done.returncode != 0
    assert f"ImproperlyConfigured: {reason}" in done.stderr


def test_debug_is_off_unless_set():
    assert value("DEBUG", without="DEBUG") == "False"


def test_the_sandbox_is_off_in_production_unless_asked_for():
    assert value("PAYMENT_SANDBOX", without="PAYMENT_SANDBOX") == "False"
    assert value("PAYMENT_SANDBOX", PAYMENT_SANDBOX="1") == "True"


@pytest.mark.parametrize("name", ["SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"])
def test_https_is_kept_to(name):
    assert value(name) == "True"
