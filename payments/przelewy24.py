"""Przelewy24 by its REST interface (api/v1): HTTP Basic, sums in grosze, each body signed with SHA-384 over compact JSON and the CRC.

What its server says is judged like a stranger's word: at most 64 KiB within ten seconds, of the right types, or ProviderAway.
"""

import hashlib
import hmac
import json
import ssl
import time
from functools import cache
from typing import Any

import httpx

from payments.interface import CURRENCY, BadMessage, Notice, ProviderAway, ProviderRefused, Told
from payments.models import ProviderEvent

DEADLINE = 10.0  # seconds for a whole answer
MOST_READ = 64 * 1024  # bytes
LARGEST = 2**53  # of any number in a message; beyond it JSON libraries differ
LONGEST_EMAIL = 50
MINUTES = 90  # how long the page of the provider takes money; timeLimit goes to 99
PAID, VERIFIED = 1, 2  # transaction/by/sessionId: 0 none, 1 advance payment, 2 made, 3 returned
REFUND_STATES = {1: "done", 2: "waiting", 3: "waiting", 4: "rejected"}
PAYMENT_SIGNED = ("merchantId", "posId", "sessionId", "amount", "originAmount", "currency", "orderId", "methodId", "statement")
REFUND_SIGNED = ("orderId", "sessionId", "refundsUuid", "merchantId", "amount", "currency", "status")
TEXTS = frozenset({"sessionId", "currency", "statement", "refundsUuid"})


