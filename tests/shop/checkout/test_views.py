import html
import re
import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.utils import timezone, translation
from django.utils.translation import gettext
from oscar.core.loading import get_model

from shop.checkout import gateway
from shop.checkout.gateway import GatewayDown
from shop.checkout.payments import expire
from shop.checkout.sandbox import SandboxGateway
from shop.currency.models import Rate
from shop.order.links import track_path
from shop.settlement.vouchers import open_voucher
from tests.factories import make_artisan, make_listing, make_shipping, make_user, pay

Basket = get_model("basket", "Basket")
Order = get_model("order", "Order")
Product = get_model("catalogue", "Product")
StockRecord = get_model("partner", "StockRecord")
UserAddress = get_model("address", "UserAddress")
pytestmark = pytest.mark.usefixtures("rates")
URL = "/en/checkout/"
TYPED = {
    "email": "guest@example.org", "first_name": "Aigerim", "last_name": "Qoja", "country": "KZ", "line1": "Abai 1",
    "city": "Almaty", "state": "", "postcode": "050000", "phone": "+7 701 234 56 78", "note": "A gift", "terms": "on",
}  # fmt: skip


@pytest.fixture
def maker():
    return make_artisan("nurata", name="Nurata", country="UZ")


def put_in(client, *products, quantity: int = 1) -> None:
    for product in products:
        assert client.post(f"/en/basket/add/{product.pk}/", {"quantity": quantity}).status_code == 302


def hidden(client, **typed) -> dict:
    """The attempt and quote of the page as the shopper sees it with this country and shipping."""
    response = client.post(URL, {**TYPED, **typed, "refresh": "1"})
    return {"attempt": str(response.context["attempt"]), "quote": response.context["quote"]}


def send(client, seen: dict | None = None, **typed):
    return client.post(URL, {**TYPED, **(seen or hidden(client, **typed)), **typed})


def text_of(response) -> str:
    return html.unescape(response.content.decode())


# -- The page -------------------------------------------------------------------------------------------------------


def test_nothing_to_check_out_leads_to_the_basket(client, db):
    assert client.get(URL)["Location"] == "/en/basket/"
    assert client.post(URL, {"country": "KZ", "email": ""})["Location"] == "/en/basket/"


def test_what_was_typed_waits_for_the_next_basket_when_another_window_emptied_this_one(client, maker):
    product = make_listing(maker)
    put_in(client, product)
    seen = hidden(client)
    client.post(f"/en/basket/line/{Basket.objects.get().lines.get().pk}/", {"remove": "1"})
    assert send(client, seen)["Location"] == "/en/basket/"
    put_in(client, product)
    text = text_of(client.get(URL))
    assert all(f'value="{TYPED[name]}"' in text for name in ("email", "last_name", "line1", "phone"))
    send(client)
    put_in(client, product)
    assert "Qoja" not in text_of(client.get(URL))


def test_each_parcel_offers_its_ways_of_shipping(client, maker):
    make_shipping(maker.partner, zone="region", code="express", price=Decimal(25000))
    put_in(client, make_listing(maker))
    text = text_of(client.get(URL + "?country=KZ"))
    assert len(re.findall(rf'type="radio"[^>]*name="shipping-{maker.partner_id}"', text)) == 2
    assert "Courier" in text and "$2" in text and "25,000" in text


def test_duty_and_terms_are_shown_before_paying(client, maker):
    put_in(client, make_listing(maker))
    text = text_of(client.get(URL))
    assert "Import duty is not included" in text
    assert 'href="/en/terms/" target="_blank"' in text and 'href="/en/returns/" target="_blank"' in text


def test_another_country_shows_the_new_total_and_keeps_what_was_typed(client, maker):
    put_in(client, make_listing(maker))
    typed = {**TYPED, "country": "US", "phone": "not yet"}
    response = client.post(URL, {**typed, "attempt": str(uuid.uuid4()), "refresh": "1"})
    text = text_of(response)
    assert response.status_code == 200
    assert "to United States" in text and ">State<" in re.sub(r"\s+", "", text.replace("State ", "State<"))
    for value in ("guest@example.org", "Aigerim", "not yet", "A gift"):
        assert value in text
    assert re.search(r'name="terms"[^>]*checked', text)


