"""The whole way by keyboard alone: nothing is clicked, and what has the focus can be seen."""

import re

import pytest
from playwright.sync_api import expect

from tests.live.shopper import ADDRESS

pytestmark = pytest.mark.browser
MOST_TABS = 150
MOST_FRAMES = 180


def tab_to(page, selector: str) -> None:
    """Presses Tab until the focus is on what the selector names; each stop on the way must be visible."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert_focus_is_seen(page)
            return
    raise AssertionError(f"the keyboard does not reach {selector}: " + page.url)


SEEN = """() => {
    const marked = element => {
        const style = getComputedStyle(element);
        const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
        return outline || style.boxShadow !== "none";
    };
    const focused = document.activeElement, box = focused.getBoundingClientRect();
    const around = [focused, focused.closest("label"), focused.closest(".search"), focused.closest(".card")];
    return box.bottom > 0 && box.top < innerHeight && around.some(element => element && marked(element));
}"""


def assert_focus_is_seen(page) -> None:
    """A ring or shadow on what has the focus or on what stands around it, inside the window, once it has scrolled
    there. (Playwright's own waiting evaluates text inside the page, which the content policy forbids.)"""
    for _ in range(MOST_FRAMES):
        if page.evaluate(SEEN):
            return
        page.evaluate("() => new Promise(requestAnimationFrame)")
    raise AssertionError("what has the focus is not seen: " + page.evaluate("document.activeElement.outerHTML"))


def press(page, selector: str, key: str = "Enter") -> None:
    tab_to(page, selector)
    page.keyboard.press(key)


def slow_network(page) -> None:
    conditions = {"offline": False, "latency": 400, "downloadThroughput": -1, "uploadThroughput": -1}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", conditions)


def test_search_buy_and_pay_by_keyboard_alone(page):
    page.goto("/en/")
    tab_to(page, "header input[name=q]")
    page.keyboard.type("shyrdak")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q=shyrdak"))
    press(page, ".card:not(:has(.card__tag)) .card__link")
    page.wait_for_url(re.compile(r"/catalogue/.+_\d+/"))
    if page.locator("#buy input[name=variant]").count():
        press(page, "#buy input[name=variant]", "Space")
    press(page, "#buy button[type=submit]")
    page.wait_for_url("**/basket/")
    press(page, "main a[href$='/checkout/']")
    page.wait_for_url("**/checkout/")
    slow_network(page)
    for name in ("email", "country", "first_name", "last_name", "line1", "city", "postcode", "phone"):
        tab_to(page, f"#order-form [name={name}]")
        # What comes back late for another country must not undo what is typed meanwhile.
        page.keyboard.type("Kazakhstan" if name == "country" else ADDRESS[name])
    press(page, "#order-form [name=terms]", "Space")
    # Who orders before the new shipping is shown would be asked to look at it and confirm again.
    expect(page.locator(".htmx-request")).to_have_count(0)
    press(page, "#order-form button.button--large")
    page.wait_for_url("**/sandbox/pay/**")
    press(page, "button[value=approve]")
    page.wait_for_url("**/en/orders/**")
    assert page.locator("a[href$='receipt.pdf']").count() == 1


def test_the_first_tab_leads_to_the_content(page):
    page.goto("/en/catalogue/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_escape_closes_a_menu(new_page):
    page = new_page(viewport={"width": 1440, "height": 900})
    page.goto("/en/")
    press(page, "header details > summary")
    opened = "document.querySelectorAll('header details[open]').length"
    assert page.evaluate(opened) == 1
    page.keyboard.press("Escape")
    assert page.evaluate(opened) == 0
