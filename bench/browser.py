"""A shopper's browser, as little of it as is needed: cookies, forms with their token, one kept connection."""

import gzip
import http.client
import time
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

# Seconds. A search of a stock Oscar with spelling suggestions can take a minute among 10,000 products.
PATIENCE = 300


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    body: str


class Browser:
    """Speaks to one shop. `seconds` adds up the time between sending a request and having its last byte."""

    def __init__(self, port: int):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.cookies: dict[str, str] = {}
        self.seconds = 0.0

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        """Sends a form with the token of the cookie that an earlier page set."""
        fields = {"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **fields}
        return self._ask("POST", path, urlencode(fields).encode())

    def forget(self) -> None:
        """Another shopper, the same connection."""
        self.cookies.clear()

    def close(self) -> None:
        self.connection.close()

    def _ask(self, method: str, path: str, body: bytes | None = None) -> Answer:
        headers = {
            "Accept-Encoding": "gzip",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        started = time.perf_counter()
        try:
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            # The server closed the idle connection. Nothing was done: ask again on a new one.
            self.connection.close()
            started = time.perf_counter()
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
        content = response.read()
        self.seconds += time.perf_counter() - started
        for line in response.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        if response.headers.get("Content-Encoding") == "gzip":
            content = gzip.decompress(content)
        return Answer(response.status, response.headers.get("Location", ""), content.decode(errors="replace"))


class InProcess:
    """The same for Django's test client, inside a shop's own process, to count its queries."""

    def __init__(self, client):
        self.client = client

    def get(self, path: str) -> Answer:
        return self._answer(self.client.get(path))

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        return self._answer(self.client.post(path, fields))

    def _answer(self, response) -> Answer:
        return Answer(response.status_code, response.headers.get("Location", ""), response.content.decode())


def path_of(location: str) -> str:
    """The path and query of where a redirect leads."""
    parts = urlsplit(location)
    return parts.path + (f"?{parts.query}" if parts.query else "")
