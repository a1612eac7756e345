from django.urls import path
from oscar.apps.checkout import apps


class CheckoutConfig(apps.CheckoutConfig):
    name = "shop.checkout"

    def ready(self):
        # Registers what the outbox and the tick call.
        from shop.checkout import payments, webhooks  # noqa: F401

    def get_urls(self):
        """Ours: one page to check out, the way to the gateway and back."""
        from shop.checkout import views

        return [
            path("", views.CheckoutView.as_view(), name="index"),
            path("pay/<str:number>/<str:token>/", views.PayView.as_view(), name="pay"),
            path("cancel/<str:number>/<str:token>/", views.CancelView.as_view(), name="cancel"),
            path("return/<str:key>/", views.ReturnView.as_view(), name="return"),
        ]
