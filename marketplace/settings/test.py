"""Settings of the tests: a fast hasher, immediate tasks, everything written into a folder of the run."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "only-for-tests-and-long-enough-0123456789abcdef")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
os.environ.setdefault("PAYMENT_SANDBOX", "1")
# Not what `make demo` may have written into var/env, nor a real account of whoever runs the tests.
os.environ["STRIPE_SECRET_KEY"] = os.environ["STRIPE_WEBHOOK_SECRET"] = os.environ["STRIPE_API_BASE"] = ""
os.environ.setdefault("RATE_MAX_DAYS", "0")
os.environ.setdefault("SANDBOX_WEBHOOK_SECRET", "sandbox-secret-of-the-tests")
os.environ.setdefault("PAYOUT_KEYS", "a2FydmFuLXRlc3RzLW9ubHktMzItYnl0ZXMtbG9uZyE=")

if os.environ.get("REDIS_URL"):
    # Tests that run side by side have a database of Redis each: one clears its cache, and no other's.
    _number = "".join(filter(str.isdigit, os.environ.get("PYTEST_XDIST_WORKER", ""))) or "0"
    os.environ["REDIS_URL"] = os.environ["REDIS_URL"].rpartition("/")[0] + f"/{_number}"

from marketplace.settings.base import *  # noqa: E402, F403

_RUN = tempfile.mkdtemp(prefix="karvan-test-")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = os.path.join(_RUN, "media")
SEARCH_INDEX = os.path.join(_RUN, "search", "listings.sqlite3")
VOCABULARY_CHECK_SECONDS = None  # only when a test asks for it
SITE_URL = "http://testserver"
DEMO = False
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
WHITENOISE_AUTOREFRESH = True
ACCOUNT_RATE_LIMITS = False
# Tests sign in without a form; those of the second factor switch it on.
STAFF_SECOND_FACTOR = False
LOGGING = {"version": 1, "disable_existing_loggers": False, "root": {"handlers": [], "level": "CRITICAL"}}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":  # noqa: F405
    # A file, not memory: tests with threads and processes need one database that all of them can open.
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(_RUN, "test.sqlite3")}  # noqa: F405
