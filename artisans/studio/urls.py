from django.urls import path

from artisans.studio import money, payees, views

app_name = "studio"
urlpatterns = [
    path("", views.index, name="index"),
    path("parcels/", views.parcels, name="parcels"),
    path("parcels/<int:pk>/", views.parcel, name="parcel"),
    path("parcels/<int:pk>/accept/", views.accept, name="accept"),
    path("parcels/<int:pk>/ship/", views.ship, name="ship"),
    path("listings/", views.listings, name="listings"),
    path("listings/stock/<int:pk>/", views.stock, name="stock"),
    path("money/", money.money, name="money"),
    path("money/<int:pk>/details/<slug:rail>/", payees.details, name="payout-details"),
    path("money/details/<int:pk>/remove/", payees.remove_details, name="payout-details-remove"),
    path("money/<int:pk>/schedule/", payees.schedule, name="payout-schedule"),
    path("money/<int:pk>/cooperative/", payees.cooperative, name="cooperative"),
    path("money/members/<int:pk>/accept/", payees.accept_member, name="member-accept"),
]
