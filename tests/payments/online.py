"""A provider on loopback that signs as Przelewy24 does and can be as bad as the day: late, double, forged, slow, rubbish."""

import base64
import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from payments.przelewy24 import PAYMENT_SIGNED, REFUND_SIGNED, signature

MERCHANT, CRC, KEY = 12345, "0123456789abcdef", "sekret-raportow"


class Operator:
    """What the provider remembers, and how it misbehaves: `says[path] = (status, bytes)` overrides an answer, `slow` delays all."""

    def __init__(self):
        self.sessions, self.refunds, self.calls, self.says = {}, {}, [], {}
        self.slow, self.drip, self.lock, self.last_order = 0.0, False, threading.Lock(), 300_000_000

    # What a payer does at the provider

    def pay(self, session, grosze=None, currency="PLN"):
        """The payer has paid; the message that the provider sends then."""
        with self.lock:
            self.last_order += 1
            known = self.sessions[session]
            known |= {
                "orderId": self.last_order,
                "status": 1,
                "paid": known["amount"] if grosze is None else grosze,
                "currency": currency,
            }
        return self.message(session)

    def message(self, session, crc=CRC, **wrong):
        known = self.sessions[session]
        fields = {
            "merchantId": MERCHANT, "posId": MERCHANT, "sessionId": session, "amount": known["paid"], "originAmount": known["amount"],
            "currency": known["currency"], "orderId": known["orderId"], "methodId": 154, "statement": "p24-A1B-C2D", **wrong,
        }  # fmt: skip
        return {**fields, "sign": signature({name: fields[name] for name in PAYMENT_SIGNED}, crc)}

    def refund_message(self, refund, status=0):
        known = self.refunds[refund]
        fields = {"orderId": known["orderId"], "sessionId": known["sessionId"], "refundsUuid": refund, "merchantId": MERCHANT,
                  "amount": known["amount"], "currency": "PLN", "status": status}  # fmt: skip
        sign = signature({name: fields[name] for name in REFUND_SIGNED}, CRC)
        return {**fields, "requestId": refund, "timestamp": 1, "sign": sign}

    # What the portal asks of it

    def register(self, body):
        signed = {name: body[name] for name in ("sessionId", "merchantId", "amount", "currency")}
        if body["sign"] != signature(signed, CRC):
            return 400, {"error": "sign", "code": 400}
        self.sessions.setdefault(
            body["sessionId"],
            {"amount": body["amount"], "currency": "PLN", "status": 0, "orderId": 0, "paid": 0, "return": body["urlReturn"]},
        )
        return 200, {"data": {"token": f"T{body['sessionId'].upper()}"}, "responseCode": 0}

    def verify(self, body):
        signed = {name: body[name] for name in ("sessionId", "orderId", "amount", "currency")}
        with self.lock:
            known = self.sessions.get(body["sessionId"])
            agrees = known and (known["orderId"], known["paid"], known["currency"]) == (
                body["orderId"],
                body["amount"],
                body["currency"],
            )
            if body["sign"] != signature(signed, CRC) or not agrees or known["status"] != 1:
                return 400, {"error": "Incorrect data", "code": 400}
            known["status"] = 2
        return 200, {"data": {"status": "success"}, "responseCode": 0}

    def by_session(self, session):
        known = self.sessions.get(session)
        if known is None:
            return 404, {"error": "Transaction not found", "code": 404}
        told = {"orderId": known["orderId"], "sessionId": session, "status": known["status"], "amount": known["paid"] or known["amount"],
                "currency": known["currency"], "statement": "-"}  # fmt: skip
        return 200, {"data": told, "responseCode": 0}

    def order_refund(self, body):
        (one,) = body["refunds"]
        with self.lock:
            known = self.sessions[one["sessionId"]]
            before = sum(row["amount"] for row in self.refunds.values() if row["orderId"] == one["orderId"])
            if body["requestId"] in self.refunds or before + one["amount"] > known["paid"]:
                return 409, {"error": [{**one, "status": False, "message": "The amount of refund exceeds"}], "code": 409}
            self.refunds[body["requestId"]] = {**one, "status": 3}
        return 201, {"data": [{**one, "status": True, "message": "success"}], "responseCode": 0}

    def refunds_of(self, order_id):
        rows = [{"requestId": pk, "amount": row["amount"], "status": row["status"], "batchId": 1}
                for pk, row in self.refunds.items() if row["orderId"] == order_id]  # fmt: skip
        return (
            (200, {"data": {"orderId": order_id, "refunds": rows}, "responseCode": 0})
            if rows
            else (404, {"error": "none", "code": 404})
        )

    def answer(self, method, path, body):
        self.calls.append((method, path))
        for part, said in self.says.items():
            if part in path:
                return said
        status, told = self._told(method, path, body)
        return status, json.dumps(told).encode()

    def _told(self, method, path, body):
        if path.endswith("/transaction/register"):
            return self.register(body)
        if path.endswith("/transaction/verify"):
            return self.verify(body)
        if path.endswith("/transaction/refund"):
            return self.order_refund(body)
        last = path.rsplit("/", 1)[1]
        return self.refunds_of(int(last)) if "/refund/by/orderId/" in path else self.by_session(last)


def _handler(operator):
    class Handler(BaseHTTPRequestHandler):
        def _serve(self):
            if self.path == "/favicon.ico":  # a browser asks for it by itself
                return self.send_response(204) or self.end_headers()
            if self.path.startswith("/trnRequest/T"):
                return self._page(operator.sessions[self.path.removeprefix("/trnRequest/T").lower()]["return"])
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
            expected = base64.b64encode(f"{MERCHANT}:{KEY}".encode()).decode()
            allowed = self.headers.get("Authorization") == f"Basic {expected}"
            status, content = operator.answer(self.command, self.path, body) if allowed else (401, b"{}")
            time.sleep(operator.slow)
            self.send_response(status)
            self.end_headers()
            for byte in content if operator.drip else ():
                self.wfile.write(bytes([byte]))
                time.sleep(0.05)
            if not operator.drip:
                self.wfile.write(content)

        def _page(self, back):
            """What a payer sees there: a way back."""
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(
                f'<!doctype html><title>Operator</title><h1>Operator</h1><a href="{back}">Wróć do sklepu</a>'.encode()
            )

        do_GET = do_POST = do_PUT = _serve

        def log_message(self, *args):
            pass

    return Handler


class Quiet(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request, client_address):
        """A client that went away in the middle is what some tests are about."""


@contextmanager
def provider_server():
    operator = Operator()
    server = Quiet(("127.0.0.1", 0), _handler(operator))
    threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
    operator.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield operator
    finally:
        server.shutdown()
        server.server_close()


def switched_on(settings, url):
    settings.P24_URL, settings.P24_MERCHANT_ID, settings.P24_POS_ID = url, MERCHANT, MERCHANT
    settings.P24_API_KEY, settings.P24_CRC = KEY, CRC
