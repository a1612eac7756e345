"""The main journey: a shopper buys the work of two makers in two countries in one order."""

import re

import pytest

from tests.e2e.steps import add_to_basket, fill_in, listing_from, order, sandbox, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def filled(page):
    """A guest with a suzani from Uzbekistan and a kelaghayi from Azerbaijan, at the checkout in Kazakh."""
    for words, country in (("сюзане", "UZ"), ("келагаи", "AZ")):
        add_to_basket(page, listing_from(page, "kk", words, country))
    fill_in(page)
    return page


def test_one_order_of_two_makers_is_paid_and_followed_in_two_parcels(filled, shop):
    order(filled)
    sandbox(filled, "approve")
    filled.wait_for_url("**/kk/orders/**")
    assert filled.locator("section.parcel").count() == 2
    assert any("guest@example.org" in mail for mail in shop.mails())


def test_the_two_makers_each_see_only_their_own(filled, new_page):
    order(filled)
    sandbox(filled, "approve")
    filled.wait_for_url("**/kk/orders/**")
    number = re.search(r"/orders/(\d+)/", filled.url)[1]
    seen = {}
    for country in ("uz", "az"):
        tab = new_page()
        sign_in(tab, f"artisan.{country}@karvan.example")
        tab.goto("/en/studio/parcels/")
        seen[country] = re.findall(rf"{number}-(\d)", tab.content())
    assert {frozenset(parcels) for parcels in seen.values()} == {frozenset("1"), frozenset("2")}


def test_a_declined_payment_is_tried_again(filled):
    order(filled)
    sandbox(filled, "decline")
    filled.wait_for_url("**/kk/orders/**")
    filled.locator("form[action*='/checkout/pay/'] button").click()
    filled.wait_for_url("**/sandbox/pay/**")
    sandbox(filled, "approve")
    filled.wait_for_url("**/kk/orders/**")
    assert filled.locator("a[href$='receipt.pdf']").count() == 1


def test_a_second_step_is_asked_and_given(filled):
    order(filled)
    sandbox(filled, "second-step")
    filled.fill("[name=code]", "123456")
    sandbox(filled, "confirm")
    filled.wait_for_url("**/kk/orders/**")
    assert filled.locator("a[href$='receipt.pdf']").count() == 1


def test_a_payment_whose_answers_were_lost_is_found_by_asking(filled, shop):
    order(filled)
    sandbox(filled, "time-out")
    shop.manage("reconcile")
    assert any("guest@example.org" in mail for mail in shop.mails())


def test_it_all_works_without_javascript(new_page):
    page = new_page(java_script_enabled=False)
    add_to_basket(page, listing_from(page, "kk", "сюзане", "UZ"))
    fill_in(page)
    order(page)
    sandbox(page, "approve")
    page.wait_for_url("**/kk/orders/**")
    assert page.locator("section.parcel").count() == 1


def test_a_wrong_code_is_said_and_can_be_given_again(filled):
    order(filled)
    sandbox(filled, "second-step")
    filled.fill("[name=code]", "000000")
    sandbox(filled, "confirm")
    assert filled.locator("[role=alert]").is_visible()
    filled.fill("[name=code]", "123456")
    sandbox(filled, "confirm")
    filled.wait_for_url("**/kk/orders/**")


def test_what_was_typed_wrongly_is_said_and_nothing_is_lost(filled):
    filled.fill("[name=phone]", "12")
    filled.locator("main button.button--large[type=submit]").last.click()
    filled.wait_for_selector("[name=phone][aria-invalid=true]")
    assert filled.input_value("[name=line1]") == "Абай 1"
    filled.fill("[name=phone]", "+7 701 234 56 78")
    order(filled)


def test_the_mails_of_an_order_can_be_read_in_the_demo(filled):
    order(filled)
    sandbox(filled, "approve")
    filled.wait_for_url("**/kk/orders/**")
    filled.goto("/kk/demo/mails/")
    assert "guest@example.org" in filled.locator("main").inner_text()
