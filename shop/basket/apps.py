from django.urls import path
from oscar.apps.basket import apps
from oscar.core.loading import get_class


class BasketConfig(apps.BasketConfig):
    name = "shop.basket"

    def get_urls(self):
        """Ours: the basket page, adding, changing and removing a line, a voucher."""
        views = {
            name: get_class("basket.views", name) for name in ("BasketView", "BasketAddView", "LineView", "VoucherView")
        }
        return self.post_process_urls(
            [
                path("", views["BasketView"].as_view(), name="summary"),
                path("add/<int:pk>/", views["BasketAddView"].as_view(), name="add"),
                path("line/<int:pk>/", views["LineView"].as_view(), name="line"),
                path("voucher/", views["VoucherView"].as_view(), name="voucher"),
            ]
        )
