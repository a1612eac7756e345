"""Content Security Policy in a real browser: a script that got into a page does not run."""

import pytest

from tests.factories import make_listing
from tests.live.shopper import Shopper

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("shop")]
INJECTED = [
    "<script>window.harmed = 1</script>",
    "<script src='https://evil.example/x.js'></script><script nonce='guess'>window.harmed = 1</script>",
    "<img src=x onerror='window.harmed = 1'>",
    "<a id=trap href='javascript:window.harmed = 1'>x</a>",
    "<iframe srcdoc='<script>parent.harmed = 1</script>'></iframe>",
    "<base href='https://evil.example/'>",
    "<style>body { display: none }</style>",
]


@pytest.fixture
def page_with(site, browser_page):
    """A page of the site into whose HTML something was written as it came over the wire, as a hole would let it."""
    product = make_listing()
    site.start()
    url = f"{site.url}/en/catalogue/{product.slug}_{product.pk}/"

    def write(injected: str):
        def answer(route):
            response = route.fetch()
            route.fulfill(response=response, body=response.text().replace("<main", injected + "<main", 1))

        browser_page.route(url, answer)
        browser_page.goto(url)
        return browser_page

    return write


@pytest.mark.parametrize("injected", INJECTED)
def test_an_injected_script_does_not_run(page_with, injected):
    page = page_with(injected)
    trap = page.locator("#trap")
    if trap.count():
        trap.dispatch_event("click")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.harmed") is None
    assert page.evaluate("getComputedStyle(document.body).display") != "none"
    assert page.evaluate("document.baseURI").startswith("http://127.0.0.1")


def test_our_own_scripts_run(page_with):
    """So that the test above does not pass because nothing runs."""
    assert page_with("").evaluate("typeof htmx") == "object"


def test_every_page_carries_the_policy(site):
    site.start()
    shopper = Shopper(site.url)
    import urllib.request

    for path in ("/en/catalogue/", "/en/account/login/", "/en/no-such-page/"):
        try:
            answer = urllib.request.urlopen(shopper.site_url + path)
        except urllib.error.HTTPError as error:
            answer = error
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe-inline" not in policy and "script-src 'self'" in policy
