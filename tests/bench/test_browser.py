import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from bench.browser import Answer, Browser, path_of
from bench.checkouts import Failed, buy_here


class Shop(BaseHTTPRequestHandler):
    """Gives a token on its page, and takes a form with that token only."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.answer(200, ("Set-Cookie", "csrftoken=abc; Path=/"))

    def do_POST(self):
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        right = "csrfmiddlewaretoken=abc" in form and "csrftoken=abc" in self.headers["Cookie"]
        self.answer(302 if right else 403, ("Location", "http://127.0.0.1/next/?a=1"))

    def answer(self, status: int, header: tuple[str, str]):
        self.send_response(status)
        self.send_header(*header)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args):
        pass


@pytest.fixture
def browser():
    server = HTTPServer(("127.0.0.1", 0), Shop)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    browser = Browser(server.server_port)
    yield browser
    browser.close()
    server.shutdown()
    server.server_close()


def test_forms_carry_the_token_of_the_page_before(browser):
    browser.get("/")
    answer = browser.post("/", {"quantity": "1"})
    assert (answer.status, path_of(answer.location)) == (302, "/next/?a=1")


def test_another_shopper_has_no_cookies(browser):
    browser.get("/")
    browser.forget()
    assert browser.post("/", {}).status == 403


def test_time_is_counted(browser):
    browser.get("/")
    assert browser.seconds > 0


def test_a_checkout_that_goes_wrong_is_no_figure():
    class Refusing:
        def post(self, path, fields):
            return Answer(422, "", "sold out")

    with pytest.raises(Failed, match="422"):
        buy_here(Refusing(), 1)
