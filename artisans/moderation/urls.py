from django.urls import path

from artisans.moderation import corrections, disputes, orders, payees, payouts, reviews, rules, views

app_name = "moderation"
urlpatterns = [
    path("makers/", views.makers, name="makers"),
    path("payouts/", payouts.payouts, name="payouts"),
    path("payouts/gather/", payouts.gather, name="payout-gather"),
    path("payouts/batches/<int:pk>/", payouts.batch, name="payout-batch"),
    path("payouts/batches/<int:pk>/approve/", payouts.approve, name="payout-approve"),
    path("payouts/batches/<int:pk>/send/", payouts.send, name="payout-send"),
    path("payouts/batches/<int:pk>/dissolve/", payouts.dissolve, name="payout-dissolve"),
    path("payouts/batches/<int:pk>/file.<str:kind>", payouts.batch_file, name="payout-file"),
    path("payouts/batches/<int:pk>/answer/", payouts.answer, name="payout-answer"),
    path("payouts/<int:pk>/outcome/", payouts.outcome, name="payout-outcome"),
    path("payouts/reconciliation/", payouts.reconciliation, name="reconciliation"),
    path("payouts/corrections/", corrections.corrections, name="corrections"),
    path("payouts/ways/", payees.ways, name="payout-ways"),
    path("payouts/balances/", payees.balances, name="balances"),
    path("payouts/payees/<int:pk>/", payees.payee, name="payee"),
    path("cash/<int:pk>/", payees.cash, name="cash"),
    path("cash/<int:pk>/new-code/", payees.new_cash_code, name="cash-code"),
    path("cash/<int:pk>/sign/<slug:side>/", payees.sign_cash, name="cash-sign"),
    path("rules/", rules.rules, name="rules"),
    path("rules/voucher/", rules.voucher, name="voucher-add"),
    path("rules/voucher/<int:pk>/end/", rules.voucher_end, name="voucher-end"),
    *(
        route
        for kind in rules.FORMS
        for route in (
            path(f"rules/{kind}/", rules.rule, {"kind": kind}, name=f"{kind}-add"),
            path(f"rules/{kind}/<int:pk>/", rules.rule, {"kind": kind}, name=f"{kind}-change"),
        )
    ),
    path("orders/", orders.orders, name="orders"),
    path("orders/<str:number>/", orders.order, name="order"),
    path("parcels/<int:pk>/give-back/", orders.give_back_parcel, name="give-back"),
    path("parcels/<int:pk>/cancel/", orders.cancel_parcel, name="cancel"),
    path("refunds/<int:pk>/again/", orders.refund_again, name="refund-again"),
    path("payments/<int:pk>/give-back/", orders.give_back_payment, name="payment-back"),
    path("refunds/<int:pk>/assign/", orders.assign, name="refund-assign"),
    path("returns/<int:pk>/", orders.returned, name="return"),
    path("returns/<int:pk>/message/", orders.message, name="return-message"),
    path("returns/<int:pk>/<slug:action>/", orders.answer, name="return-answer"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/<int:pk>/", reviews.review, name="review"),
    path("disputes/", disputes.disputes, name="disputes"),
    path("disputes/<int:pk>/", disputes.dispute, name="dispute"),
]
