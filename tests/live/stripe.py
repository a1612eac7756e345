"""A small Stripe of ours: keeps state, speaks HTTP, signs its webhooks as Stripe does, and can cut the line after it
has done what it was asked. Only what `shop/checkout/stripe.py` asks for; stripe-mock checks the shapes of the requests.

Rules taken from https://docs.stripe.com/api: a repeated idempotency key gives the first answer again (another body:
400), a session lives 30 minutes to 24 hours, a refund is at most what is left, amounts have at most eight digits.
"""

import copy
import email
import itertools
import json
import re
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from shop.checkout.signing import sign

SECRET_KEY, WEBHOOK_SECRET = "sk_test_of_the_tests", "whsec_of_the_tests"
CHARGED = {"kzt", "kgs", "tjs", "uzs", "azn", "usd", "eur"}
PER_USD = {"usd": 1, "eur": 0.9, "kzt": 500, "kgs": 87.5, "tjs": 10, "uzs": 12500, "azn": 1.7}


class StripeError(Exception):
    def __init__(self, message: str, code: str = "", status: int = 400, kind: str = "invalid_request_error"):
        super().__init__(message)
        self.status = status
        self.body = {"error": {"type": kind, "message": message, **({"code": code} if code else {})}}


def nested(pairs: list[tuple[str, str]]) -> dict:
    """`a[b][0]=c` as {"a": {"b": {"0": "c"}}}."""
    found: dict = {}
    for name, value in pairs:
        first, *rest = re.findall(r"[^\[\]]+", name)
        place = found
        for step, following in zip([first, *rest], rest, strict=False):
            place = place.setdefault(step, {})
            assert isinstance(place, dict), following
        place[[first, *rest][-1]] = value
    return found


def parts(content_type: str, body: bytes) -> dict:
    """The parts of an upload, as bytes by their names."""
    message = email.message_from_bytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    return {part.get_param("name", header="content-disposition"): part.get_payload(decode=True)
            for part in message.get_payload()}  # fmt: skip


