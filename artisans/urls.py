from django.urls import path

from artisans import views

app_name = "artisans"
urlpatterns = [
    path("", views.makers, name="list"),
    path("<slug:slug>/", views.storefront, name="storefront"),
    path("<slug:slug>/portrait/<int:width>.<str:kind>", views.portrait, name="portrait"),
]
