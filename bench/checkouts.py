"""A guest buys one piece, in each shop the way its pages lead: from "add" to the payment page, or to the thanks of a
shop that takes no payment. Every step is checked, so that no error page is measured as a quick one."""

import re
from typing import Protocol

from bench.browser import Answer, path_of

_HIDDEN = r'name="%s" value="([^"]*)"'
_SHIPPING = re.compile(r'name="(shipping-\d+)" value="([^"]+)"')
PERSON = {"first_name": "Aziza", "last_name": "Karimova", "line1": "Registon 1", "state": "", "postcode": "140100"}


class Asks(Protocol):
    def get(self, path: str) -> Answer: ...
    def post(self, path: str, fields: dict[str, str]) -> Answer: ...


class Failed(Exception):
    """A checkout went another way than it should: the figures would mean nothing."""


def buy_here(browser: Asks, product: int) -> None:
    """Ours: add → basket → the one page of the checkout → placed, on the way to the payment page."""
    _leads(browser.post(f"/en/basket/add/{product}/", {"quantity": "1"}), "/en/basket/")
    _shows(browser.get("/en/basket/"))
    page = _shows(browser.get("/en/checkout/?country=UZ"))
    shipping = dict(reversed(_SHIPPING.findall(page)))
    fields = {name: re.search(_HIDDEN % name, page).group(1) for name in ("attempt", "quote")}
    fields |= PERSON | shipping | {"country": "UZ", "city": "Samarkand", "phone": "+998901234567", "terms": "on"}
    _leads(browser.post("/en/checkout/", {**fields, "email": "guest@example.org", "note": ""}), "/sandbox/")


def buy_there(browser: Asks, product: int) -> None:
    """Oscar's: add → basket → who → where → shipping and payment (it chooses both) → preview → placed → thanks."""
    _leads(browser.post(f"/basket/add/{product}/", {"quantity": "1"}), "/")
    _shows(browser.get("/basket/"))
    _shows(browser.get("/checkout/"))
    guest = {"username": "guest@example.org", "options": "anonymous"}
    _leads(browser.post("/checkout/", guest), "/checkout/shipping-address/")
    _shows(browser.get("/checkout/shipping-address/"))
    address = PERSON | {"line4": "Samarkand", "country": "UZ", "phone_number": "+998901234567", "notes": ""}
    _leads(browser.post("/checkout/shipping-address/", address), "/checkout/shipping-method/")
    _leads(browser.get("/checkout/shipping-method/"), "/checkout/payment-method/")
    _leads(browser.get("/checkout/payment-method/"), "/checkout/payment-details/")
    _shows(browser.get("/checkout/payment-details/"))
    _shows(browser.get("/checkout/preview/"))
    _leads(browser.post("/checkout/preview/", {"action": "place_order"}), "/checkout/thank-you/")
    _shows(browser.get("/checkout/thank-you/"))


def _shows(answer: Answer) -> str:
    if answer.status != 200:
        raise Failed(f"A page of the checkout answered {answer.status} {answer.location}")
    return answer.body


def _leads(answer: Answer, start: str) -> None:
    if answer.status not in (302, 303) or not path_of(answer.location).startswith(start):
        raise Failed(f"A step of the checkout answered {answer.status} {answer.location}, not on to {start}")
