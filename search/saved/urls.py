from django.urls import path

from search.saved import views

app_name = "saved"
urlpatterns = [
    path("", views.saved, name="list"),
    path("save/", views.save, name="save"),
    path("<int:pk>/", views.change, name="change"),
    path("stop/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