def signature(fields: dict[str, Any], crc: str) -> str:
    """SHA-384 of the fields in the order given, the CRC last: no spaces, letters and slashes as they are."""
    text = json.dumps({**fields, "crc": crc}, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha384(text.encode("utf-8", "surrogatepass")).hexdigest()


class Przelewy24:
    """Implements `payments.interface.Provider`."""

    name = "przelewy24"
    title = "Przelewy24"

    def __init__(self, *, url: str, merchant_id: int, pos_id: int, api_key: str, crc: str) -> None:
        self.url, self.merchant_id, self.pos_id, self.crc = url.rstrip("/"), merchant_id, pos_id, crc
        self.auth = httpx.BasicAuth(str(pos_id), api_key)

    def register(
        self, *, session: str, grosze: int, description: str, email: str, return_url: str, status_url: str
    ) -> str:  # fmt: skip
        signed = {"sessionId": session, "merchantId": self.merchant_id, "amount": grosze, "currency": CURRENCY}
        body = {
            "merchantId": self.merchant_id, "posId": self.pos_id, "sessionId": session, "amount": grosze, "currency": CURRENCY,
            "description": description, "email": email[:LONGEST_EMAIL], "country": "PL", "language": "pl", "urlReturn": return_url,
            "urlStatus": status_url, "timeLimit": MINUTES, "waitForResult": True, "sign": signature(signed, self.crc),
        }  # fmt: skip
        token = _dict(self._call("POST", "transaction/register", body).get("data")).get("token")
        if not isinstance(token, str) or not 1 <= len(token) <= 100 or not token.replace("-", "").isalnum():
            raise ProviderAway("no token")
        return token

    def page(self, token: str) -> str:
        return f"{self.url}/trnRequest/{token}"

    def verify(self, *, session: str, order_id: int, grosze: int) -> None:
        signed = {"sessionId": session, "orderId": order_id, "amount": grosze, "currency": CURRENCY}
        body = {"merchantId": self.merchant_id, "posId": self.pos_id, **signed, "sign": signature(signed, self.crc)}
        answer = self._call("PUT", "transaction/verify", body)
        if _dict(answer.get("data")).get("status") != "success":
            raise ProviderRefused("verify without success")

    def ask(self, session: str) -> Told | None:
        try:
            data = _dict(self._call("GET", f"transaction/by/sessionId/{session}").get("data"))
        except NotFound:
            return None
        status = data.get("status")
        if type(status) is not int or type(data.get("amount")) is not int or type(data.get("orderId")) is not int:
            raise ProviderAway("not the fields of a transaction")
        return Told(
            session=str(data.get("sessionId")), order_id=data["orderId"], grosze=data["amount"], currency=str(data.get("currency")),
            is_paid=status in (PAID, VERIFIED), is_verified=status == VERIFIED,
        )  # fmt: skip

    def refund(self, *, refund: str, session: str, order_id: int, grosze: int, description: str, status_url: str) -> None:
        one = {"orderId": order_id, "sessionId": session, "amount": grosze, "description": description[:35]}
        answer = self._call(
            "POST", "transaction/refund", {"requestId": refund, "refundsUuid": refund, "refunds": [one], "urlStatus": status_url}
        )
        rows = answer.get("data")
        if not isinstance(rows, list) or len(rows) != 1 or _dict(rows[0]).get("status") is not True:
            raise ProviderRefused("refund without success")

    def ask_refund(self, *, refund: str, order_id: int) -> tuple[str, int] | None:
        try:
            data = _dict(self._call("GET", f"refund/by/orderId/{order_id}").get("data"))
        except NotFound:
            return None
        rows = data.get("refunds")
        if not isinstance(rows, list):
            raise ProviderAway("not a list of refunds")
        ours = [row for row in rows if isinstance(row, dict) and row.get("requestId") == refund]
        if not ours:
            return None
        state, grosze = REFUND_STATES.get(ours[0].get("status")), ours[0].get("amount")  # type: ignore[arg-type]
        if state is None or type(grosze) is not int:
            raise ProviderAway("not the fields of a refund")
        return state, grosze

    def read(self, body: bytes) -> Notice:
        """A message of a payment or of a refund. Where it came from says nothing; its signature does."""
        message = _parsed(body)
        if message is None:
            raise BadMessage("not a JSON object")
        is_refund = "refundsUuid" in message
        names = REFUND_SIGNED if is_refund else PAYMENT_SIGNED
        fields: dict[str, Any] = {name: message.get(name) for name in names}
        if not all(_is_text(value) if name in TEXTS else _is_number(value) for name, value in fields.items()):
            raise BadMessage("not the fields of a message")
        sign = message.get("sign")
        if not isinstance(sign, str) or not hmac.compare_digest(
            sign.encode("utf-8", "replace"), signature(fields, self.crc).encode()
        ):
            raise BadMessage("not signed by the provider")
        if fields["merchantId"] != self.merchant_id or fields.get("posId", self.pos_id) != self.pos_id:
            raise BadMessage("for somebody else")
        return Notice(
            kind=ProviderEvent.Kind.REFUND if is_refund else ProviderEvent.Kind.PAYMENT, event_id=sign,
            session=fields["refundsUuid"] if is_refund else fields["sessionId"], order_id=fields["orderId"],
            grosze=fields["amount"], currency=fields["currency"],
        )  # fmt: skip

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """What the server answered. ProviderRefused for its no (4xx), ProviderAway for all that is no answer."""
        try:
            status, content = self._talk(method, f"{self.url}/api/v1/{path}", body)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ProviderAway(type(error).__name__) from error
        if status == 404:
            raise NotFound("404")
        if 400 <= status < 500 and status not in (401, 403, 408, 429):  # those four are our settings or its haste
            raise ProviderRefused(str(status))
        answer = _parsed(content)
        if status not in (200, 201) or answer is None:
            raise ProviderAway(f"{status}, {'unreadable' if answer is None else 'unexpected'}")
        return answer

    def _talk(self, method, url, body):
        ends = time.monotonic() + DEADLINE
        content = b""
        with (
            httpx.Client(timeout=DEADLINE, follow_redirects=False, trust_env=False, auth=self.auth, verify=_trusted()) as client,
            client.stream(method, url, json=body) as answer,
        ):
            for part in answer.iter_bytes():
                content += part
                if len(content) > MOST_READ or time.monotonic() > ends:
                    raise ProviderAway("too much" if len(content) > MOST_READ else "too slow")
            return answer.status_code, content


@cache
def _trusted() -> ssl.SSLContext:
    """Certificates are read once a process, not once a call."""
    return httpx.create_ssl_context(trust_env=False)


class NotFound(ProviderRefused):
    """404: no such session, or no refund of it yet."""


def _parsed(content: bytes) -> dict[str, Any] | None:
    """A JSON object, or None for all else: rubbish, brackets a thousand deep, numbers of a thousand digits."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 200 and value.isprintable()


def _is_number(value: Any) -> bool:
    return type(value) is int and 0 <= value < LARGEST
