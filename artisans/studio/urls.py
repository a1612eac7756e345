from django.urls import path

from artisans.studio import views

app_name = "studio"
urlpatterns = [
    path("", views.index, name="index"),
    path("parcels/", views.parcels, name="parcels"),
    path("parcels/<int:pk>/", views.parcel, name="parcel"),
    path("parcels/<int:pk>/accept/", views.accept, name="accept"),
    path("parcels/<int:pk>/ship/", views.ship, name="ship"),
    path("listings/", views.listings, name="listings"),
    path("listings/stock/<int:pk>/", views.stock, name="stock"),
]
