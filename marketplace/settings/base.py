"""Everything from the environment, with working defaults for one machine. docs/operations.md names every variable.

`var/env` (written by `make demo`) is read when present; the real environment wins over it.
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from marketplace.settings.mail import mail_settings
from marketplace.settings.media import bucket_options, picture_origins
from marketplace.settings.oscar import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()
environ.Env.read_env(VAR_DIR / "env", overwrite=False)

# -- Safety: production refuses to start half-configured -----------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
HTTPS = SITE_URL.startswith("https://")
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
DEMO = env.bool("DEMO", default=False)
# A page of ours that pretends to be a payment provider. Never with real customers.
PAYMENT_SANDBOX = env.bool("PAYMENT_SANDBOX", default=DEBUG)

if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured("SECRET_KEY is not set. Put a long random string into the environment.")
    SECRET_KEY = "insecure-for-development-only"
if not DEBUG and (SECRET_KEY.startswith("insecure") or len(SECRET_KEY) < 32):
    raise ImproperlyConfigured("SECRET_KEY is a default or shorter than 32 characters.")
if not DEBUG and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is not set. Name the hosts that this site answers for.")
if DEBUG and HTTPS:
    raise ImproperlyConfigured("DEBUG is on while SITE_URL is https: a public site must not run with DEBUG.")
if DEMO and HTTPS and urlsplit(SITE_URL).hostname not in ("localhost", "127.0.0.1", "::1"):
    raise ImproperlyConfigured(
        "DEMO is on while SITE_URL is https: it shows all mails to everybody and asks staff for no second factor."
    )

# -- Applications ---------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sites",
    "django.contrib.sitemaps",
    "django.contrib.flatpages",
    "django.contrib.humanize",
    # Ours, lowest layer first
    "shop.accounts.apps.AccountsConfig",
    "shop.currency.apps.CurrencyConfig",
    "shop.outbox.apps.OutboxConfig",
    "shop.listings.apps.ListingsConfig",
    "shop.settlement.apps.SettlementConfig",
    "shop.sandbox.apps.SandboxConfig",
    "artisans.apps.ArtisansConfig",
    "cms.apps.CmsConfig",
    "search.insight.apps.InsightConfig",
    "search.saved.apps.SavedConfig",
    "marketplace.apps.MarketplaceConfig",
    # Oscar and its forks
    *OSCAR_APPS,  # noqa: F405
    "django.contrib.postgres",
    "widget_tweaks",
    "haystack",
    "treebeard",
    "django_tables2",
    "easy_thumbnails",
    # Wagtail
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    # Accounts, tasks, comfort
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
]

MIDDLEWARE = [
    "marketplace.middleware.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "marketplace.middleware.GZipTextMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "marketplace.middleware.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "marketplace.second_factor.StaffMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "shop.currency.middleware.CurrencyMiddleware",
    "shop.basket.middleware.BasketMiddleware",
    "search.vocabulary.VocabularyMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "search.insight.middleware.ClickMiddleware",
]

ROOT_URLCONF = "marketplace.urls"
WSGI_APPLICATION = "marketplace.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_ID = 1

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "oscar.core.context_processors.metadata",
                "marketplace.context.shop",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]

# -- Database, cache, sessions, tasks ------------------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"]["ENGINE"] = "marketplace.postgresql"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a writer waits its turn at BEGIN, so that nobody sees "database is locked" in the middle.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;",
    }

REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": {"BACKEND": "marketplace.cache.ForgivingRedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 5000}}
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

TASKS_DATABASE = env.bool("TASKS_DATABASE", default=False)
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend"
        if TASKS_DATABASE
        else "django_tasks.backends.immediate.ImmediateBackend"
    }
}

# -- Languages ------------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("ru", _("Russian")),
    ("kk", _("Kazakh")),
    ("ky", _("Kyrgyz")),
    ("uz", _("Uzbek")),
    ("tg", _("Tajik")),
    ("tk", _("Turkmen")),
    ("az", _("Azerbaijani")),
]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [BASE_DIR / "marketplace" / "locale"]
FORMAT_MODULE_PATH = ["marketplace.formats"]
USE_I18N = USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="Asia/Tashkent")

# -- Files ----------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(VAR_DIR / "media"))
# Uploads leave no executable or world-writable files behind.
FILE_UPLOAD_PERMISSIONS = 0o644
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "marketplace.storage.StaticFilesStorage"},
}
BUCKET = bucket_options(env)
if BUCKET:
    STORAGES["default"] = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": BUCKET}
WHITENOISE_MAX_AGE = 3600
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

# -- Mail -----------------------------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Karvan <noreply@karvan.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
vars().update(mail_settings(env.str("EMAIL_URL", default=""), str(VAR_DIR / "mails")))
EMAIL_TIMEOUT = 10

# -- Accounts -------------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = False
ACCOUNT_RATE_LIMITS = {"login_failed": "5/m/ip,5/5m/key", "login": "15/m/ip"}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = {
    "login": "marketplace.accounts.LoginForm",
    "signup": "marketplace.accounts.SignupForm",
    "add_email": "marketplace.accounts.AddEmailForm",
    "change_password": "marketplace.accounts.ChangePasswordForm",
    "set_password": "marketplace.accounts.SetPasswordForm",
    "reset_password": "marketplace.accounts.ResetPasswordForm",
    "reset_password_from_key": "marketplace.accounts.ResetPasswordKeyForm",
    "reauthenticate": "marketplace.accounts.ReauthenticateForm",
}
ACCOUNT_ADAPTER = "marketplace.accounts.AccountAdapter"
MFA_ADAPTER = "marketplace.second_factor.MFAAdapter"
MFA_FORMS = {
    "authenticate": "marketplace.second_factor.AuthenticateForm",
    "reauthenticate": "marketplace.second_factor.ReauthenticateForm",
    "activate_totp": "marketplace.second_factor.ActivateForm",
}
MFA_TOTP_ISSUER = "Karvan"
# Whoever may look after the shop proves it by a second factor. Off in the demo, whose passwords are printed anyway.
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=not DEMO)
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
LOGOUT_REDIRECT_URL = "/"

# -- Search ---------------------------------------------------------------------------------------------------------

ELASTICSEARCH_URL = env.str("ELASTICSEARCH_URL", default="")
ELASTICSEARCH_INDEX = env.str("ELASTICSEARCH_INDEX", default="karvan-listings")
SEARCH_INDEX = env.str("SEARCH_INDEX", default=str(VAR_DIR / "search" / "listings.sqlite3"))
# How often a web process looks whether editors changed the vocabulary.
VOCABULARY_CHECK_SECONDS = env.int("VOCABULARY_CHECK_SECONDS", default=10)
# get_class imports Oscar's own search module first; Haystack is only there for that.
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}
HAYSTACK_SIGNAL_PROCESSOR = "haystack.signals.BaseSignalProcessor"

# -- Payments -------------------------------------------------------------------------------------------------------

STRIPE_SECRET_KEY = env.str("STRIPE_SECRET_KEY", default="")
STRIPE_WEBHOOK_SECRET = env.str("STRIPE_WEBHOOK_SECRET", default="")
# Another server that speaks Stripe's language, for tests.
STRIPE_API_BASE = env.str("STRIPE_API_BASE", default="")
# An exchange rate older than this charges nobody; 0 sets no limit (the demo's rates never change).
RATE_MAX_DAYS = env.int("RATE_MAX_DAYS", default=0 if DEBUG or DEMO else 30)
SANDBOX_WEBHOOK_SECRET = env.str("SANDBOX_WEBHOOK_SECRET", default="")
# A parcel its maker has not taken up by then is cancelled; until when a shopper may send pieces back; what a maker may
# give back without a moderator.
ACCEPT_WITHIN_DAYS = env.int("ACCEPT_WITHIN_DAYS", default=5)
RETURN_DAYS = env.int("RETURN_DAYS", default=14)
MAKER_REFUND_DAYS = env.int("MAKER_REFUND_DAYS", default=90)
MAKER_REFUND_LIMIT_USD = env.int("MAKER_REFUND_LIMIT_USD", default=500)
RESERVATION_MINUTES = env.int("RESERVATION_MINUTES", default=30)
TERMS_VERSION = "2026-11"
# Whose VAT is put on commission (ISO code); the rates are in the database.
PLATFORM_COUNTRY = env.str("PLATFORM_COUNTRY", default="KZ")

# -- Payouts --------------------------------------------------------------------------------------------------------

# Fernet keys, the newest first; the others only open what they sealed. `manage.py payout_keys` makes and changes them.
PAYOUT_KEYS = env.list("PAYOUT_KEYS", default=[])
# Stripe's Global Payouts pay out of this account (fa_…), which is kept in this currency.
STRIPE_FINANCIAL_ACCOUNT = env.str("STRIPE_FINANCIAL_ACCOUNT", default="")
STRIPE_FINANCIAL_CURRENCY = env.str("STRIPE_FINANCIAL_CURRENCY", default="USD")
# New payout details wait this long before money goes there, so that a mail of warning can still be read.
PAYOUT_HOLD_HOURS = env.int("PAYOUT_HOLD_HOURS", default=48)
# A batch worth more than this many US dollars needs the word of two people.
PAYOUT_TWO_PEOPLE_USD = env.int("PAYOUT_TWO_PEOPLE_USD", default=1000)

# -- Wagtail --------------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Karvan"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_APPEND_SLASH = True
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# Nobody outside is told who edits here.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILIMAGES_IMAGE_MODEL = "cms.PageImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.forms.PageImageForm"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "avif"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# -- Security -------------------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS and env.bool("SECURE_SSL_REDIRECT", default=True)
# One proxy of ours stands in front and writes X-Forwarded-For and X-Forwarded-Proto itself.
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
# Wagtail shows previews in frames of its own.
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W019"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "marketplace.views.csrf_failure"

from marketplace.settings.csp import *  # noqa: E402, F403

CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"] += picture_origins(BUCKET)  # noqa: F405

# -- Watching -------------------------------------------------------------------------------------------------------

SENTRY_DSN = env.str("SENTRY_DSN", default="")
if SENTRY_DSN:
    import sentry_sdk

    # What a shopper typed is nobody's to read: neither requests nor variables are sent.
    sentry_sdk.init(
        dsn=SENTRY_DSN, send_default_pii=False, max_request_body_size="never", include_local_variables=False
    )

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "elastic_transport": {"level": "ERROR"},
        "django_tasks": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "stripe": {"level": "WARNING"},
    },
}
