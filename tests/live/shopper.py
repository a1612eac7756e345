"""A shopper with a browser's cookies and forms, but no browser: every word goes over HTTP to a running site."""

import http.client
import http.cookiejar
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

ADDRESS = {
    "email": "guest@example.org",
    "first_name": "Aigerim",
    "last_name": "Test",
    "country": "KZ",
    "line1": "Abai 1",
    "city": "Almaty",
    "postcode": "050000",
    "phone": "+7 701 234 56 78",
    "terms": "on",
}


@dataclass
class Answer:
    status: int
    url: str
    text: str
    location: str = ""

    @property
    def path(self) -> str:
        return urlsplit(self.url).path


@dataclass
class Form:
    action: str
    values: dict[str, str] = field(default_factory=dict)


class _Forms(HTMLParser):
    """The forms of a page with what a browser would send if nobody touched them. Buttons are left out."""

    def __init__(self):
        super().__init__()
        self.found: list[Form] = []
        self._select = ""

    def handle_starttag(self, tag, attributes):
        values = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.found.append(Form(values.get("action", "")))
        elif not self.found:
            return
        elif tag == "input" and "name" in values:
            if values.get("type") in ("radio", "checkbox") and "checked" not in values:
                return
            self.found[-1].values[values["name"]] = values.get("value", "")
        elif tag == "select":
            self._select = values.get("name", "")
        elif tag == "option" and self._select and ("selected" in values or self._select not in self.found[-1].values):
            self.found[-1].values[self._select] = values.get("value", "")
        elif tag == "textarea" and "name" in values:
            self.found[-1].values[values["name"]] = ""

    def handle_endtag(self, tag):
        if tag == "select":
            self._select = ""


def forms(page: Answer) -> list[Form]:
    parser = _Forms()
    parser.feed(page.text)
    return parser.found


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


class Shopper:
    def __init__(self, site_url: str):
        self.site_url = site_url
        self.cookies = http.cookiejar.CookieJar()
        jar = urllib.request.HTTPCookieProcessor(self.cookies)
        self._opener = urllib.request.build_opener(jar, _Stay)

    def get(self, path: str, follow: bool = True) -> Answer:
        return self._ask(urllib.request.Request(urljoin(self.site_url, path)), follow)

    def post(self, path: str, values: dict[str, str], follow: bool = True) -> Answer:
        url = urljoin(self.site_url, path)
        headers = {"Referer": url, "Origin": self.site_url}
        return self._ask(urllib.request.Request(url, urlencode(values).encode(), headers), follow)

    def send(self, page: Answer, to: str, /, follow: bool = True, **values: str) -> Answer:
        """Sends the page's form whose action contains `to`, with these values changed. Part of the page's address
        stands for a form without an action."""
        form = next(form for form in forms(page) if to in urljoin(page.url, form.action))
        return self.post(urljoin(page.url, form.action), {**form.values, **values}, follow)

    def put_in_basket(self, product, language: str = "en") -> Answer:
        page = self.get(f"/{language}/catalogue/{product.slug}_{product.pk}/")
        return self.send(page, "/basket/add/")

    def check_out(self, language: str = "en", follow: bool = True, **changes: str) -> Answer:
        """Fills in the checkout and orders; the page that this leads to (the payment page, or what is wrong)."""
        page = self.get(f"/{language}/checkout/")
        if ADDRESS["country"] != changes.get("country", ADDRESS["country"]):
            page = self.send(page, "/checkout/", country=changes["country"], refresh="1")
        return self.send(page, "/checkout/", follow, **{**ADDRESS, **changes})

    def _ask(self, request: urllib.request.Request, follow: bool) -> Answer:
        try:
            with self._opener.open(request, timeout=60) as answer:
                return Answer(answer.status, answer.url, answer.read().decode())
        except urllib.error.HTTPError as error:
            text = error.read().decode(errors="replace")
            location = urljoin(request.full_url, error.headers.get("Location") or "")
            if follow and error.headers.get("Location"):
                return self._ask(urllib.request.Request(location), follow)
            return Answer(error.code, request.full_url, text, location if error.headers.get("Location") else "")


GONE = (urllib.error.URLError, http.client.RemoteDisconnected, ConnectionError)
"""What a shopper sees when the server dies in the middle of an answer."""