def test_an_attempt_that_happens_to_look_like_a_cards_number_is_placed(client, maker):
    """One in 30,000 does; it is nothing that a shopper typed."""
    put_in(client, make_listing(maker))
    seen = hidden(client) | {"attempt": "41471981-5079-4442-a46d-4173a68aa783"}
    assert send(client, seen).status_code == 302


def test_pressing_enter_orders_instead_of_only_looking_again(client, maker):
    """The first button of a form is the one that Enter presses: it must have no name."""
    put_in(client, make_listing(maker))
    form = text_of(client.get(URL)).split('id="order-form"')[1]
    assert "name=" not in re.search(r"<button[^>]*>", form)[0]


def test_a_signed_in_shopper_types_neither_e_mail_nor_address(client, maker):
    user = make_user("aigerim@example.org")
    UserAddress.objects.create(
        user=user, first_name="Aigerim", last_name="Qoja", line1="Abai 1", line4="Almaty", country_id="KZ"
    )
    client.force_login(user)
    put_in(client, make_listing(maker))
    text = text_of(client.get(URL))
    assert "aigerim@example.org" in text and 'name="email"' not in text
    assert 'value="Abai 1"' in text and "to Kazakhstan" in text


def test_another_address_of_the_book_fills_the_form_and_keeps_the_rest(client, maker):
    user, stranger = make_user(), make_user()
    own, other = (
        UserAddress.objects.create(user=owner, first_name="B", last_name="C", line1=street, line4="X", country_id="US")
        for owner, street in ((user, "Elm 5"), (stranger, "Secret 7"))
    )
    client.force_login(user)
    put_in(client, make_listing(maker))
    text = text_of(client.post(URL, {**TYPED, "address": str(own.pk)}))
    assert 'value="Elm 5"' in text and "A gift" in text and "to United States" in text
    assert "Secret 7" not in text_of(client.post(URL, {**TYPED, "address": str(other.pk)}))


# -- Wrong input ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("email", "nobody", "valid email"),
        ("email", "", "required"),
        ("phone", "12", "does not look like a phone number"),
        ("postcode", "12", "it looks like 050000"),
        ("country", "XX", "valid choice"),
        ("line1", "", "required"),
        ("terms", "", "Please accept the terms"),
    ],
)
def test_wrong_input_is_told_and_the_rest_is_kept(client, maker, field, value, message):
    put_in(client, make_listing(maker))
    response = send(client, hidden(client), **{field: value})
    text = text_of(response)
    assert response.status_code == 422 and message in text and "error-summary" in text
    assert "Aigerim" in text and "A gift" in text and not Order.objects.exists()


def test_messages_are_in_the_shoppers_language(client, maker):
    put_in(client, make_listing(maker))
    text = text_of(client.post("/ru/checkout/", {**TYPED, "email": ""}))
    with translation.override("ru"):
        message = gettext("This field is required.")
    assert message in text and message != "This field is required."


def test_a_postcode_is_asked_for_where_carriers_need_one(client, maker):
    put_in(client, make_listing(maker))
    assert "Carriers need the postcode." in text_of(
        send(client, country="US", state="NY", postcode="", phone="+12025550123")
    )
    assert send(client, postcode="").status_code == 302


def test_nonsense_in_hidden_fields_is_harmless(client, maker):
    put_in(client, make_listing(maker))
    seen = {**hidden(client), "attempt": "x", "shipping-²": "standard", "shipping-" + "9" * 40: "standard"}
    assert send(client, seen, **{f"shipping-{maker.partner_id}": "camel"}).status_code == 302


# -- Ordering -------------------------------------------------------------------------------------------------------


