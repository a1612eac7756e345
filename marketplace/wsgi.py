import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.base")
application = get_wsgi_application()

# A site that cannot open its makers' bank details must not pretend to serve them. Asked here and not in the settings:
# `manage.py payout_keys new`, which makes the key, and building the image have none yet.
from shop.settlement import vault  # noqa: E402 - needs the applications above

vault.require_keys()

# Let the server's start wait for what the first visitors would wait for.
from marketplace.warming import warm  # noqa: E402 - needs the applications above

warm(application)
