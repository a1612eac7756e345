"""What visitors do, in the words of the test."""

from marketplace.demo.signs import PASSWORD


def listing_from(page, language: str, words: str, country: str) -> str:
    """The address of the first piece from this country that these words find."""
    page.goto(f"/{language}/catalogue/?q={words}&country={country}&ready=1")
    return page.locator(".cards a[href*='/catalogue/']").first.get_attribute("href")


def add_to_basket(page, path: str) -> None:
    page.goto(path)
    variant = page.locator("input[name=variant]:not(:disabled)")
    if variant.count():
        variant.first.check(force=True)
    page.locator("form[action*='/basket/add/'] button.button--large").click()
    page.wait_for_url("**/basket/")


def fill_in(page, **changes) -> None:
    """The checkout's form, for somebody in Almaty."""
    values = {
        "email": "guest@example.org",
        "first_name": "Айгерім",
        "last_name": "Сынақ",
        "line1": "Абай 1",
        "city": "Алматы",
        "postcode": "050000",
        "phone": "+7 701 234 56 78",
        **changes,
    }
    page.goto("/kk/checkout/?country=KZ")
    for name, value in values.items():
        page.fill(f"main [name={name}]", value)
    page.check("[name=terms]")


def order(page) -> None:
    page.locator("main button.button--large[type=submit]").last.click()
    page.wait_for_url("**/sandbox/pay/**")


def sandbox(page, action: str) -> None:
    page.locator(f"button[value={action}]").click()
    page.wait_for_load_state()


def sign_in(page, email: str) -> None:
    page.goto("/en/account/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()
