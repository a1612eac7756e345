from django.apps import AppConfig


class SettlementConfig(AppConfig):
    name = "shop.settlement"
    label = "settlement"
