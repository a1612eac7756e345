"""Production's settings for a site started by a test: everything from the environment, but static files need not be
collected, passwords are quick, and nobody is slowed down."""

import os

from marketplace.settings.base import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ACCOUNT_RATE_LIMITS = False
EMAIL_FILE_PATH = os.path.join(os.environ["LIVE_DIR"], "mails")
if "LIVE_STATIC" in os.environ:
    STATIC_ROOT = os.environ["LIVE_STATIC"]
else:
    # Not collected: found where they are.
    STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
    WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