def test_a_guest_orders_from_two_makers_and_goes_on_to_pay(client, maker):
    put_in(client, make_listing(maker), make_listing(make_artisan(country="AZ", currency="AZN"), price="17"))
    response = send(client)
    order = Order.objects.get()
    assert response["Location"] == order.payments.get().page_url
    assert (order.guest_email, order.sale.note, order.sale.terms_version) == ("guest@example.org", "A gift", "2026-11")
    assert [parcel.partner.stockrecords.count() for parcel in order.parcels.all()] == [1, 1]


def test_each_parcel_goes_the_chosen_way(client, maker):
    make_shipping(maker.partner, zone="region", code="express", price=Decimal(25000))
    put_in(client, make_listing(maker))
    send(client, **{f"shipping-{maker.partner_id}": "express"})
    assert (Order.objects.get().parcels.get().method, Order.objects.get().shipping_incl_tax) == ("express", 2)


def test_a_signed_in_shoppers_order_is_theirs(client, maker):
    user = make_user()
    client.force_login(user)
    put_in(client, make_listing(maker))
    send(client, email="ignored@example.org")
    assert (Order.objects.get().user, Order.objects.get().guest_email) == (user, "")


def test_the_order_is_charged_in_the_shoppers_currency(client, maker):
    client.cookies["currency"] = "TMT"
    put_in(client, make_listing(maker))
    send(client)
    assert (Order.objects.get().currency, Order.objects.get().lines.get().line_price_incl_tax) == ("TMT", 35)


def test_sending_twice_makes_one_order(client, maker):
    put_in(client, make_listing(maker))
    seen = hidden(client)
    first, second = send(client, seen), send(client, seen)
    assert first["Location"] == second["Location"] and Order.objects.count() == 1


def test_an_old_page_sent_after_paying_leads_to_the_order_not_to_another_payment(client, maker):
    put_in(client, make_listing(maker))
    seen = hidden(client)
    send(client, seen)
    order = Order.objects.get()
    pay(order)
    assert send(client, seen)["Location"] == track_path(order)
    assert order.payments.count() == 1


def test_an_old_page_sent_after_the_order_ended_is_a_new_order(client, maker):
    put_in(client, make_listing(maker))
    seen = hidden(client)
    send(client, seen)
    first = Order.objects.get()
    client.post(f"/en/checkout/cancel/{track_path(first).removeprefix('/en/orders/')}")
    seen["quote"] = hidden(client)["quote"]
    assert send(client, seen)["Location"] == send(client, seen)["Location"]
    assert sorted(Order.objects.values_list("status", flat=True)) == ["cancelled", "pending payment"]


# -- What changed meanwhile -----------------------------------------------------------------------------------------


def test_a_changed_price_must_be_confirmed_at_the_new_total(client, maker):
    put_in(client, make_listing(maker, price="125000"))
    seen = hidden(client)
    StockRecord.objects.update(price=250000)
    response = send(client, seen)
    text = text_of(response)
    assert response.status_code == 409 and not Order.objects.exists()
    assert "Prices or shipping changed" in text and "$20" in text and "A gift" in text
    seen["quote"] = response.context["quote"]
    assert send(client, seen).status_code == 302


def test_a_piece_sold_meanwhile_is_taken_out_without_losing_what_was_typed(client, maker):
    gone, kept = make_listing(maker, title="Gone"), make_listing(maker, title="Kept")
    put_in(client, gone, kept)
    seen = hidden(client)
    StockRecord.objects.filter(product=gone).update(num_in_stock=0)
    response = send(client, seen)
    assert response.status_code == 409 and "“Gone” was just sold" in text_of(response)
    line = Basket.objects.get().lines.get(product=gone)
    response = client.post(URL, {**TYPED, **seen, "fit": line.pk})
    text = text_of(response)
    assert "Gone" not in text and "Kept" in text and "A gift" in text
    assert send(client, {**seen, "quote": response.context["quote"]}).status_code == 302


