from django.apps import AppConfig


class SandboxConfig(AppConfig):
    name = "shop.sandbox"
    label = "sandbox"

    def ready(self):
        from shop.sandbox import afterwards, provider  # noqa: F401 - registers its messages