class FakeStripe:
    def __init__(self):
        self.things: dict[str, dict] = {}
        self.requests: list[tuple[str, str, dict, dict]] = []
        self.events: list[dict] = []
        self.answers: dict[str, tuple[str, dict, int, dict]] = {}
        self.cuts: list[str] = []
        self.down = False
        self.refunds_become = "succeeded"
        self.per_usd = dict(PER_USD)
        self.files: list[dict] = []
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        handler = type("Handler", (_Handler,), {"stripe": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    # -- What the tests do --------------------------------------------------------------------------------------------

    def cut_after(self, path: str) -> None:
        """The next request to this path is done, but its answer is lost on the way."""
        self.cuts.append(path)

    def asked(self, path: str) -> list[dict]:
        """The parameters of every POST to this path."""
        return [params for method, asked, params, _headers in self.requests if (method, asked) == ("POST", path)]

    def all(self, kind: str) -> list[dict]:
        return [thing for thing in self.things.values() if thing["object"] == kind]

    def pay(self, session_id: str, card: str = "4242") -> dict:
        """The shopper pays on the hosted page; a card ending in 3155 is asked for a second step, and 0002 declined."""
        session = self.things[session_id]
        if session["status"] != "open":
            raise AssertionError(f"nobody can pay at a page that is {session['status']}")
        intent = session["payment_intent"] and self.things[session["payment_intent"]] or self._make_intent(session)
        if card == "0002":
            intent["last_payment_error"] = {"code": "card_declined"}
            self.tell("payment_intent.payment_failed", intent)
            return session
        if card == "3155":
            intent["status"] = "requires_action"
            self.tell("payment_intent.requires_action", intent)
        self._charge(intent)
        session["status"], session["payment_status"] = "complete", "paid"
        self.tell("charge.succeeded", self.things[intent["latest_charge"]])
        self.tell("payment_intent.succeeded", intent)
        self.tell("checkout.session.completed", session)
        return session

    def end(self, session_id: str) -> None:
        """The time of a page is over."""
        session = self.things[session_id]
        session["status"] = "expired"
        self.tell("checkout.session.expired", session)

    def change_refund(self, refund_id: str, status: str, reason: str = "") -> None:
        refund = self.things[refund_id]
        refund["status"], refund["failure_reason"] = status, reason or None
        if status == "failed":
            refund["failure_balance_transaction"] = self._book("refund_failure", refund, refund["amount"])
        self.tell("refund.failed" if status == "failed" else "refund.updated", refund)

    def dispute(self, session_id: str) -> dict:
        intent = self.things[self.things[session_id]["payment_intent"]]
        made = self._keep("du", "dispute", {
            "amount": intent["amount"], "currency": intent["currency"], "reason": "product_not_received",
            "status": "needs_response", "payment_intent": intent["id"], "charge": intent["latest_charge"],
            "evidence_details": {"due_by": int(time.time()) + 7 * 86400}, "metadata": {},
        })  # fmt: skip
        made["balance_transactions"] = [self.things[self._book("adjustment", made, -made["amount"], 1500)]]
        self.tell("charge.dispute.created", made)
        return made

    def decide(self, dispute_id: str, status: str) -> None:
        made = self.things[dispute_id]
        made["status"] = status
        if status == "won":
            made["balance_transactions"].append(self.things[self._book("adjustment", made, made["amount"], -1500)])
        self.tell("charge.dispute.closed", made)

    def pay_out(self, amount: int, currency: str = "usd") -> dict:
        """Stripe sends what lies there to the platform's bank."""
        payout = self._keep("po", "payout", {"amount": amount, "currency": currency, "status": "pending"})
        payout["balance_transaction"] = self._book("payout", payout, -amount)
        self.tell("payout.created", payout)
        return payout

    def bounce_payout(self, payout_id: str) -> None:
        payout = self.things[payout_id]
        payout["status"] = "failed"
        payout["failure_balance_transaction"] = self._book("payout_failure", payout, payout["amount"])
        self.tell("payout.failed", payout)

    def tell(self, kind: str, thing: dict, **changes) -> dict:
        """Makes an event with the thing as it is now; it is not sent until a test delivers it."""
        event = {
            "id": f"evt_{next(self._numbers)}", "object": "event", "type": kind, "created": int(time.time()),
            "api_version": "2026-10-28.endive", "livemode": False, "data": {"object": copy.deepcopy(thing)}, **changes,
        }  # fmt: skip
        self.events.append(event)
        return event

    def signed(self, event: dict, secret: str = WEBHOOK_SECRET, at: int | None = None) -> tuple[bytes, str]:
        body = json.dumps(event).encode()
        return body, sign(body, secret, at)

    # -- What it answers ----------------------------------------------------------------------------------------------

    def answer(self, method: str, path: str, params: dict, headers: dict) -> tuple[int, dict, bool]:
        """(status, body, whether the line is cut before it arrives)."""
        with self._lock:
            self.requests.append((method, path, params, headers))
            status, body = self._once(method, path, params, headers)
            cut = method == "POST" and path in self.cuts
            if cut:
                self.cuts.remove(path)
            return status, body, cut

    def _once(self, method: str, path: str, params: dict, headers: dict) -> tuple[int, dict]:
        key = headers.get("Idempotency-Key", "") if method == "POST" else ""
        if key in self.answers:
            known_path, known, status, body = self.answers[key]
            if (known_path, known) != (path, params):
                return 400, StripeError("another request with this key", kind="idempotency_error").body
            return status, body
        try:
            if headers.get("Authorization") != f"Bearer {SECRET_KEY}":
                raise StripeError("no such key", status=401)
            status, body = 200, copy.deepcopy(self._do(method, path, params))
        except StripeError as error:
            status, body = error.status, error.body
        if key and status < 500:
            self.answers[key] = (path, params, status, body)
        return status, body

    def _do(self, method: str, path: str, params: dict) -> dict:
        routes: list[tuple[str, str, Callable]] = [
            ("POST", r"/v1/checkout/sessions", self._open),
            ("GET", r"/v1/checkout/sessions/(\w+)", self._get),
            ("POST", r"/v1/checkout/sessions/(\w+)/expire", self._expire),
            ("POST", r"/v1/refunds", self._refund),
            ("GET", r"/v1/refunds", self._refunds),
            ("GET", r"/v1/(?:refunds|disputes|payouts)/(\w+)", self._get),
            ("POST", r"/v1/disputes/(\w+)", self._submit),
            ("POST", r"/v1/files", self._upload),
            ("GET", r"/v1/balance_transactions", self._bookings),
        ]
        for verb, pattern, answer in routes:
            found = re.fullmatch(pattern, path)
            if found and verb == method:
                return answer(params, *found.groups())
        raise StripeError(f"unknown: {method} {path}", status=404)

    def _keep(self, prefix: str, kind: str, facts: dict) -> dict:
        thing = {"id": f"{prefix}_test_{next(self._numbers)}", "object": kind, "created": int(time.time()), **facts}
        self.things[thing["id"]] = thing
        return thing

    def _open(self, params: dict) -> dict:
        price = params["line_items"]["0"]["price_data"]
        amount, currency = int(price["unit_amount"]), price["currency"]
        if currency not in CHARGED:
            raise StripeError("Invalid currency", "invalid_currency")
        if not 50 * PER_USD[currency] <= amount <= 99_999_999:
            raise StripeError("Invalid amount", "amount_too_large" if amount > 99_999_999 else "amount_too_small")
        if not time.time() + 1790 <= int(params["expires_at"]) <= time.time() + 86400:
            raise StripeError("`expires_at` must be between 30 minutes and 24 hours from now")
        session = self._keep("cs", "checkout.session", {
            "amount_total": amount, "currency": currency, "status": "open", "payment_status": "unpaid",
            "expires_at": int(params["expires_at"]), "metadata": params["metadata"], "payment_intent": None,
            "client_reference_id": params["client_reference_id"], "customer_email": params["customer_email"],
            "intent_metadata": params["payment_intent_data"]["metadata"],
        })  # fmt: skip
        session["url"] = f"https://checkout.stripe.com/c/pay/{session['id']}"
        return session

    def _make_intent(self, session: dict) -> dict:
        intent = self._keep("pi", "payment_intent", {
            "amount": session["amount_total"], "currency": session["currency"], "amount_received": 0,
            "status": "requires_payment_method", "metadata": session["intent_metadata"], "latest_charge": None,
            "last_payment_error": None,
        })  # fmt: skip
        session["payment_intent"] = intent["id"]
        return intent

    def _charge(self, intent: dict) -> None:
        charge = self._keep("ch", "charge", {
            "amount": intent["amount"], "currency": intent["currency"], "metadata": intent["metadata"],
            "payment_intent": intent["id"], "payment_method_details": {"card": {"brand": "visa", "last4": "4242"}},
        })  # fmt: skip
        fee = round(intent["amount"] * self._rate(charge) * 0.029 + 30)
        charge["balance_transaction"] = self._book("charge", charge, charge["amount"], fee)
        intent.update(status="succeeded", amount_received=intent["amount"], latest_charge=charge["id"])

    def _rate(self, thing: dict) -> float:
        return 1 / self.per_usd[thing["currency"]]

    def _book(self, kind: str, thing: dict, amount: int, fee: int = 0) -> str:
        """A line of the balance, which is kept in dollars, at the rate of now."""
        rate = self._rate(thing)
        moved = round(amount * rate)
        return self._keep("txn", "balance_transaction", {
            "amount": moved, "fee": fee, "net": moved - fee, "currency": "usd", "type": kind,
            "exchange_rate": None if rate == 1 else rate, "source": thing["id"], "reporting_category": kind,
            "available_on": int(time.time()), "description": None,
        })["id"]  # fmt: skip

    def _expire(self, params: dict, session_id: str) -> dict:
        session = self._thing(session_id)
        if session["status"] != "open":
            raise StripeError("Only Checkout Sessions with a status of `open` can be expired")
        self.end(session_id)
        return session

    def _refund(self, params: dict) -> dict:
        intent = self._thing(params["payment_intent"])
        live = [refund for refund in self.all("refund") if refund["status"] not in ("failed", "canceled")]
        gone = sum(refund["amount"] for refund in live if refund["payment_intent"] == intent["id"])
        amount = int(params.get("amount", intent["amount"] - gone))
        if intent["status"] != "succeeded":
            raise StripeError("nothing was paid", "payment_intent_unexpected_state")
        if amount > intent["amount"] - gone:
            code = "charge_already_refunded" if gone == intent["amount"] else "amount_too_large"
            raise StripeError("Refund amount is greater than unrefunded amount on charge", code)
        if any(dispute["payment_intent"] == intent["id"] for dispute in self.all("dispute")):
            raise StripeError("the charge is disputed", "charge_disputed")
        refund = self._keep("re", "refund", {
            "amount": amount, "currency": intent["currency"], "payment_intent": intent["id"],
            "metadata": params.get("metadata", {}), "status": self.refunds_become, "failure_reason": None,
        })  # fmt: skip
        refund["balance_transaction"] = self._book("refund", refund, -amount)
        self.tell("refund.created", refund)
        self.tell("charge.refunded", self.things[intent["latest_charge"]])
        return self._expanded(refund, params)

    def _refunds(self, params: dict) -> dict:
        made = [refund for refund in self.all("refund") if refund["payment_intent"] == params["payment_intent"]]
        shown = {"expand": {n: name.removeprefix("data.") for n, name in params["expand"].items()}}
        return {"object": "list", "data": [self._expanded(refund, shown) for refund in made], "has_more": False}

    def _submit(self, params: dict, dispute_id: str) -> dict:
        dispute = self._thing(dispute_id)
        dispute["evidence"], dispute["status"] = params["evidence"], "under_review"
        self.tell("charge.dispute.updated", dispute)
        return self._expanded(dispute, params)

    def _upload(self, params: dict) -> dict:
        self.files.append(params)
        return self._keep("file", "file", {"purpose": params["purpose"].decode()})

    def _bookings(self, params: dict) -> dict:
        """Pages of two, so that a reader must turn them."""
        made = list(reversed(self.all("balance_transaction")))
        after = params.get("starting_after")
        start = next((n + 1 for n, booking in enumerate(made) if booking["id"] == after), 0)
        shown = {"expand": {"0": "source"}}
        page = [self._expanded(booking, shown) for booking in made[start : start + 2]]
        return {"object": "list", "data": page, "has_more": start + 2 < len(made)}

    def _get(self, params: dict, thing_id: str) -> dict:
        return self._expanded(self._thing(thing_id), params)

    def _thing(self, thing_id: str) -> dict:
        if thing_id not in self.things:
            raise StripeError(f"No such thing: {thing_id}", "resource_missing", 404)
        return self.things[thing_id]

    def _expanded(self, thing: dict, params: dict) -> dict:
        """With what `expand[]` names put in place of its id, at any depth."""
        thing = copy.deepcopy(thing)
        for path in params.get("expand", {}).values():
            place = thing
            for step in path.split("."):
                if isinstance(place.get(step), str):
                    place[step] = copy.deepcopy(self.things[place[step]])
                place = place.get(step) or {}
        return thing


class _Handler(BaseHTTPRequestHandler):
    stripe: FakeStripe

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        self._answer("GET", address.path, nested(parse_qsl(address.query)))

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if "multipart" in self.headers.get("Content-Type", ""):
            return self._answer("POST", self.path, parts(self.headers["Content-Type"], raw))
        body = raw.decode()
        is_json = "json" in self.headers.get("Content-Type", "")
        self._answer("POST", self.path, json.loads(body or "{}") if is_json else nested(parse_qsl(body)))

    def _answer(self, method: str, path: str, params: dict) -> None:
        if self.stripe.down:
            self.close_connection = True
            return
        status, body, cut = self.stripe.answer(method, path, params, dict(self.headers))
        if cut:
            self.close_connection = True
            return
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *arguments) -> None:
        pass