def test_a_piece_whose_maker_was_suspended_meanwhile_is_not_sold(client, maker):
    put_in(client, make_listing(maker, title="Oy"))
    seen = hidden(client)
    maker.status = maker.SUSPENDED
    maker.save()
    response = send(client, seen)
    assert response.status_code == 409 and "“Oy” is no longer on sale" in text_of(response)
    assert not Order.objects.exists()


def lose_the_price(product) -> None:
    StockRecord.objects.filter(product=product).update(price=None)


def lose_the_rate(product) -> None:
    Rate.objects.filter(currency="UZS").delete()
    cache.clear()


@pytest.mark.parametrize("lose", [lose_the_price, lose_the_rate])
def test_a_piece_without_a_price_is_not_given_away_but_taken_out(client, maker, lose):
    priceless = make_listing(maker, title="Oygul")
    put_in(client, priceless, make_listing(make_artisan(country="AZ", currency="AZN"), title="Quyosh", price="34"))
    with_a_voucher(client)
    seen = hidden(client)
    lose(priceless)
    for page in (client.get("/en/basket/"), client.get(URL)):
        assert page.status_code == 200 and "no price in your currency" in text_of(page)
    assert send(client, hidden(client)).status_code == send(client, seen).status_code == 409
    line = Basket.objects.get().lines.get(product=priceless)
    page = client.post(URL, {**TYPED, **seen, "fit": line.pk})
    assert "Oygul" not in text_of(page)
    assert send(client, {**seen, "quote": page.context["quote"]}).status_code == 302


def with_a_voucher(client) -> None:
    day = timedelta(days=1)
    open_voucher("TEN", Decimal(10), timezone.now() - day, timezone.now() + day)
    client.post("/en/basket/voucher/", {"code": "TEN"})


def test_whoever_signed_out_in_another_tab_signs_in_and_goes_on(client, maker):
    user = make_user()
    client.force_login(user)
    put_in(client, make_listing(maker))
    seen = hidden(client)
    client.logout()
    response = client.post(URL, {name: value for name, value in {**TYPED, **seen}.items() if name != "email"})
    assert response["Location"] == "/en/account/login/?next=/en/checkout/"
    assert "signed out" in text_of(client.get(response["Location"])) and not Order.objects.exists()
    client.force_login(user)
    page = client.get(URL)
    assert 'value="Abai 1"' in text_of(page)
    seen = {"attempt": str(page.context["attempt"]), "quote": page.context["quote"]}
    assert send(client, seen).status_code == 302 and Order.objects.get().user == user


def test_fewer_left_are_taken_with_one_press(client, maker):
    product = make_listing(maker, stock=5)
    put_in(client, product, quantity=4)
    StockRecord.objects.update(num_in_stock=2)
    assert ">Take 2<" in text_of(client.get(URL))
    client.post(URL, {**TYPED, "fit": Basket.objects.get().lines.get().pk})
    assert Basket.objects.get().lines.get().quantity == 2


def test_a_parcel_that_cannot_be_sent_there_is_taken_out(client, maker):
    lonely = make_artisan(name="Lonely", world=False)
    put_in(client, make_listing(maker), make_listing(lonely))
    response = send(client, country="US", state="NY", postcode="10001")
    assert response.status_code == 409 and "Lonely does not send to" in text_of(response)
    text = text_of(client.post(URL, {**TYPED, "country": "US", "drop": lonely.partner_id}))
    assert "Lonely" not in text and "A gift" in text


def test_taking_the_last_piece_out_leads_to_the_basket(client, maker):
    put_in(client, make_listing(maker))
    line = Basket.objects.get().lines.get()
    StockRecord.objects.update(num_in_stock=0)
    assert client.post(URL, {**TYPED, "fit": line.pk})["Location"] == "/en/basket/"


# -- The gateway away, giving up, coming back -----------------------------------------------------------------------


def test_a_gateway_that_is_away_keeps_the_order(client, maker, monkeypatch):
    def away(*args, **kwargs):
        raise GatewayDown

    monkeypatch.setattr(SandboxGateway, "open_page", away)
    put_in(client, make_listing(maker))
    response = send(client)
    assert response["Location"] == track_path(Order.objects.get())
    assert "does not answer" in text_of(client.get(response["Location"]))


