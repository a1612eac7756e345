from django.contrib.auth.decorators import login_required
from django.urls import path
from django.views.generic import RedirectView
from oscar.apps.customer import apps
from oscar.core.loading import get_class


class CustomerConfig(apps.CustomerConfig):
    name = "shop.customer"

    def get_urls(self):
        """Ours: orders, addresses, name and language. Signing in, up and out are allauth's, under names Oscar knows."""
        pages = {
            "order-list": ("orders/", "OrderHistoryView"),
            "order": ("orders/<str:order_number>/", "OrderDetailView"),
            "address-list": ("addresses/", "AddressListView"),
            "address-create": ("addresses/add/", "AddressCreateView"),
            "address-detail": ("addresses/<int:pk>/", "AddressUpdateView"),
            "address-delete": ("addresses/<int:pk>/delete/", "AddressDeleteView"),
            "address-change-status": ("addresses/<int:pk>/<str:action>/", "AddressChangeStatusView"),
            "profile": ("profile/", "ProfileView"),
        }
        urls = [
            path(route, login_required(get_class("customer.views", view).as_view()), name=name)
            for name, (route, view) in pages.items()
        ]
        return [
            *urls,
            path("", RedirectView.as_view(pattern_name="customer:order-list"), name="summary"),
            path("sign-in/", RedirectView.as_view(pattern_name="account_login", query_string=True), name="login"),
            path("sign-out/", RedirectView.as_view(pattern_name="account_logout"), name="logout"),
        ]
