"""What a browser adds to the search field: what was searched for before, and a search that is spoken."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

DEAF = "window.SpeechRecognition = window.webkitSpeechRecognition = undefined;"
# Hears "су", then "сюзане", at once.
HEARING = """
window.SpeechRecognition = window.webkitSpeechRecognition = class {
    start() {
        const said = (transcript, isFinal) => ({ results: [Object.assign([{ transcript }], { isFinal })] });
        this.onresult(said("су", false));
        this.onresult(said("сюзане", true));
        this.onend();
    }
    stop() {}
};
"""
MISHEARING = """
window.SpeechRecognition = window.webkitSpeechRecognition = class {
    start() { this.onerror({ error: "no-speech" }); this.onend(); }
    stop() {}
};
"""


def field(page):
    return page.locator("#site-search")


def options(page):
    return page.locator("#site-search-list [role=option]")


def search(page, text: str) -> None:
    field(page).fill(text)
    field(page).press("Enter")
    expect(field(page)).to_have_value(text)
    expect(page).to_have_url(re.compile("q="))


def test_what_was_searched_for_waits_under_the_empty_field_and_can_be_forgotten(page):
    page.goto("/en/catalogue/")
    for text in ("shyrdak", "silver ring", "Shyrdak"):
        search(page, text)
    page.goto("/en/catalogue/")
    field(page).focus()
    expect(options(page)).to_have_text([re.compile("^Shyrdak"), re.compile("^silver ring"), re.compile("Forget")])
    options(page).nth(1).click()
    expect(page).to_have_url(re.compile(r"q=silver\+ring"))
    page.goto("/en/catalogue/")
    field(page).focus()
    options(page).last.click()
    expect(options(page).first).to_be_hidden()
    page.goto("/en/catalogue/")
    field(page).focus()
    expect(options(page)).to_have_count(0)


def test_what_one_browser_searched_for_no_other_sees(page, new_page):
    page.goto("/en/catalogue/")
    search(page, "shyrdak")
    other = new_page()
    other.goto("/en/catalogue/")
    field(other).focus()
    expect(options(other)).to_have_count(0)


def test_no_button_to_speak_where_the_browser_cannot_listen(page):
    page.add_init_script(DEAF)
    page.goto("/en/catalogue/")
    expect(field(page)).to_have_attribute("role", "combobox")  # the scripts have run
    expect(page.locator("header [data-voice]")).to_be_hidden()


def test_what_is_said_is_searched_for_in_the_pages_language(page):
    page.add_init_script(HEARING)
    page.goto("/kk/catalogue/")
    page.locator("header [data-voice]").click()
    expect(page).to_have_url(re.compile("q=%D1%81%D1%8E%D0%B7%D0%B0%D0%BD%D0%B5"))
    expect(field(page)).to_have_value("сюзане")
    expect(page.locator(".cards .card").first).to_be_visible()


def test_what_was_not_understood_is_told_and_the_button_listens_again(page):
    page.add_init_script(MISHEARING)
    page.goto("/en/catalogue/")
    button = page.locator("header [data-voice]")
    button.click()
    expect(page.locator("header [data-suggest-status]")).to_have_text(re.compile("Nothing was understood"))
    expect(button).to_have_attribute("aria-pressed", "false")
