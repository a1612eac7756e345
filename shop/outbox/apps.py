from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "shop.outbox"
    label = "outbox"

    def ready(self):
        from shop.outbox import mail  # noqa: F401 - registers its messages
