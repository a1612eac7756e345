from django.apps import AppConfig


class SettlementConfig(AppConfig):
    name = "shop.settlement"
    label = "settlement"

    def ready(self) -> None:
        from shop.settlement import cancelling, releasing  # noqa: F401 - register jobs of the tick
