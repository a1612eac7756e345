from django.urls import path

from shop.order import going_back, views

app_name = "orders"
urlpatterns = [
    path("<str:number>/<str:token>/", views.track, name="track"),
    path("<str:number>/<str:token>/receipt.pdf", views.receipt, name="receipt"),
    path("<str:number>/<str:token>/claim/", views.claim, name="claim"),
    path("<str:number>/<str:token>/arrived/<int:parcel>/", views.arrived, name="arrived"),
    path("<str:number>/<str:token>/cancel/<int:parcel>/", going_back.cancel_parcel, name="cancel-parcel"),
    path("<str:number>/<str:token>/return/<int:parcel>/", going_back.return_parcel, name="return"),
    path("<str:number>/<str:token>/returned/<int:pk>/", going_back.returned, name="returned"),
    path("<str:number>/<str:token>/rate/<int:line>/", views.rate, name="rate"),
]