def test_without_a_gateway_no_order_is_taken(client, maker, monkeypatch):
    monkeypatch.setattr(gateway, "gateways", dict)
    put_in(client, make_listing(maker))
    response = send(client)
    assert response.status_code == 409 and "takes no orders" in text_of(response) and not Order.objects.exists()


def cancel(client, order):
    return client.post(f"/en/checkout/cancel/{track_path(order).removeprefix('/en/orders/')}", follow=True)


def test_giving_up_brings_a_guests_basket_back(client, maker):
    put_in(client, make_listing(maker, title="Oy"))
    send(client)
    client.get("/en/basket/")
    text = text_of(cancel(client, Order.objects.get()))
    assert "Oy" in text and "nothing was charged" in text
    assert StockRecord.objects.get().num_allocated == 0


def test_a_basket_that_comes_back_joins_the_one_filled_meanwhile(client, maker):
    put_in(client, make_listing(maker, title="Oy"))
    send(client)
    put_in(client, make_listing(maker, title="Quyosh"))
    text = text_of(cancel(client, Order.objects.get()))
    assert "Oy" in text and "Quyosh" in text


def test_an_order_whose_time_ran_out_gives_its_basket_back(client, maker):
    put_in(client, make_listing(maker, title="Oy"))
    send(client)
    order = Order.objects.get()
    expire(order)
    assert "Oy" in text_of(cancel(client, order))


def test_a_paid_order_is_not_given_up(client, maker):
    put_in(client, make_listing(maker))
    send(client)
    order = Order.objects.get()
    pay(order)
    assert cancel(client, order).redirect_chain[-1][0] == track_path(order)
    order.refresh_from_db()
    assert order.status == "paid"


def test_coming_back_with_a_declined_payment_offers_another_try(client, maker, sandbox_posts):
    put_in(client, make_listing(maker))
    page = send(client)["Location"].removeprefix("http://testserver")
    back = client.post(page, {"action": "decline"})["Location"]
    text = text_of(client.get(back, follow=True))
    assert "was declined" in text and "/en/checkout/pay/" in text
    again = f"/en/checkout/pay/{track_path(Order.objects.get()).removeprefix('/en/orders/')}"
    assert client.post(again).status_code == 302
    assert Order.objects.get().payments.count() == 2


def test_coming_back_is_believed_only_when_the_gateway_says_so(client, maker):
    put_in(client, make_listing(maker))
    send(client)
    payment = Order.objects.get().payments.get()
    client.get(f"/en/checkout/return/{payment.key}/?status=paid")
    assert Order.objects.get().status == "pending payment"


@pytest.mark.parametrize("action", ["approve", "time-out", "never-return", "second-step", "decline"])
def test_every_behaviour_of_the_test_provider_can_be_pressed(client, maker, sandbox_posts, action):
    put_in(client, make_listing(maker))
    page = send(client)["Location"].removeprefix("http://testserver")
    shown = text_of(client.get(page))
    assert f'value="{action}"' in shown and "TEST MONEY" in shown
    assert client.post(page, {"action": action}).status_code in (200, 302, 504)


def test_the_second_step_wants_its_code(client, maker, sandbox_posts):
    put_in(client, make_listing(maker))
    page = send(client)["Location"].removeprefix("http://testserver")
    wrong = client.post(page, {"action": "confirm", "code": "1"})
    assert wrong.status_code == 422 and "That was not the code" in text_of(wrong)
    assert client.post(page, {"action": "confirm", "code": "123456"}).status_code == 302
    assert client.post(page, {"action": "approve"}).status_code == 302


def test_the_test_provider_is_not_there_without_the_sandbox(client, maker, settings):
    put_in(client, make_listing(maker))
    page = send(client)["Location"].removeprefix("http://testserver")
    settings.PAYMENT_SANDBOX = False
    assert client.get(page).status_code == 404
