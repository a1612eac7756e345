from django.urls import path

from shop.currency import views

app_name = "currency"
urlpatterns = [path("", views.choose, name="choose")]
