"""Production refuses to start half-configured."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from marketplace.settings.mail import mail_settings

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


def run(*command: str, without: str = "", **changes: str) -> subprocess.CompletedProcess:
    """A process of these settings, with no `var/env` and nothing else in its environment."""
    environment = {"PATH": os.environ["PATH"], **SOUND, **changes}
    environment.pop(without, None)
    alone = "import environ; environ.Env.read_env = lambda *args, **kwargs: None"
    whole = [sys.executable, "-c", "\n".join([alone, *command])]
    return subprocess.run(whole, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)


def start(show: str = "SITE_URL", without: str = "", **changes: str) -> subprocess.CompletedProcess:
    """Starts a process with these settings, as `manage.py` and gunicorn do, and has it print one."""
    return run("from django.conf import settings", f"print(settings.{show})", without=without, **changes)


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
        ({"DEMO": "1"}, "DEMO is on while SITE_URL is https"),
    ],
)
def test_half_configured_production_does_not_start(changes, reason):
    done = start(**changes)
    assert done.returncode != 0
    assert f"ImproperlyConfigured: {reason}" in done.stderr


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "https://localhost:8443", "https://[::1]"])
def test_a_demo_starts_on_ones_own_machine(address):
    assert value("DEMO", DEMO="1", SITE_URL=address) == "True"


@pytest.mark.parametrize(("keys", "reason"), [("", "PAYOUT_KEYS is not set"), ("short", "PAYOUT_KEYS has a key")])
def test_a_server_that_cannot_open_its_makers_bank_details_does_not_start(keys, reason):
    done = run("import marketplace.wsgi", PAYOUT_KEYS=keys)
    assert done.returncode != 0 and f"ImproperlyConfigured: {reason}" in done.stderr


def test_the_first_key_is_made_before_there_is_one():
    """Why this check stands where the server starts and not in the settings: no command could run without a key."""
    done = run("from django.core.management import execute_from_command_line as go", 'go(["", "payout_keys", "new"])')
    assert done.returncode == 0 and len(done.stdout.strip()) == 44


def test_debug_is_off_unless_set():
    assert value("DEBUG", without="DEBUG") == "False"


def test_the_sandbox_is_off_in_production_unless_asked_for():
    assert value("PAYMENT_SANDBOX", without="PAYMENT_SANDBOX") == "False"
    assert value("PAYMENT_SANDBOX", PAYMENT_SANDBOX="1") == "True"


@pytest.mark.parametrize("name", ["SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"])
def test_https_is_kept_to(name):
    assert value(name) == "True"


# -- Mail, pictures, watching: settings that only a real deployment uses ----------------------------------------------

SMTP = "django.core.mail.backends.smtp.EmailBackend"
BUCKET = {"S3_BUCKET": "karvan", "S3_ENDPOINT_URL": "https://s3.example", "S3_ACCESS_KEY": "a", "S3_SECRET_KEY": "b"}


@pytest.mark.parametrize(
    ("url", "tls", "ssl", "port"),
    [
        ("smtp+tls://user:p%40ss@mail.example:587", True, None, 587),
        ("smtps://user:p%40ss@mail.example:465", False, True, 465),
        ("smtp+ssl://user:p%40ss@mail.example:465", None, True, 465),
    ],
)
def test_a_mail_server_is_spoken_to_as_its_port_expects(url, tls, ssl, port):
    found = mail_settings(url, "/nowhere")
    assert (found.get("EMAIL_USE_TLS"), found.get("EMAIL_USE_SSL"), found["EMAIL_PORT"]) == (tls, ssl, port)
    assert (found["EMAIL_BACKEND"], found["EMAIL_HOST_PASSWORD"]) == (SMTP, "p@ss")
    assert "EMAIL_FILE_PATH" not in found


def test_mails_may_be_written_to_a_folder():
    assert mail_settings("filemail:///srv/mails", "/nowhere")["EMAIL_FILE_PATH"] == "/srv/mails"
    assert mail_settings("", "/here")["EMAIL_FILE_PATH"] == "/here"


def test_the_mail_server_of_the_environment_is_used():
    assert value("EMAIL_HOST", EMAIL_URL="smtp+tls://user:pass@mail.example:587") == "mail.example"


def django_says(code: str, **changes: str) -> subprocess.CompletedProcess:
    """Runs code in a process that has set up Django with these settings."""
    alone = "import environ; environ.Env.read_env = lambda *args, **kwargs: None\nimport django; django.setup()\n"
    environment = {"PATH": os.environ["PATH"], **SOUND, **changes}
    command = [sys.executable, "-c", alone + code]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)


def test_pictures_are_kept_in_a_bucket_and_read_from_its_public_address():
    code = (
        "from django.core.files.storage import default_storage as s\n"
        "print(s.bucket_name, s.endpoint_url, s.file_overwrite, s.url('a/b.jpg'))"
    )
    done = django_says(code, **BUCKET, S3_CUSTOM_DOMAIN="media.example")
    assert done.stdout.split() == ["karvan", "https://s3.example", "False", "https://media.example/a/b.jpg"], (
        done.stderr
    )


@pytest.mark.parametrize(
    ("more", "origin"),
    [
        ({"S3_CUSTOM_DOMAIN": "media.example"}, "https://media.example"),
        ({}, "https://s3.example"),
        ({"S3_ENDPOINT_URL": "", "S3_REGION": "eu-central-1"}, "https://karvan.s3.eu-central-1.amazonaws.com"),
    ],
)
def test_browsers_may_show_pictures_of_the_bucket(more, origin):
    name = "CONTENT_SECURITY_POLICY['DIRECTIVES']['img-src']"
    assert origin in value(name, **{**BUCKET, **more}) and origin not in value(name)


def test_with_a_bucket_this_machine_serves_no_media():
    code = "from django.urls import resolve; print(resolve('/media/a.jpg').func.__name__)"
    assert django_says(code).stdout.strip() == "serve"
    assert "Resolver404" in django_says(code, **BUCKET).stderr


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("SENTRY_DSN", "https://key@sentry.example/1"),
        ("STRIPE_SECRET_KEY", "sk_test_x"),
        ("STRIPE_WEBHOOK_SECRET", "whsec_x"),
        ("ELASTICSEARCH_URL", "http://search:9200"),
        ("MEDIA_ROOT", "/srv/media"),
    ],
)
def test_the_environment_is_read(name, given):
    assert value(name, **{name: given}) == given
