from django.apps import AppConfig


class SettlementConfig(AppConfig):
    name = "shop.settlement"
    label = "settlement"

    def ready(self) -> None:
        # They register jobs of the tick and listeners of webhooks.
        from shop.settlement import cancelling, payouts, releasing, to_bank  # noqa: F401
