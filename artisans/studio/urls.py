from django.urls import path

from artisans.studio import going_back, money, payees, views

app_name = "studio"
urlpatterns = [
    path("", views.index, name="index"),
    path("parcels/", views.parcels, name="parcels"),
    path("parcels/<int:pk>/", views.parcel, name="parcel"),
    path("parcels/<int:pk>/accept/", views.accept, name="accept"),
    path("parcels/<int:pk>/ship/", views.ship, name="ship"),
    path("parcels/<int:pk>/cancel/", going_back.cancel_parcel, name="cancel"),
    path("parcels/<int:pk>/give-back/", going_back.give_back_parcel, name="give-back"),
    path("returns/<int:pk>/", going_back.returned, name="return"),
    path("returns/<int:pk>/message/", going_back.message, name="return-message"),
    path("returns/<int:pk>/<slug:action>/", going_back.answer, name="return-answer"),
    path("listings/", views.listings, name="listings"),
    path("listings/stock/<int:pk>/", views.stock, name="stock"),
    path("money/", money.money, name="money"),
    path("money/<int:pk>/sales/", money.sales, name="sales"),
    path("money/<int:pk>/ask/", money.ask, name="payout-ask"),
    path(
        "money/<int:pk>/statement/<str:currency>/<int:year>-<int:month>.<str:kind>", money.statement, name="statement"
    ),
    path("money/payouts/<int:pk>/", money.payout, name="payout"),
    path("money/payouts/<int:pk>/payout.pdf", money.advice, name="payout-advice"),
    path("money/payouts/<int:pk>/next/", money.try_next, name="payout-next"),
    path("money/receipts/<int:pk>/new-code/", money.new_cash_code, name="cash-code"),
    path("money/receipts/<int:pk>/sign/", money.sign_cash, name="cash-sign"),
    path("money/<int:pk>/details/<slug:rail>/", payees.details, name="payout-details"),
    path("money/details/<int:pk>/remove/", payees.remove_details, name="payout-details-remove"),
    path("money/<int:pk>/schedule/", payees.schedule, name="payout-schedule"),
    path("money/<int:pk>/cooperative/", payees.cooperative, name="cooperative"),
    path("money/members/<int:pk>/accept/", payees.accept_member, name="member-accept"),
]
