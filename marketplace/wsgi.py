import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.base")
application = get_wsgi_application()

# The first search loads vocabulary and index: let the server's start wait for it, not a shopper.
from search import engines  # noqa: E402 - needs the applications above

engines.warm()
