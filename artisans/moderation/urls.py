from django.urls import path

from artisans.moderation import views

app_name = "moderation"
urlpatterns = [path("makers/", views.makers, name="makers")]
