from django.apps import AppConfig


class SettlementConfig(AppConfig):
    name = "shop.settlement"
    label = "settlement"

    def ready(self) -> None:
        from shop.settlement import releasing  # noqa: F401 - registers a job of the tick
