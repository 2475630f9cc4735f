"""SMS through the HTTP interface of SMSAPI.pl: one message a request, so that each has an outcome of its own.

A request that came to no answer may have been taken all the same. So each carries the message's own id (`idx`, with `check_idx=1`), and
the provider refuses a second one of the same id with error 53: for us that is a success. The codes are those of the provider's
documentation (smsapi.pl/docs, "Kody błędów"); one that is not known is taken for temporary, so that no letter dies of our ignorance.
"""

from typing import Any

import httpx
from django.conf import settings

from announcements import sms_reports, ways
from office.channels import NoSuchAddress, PermanentFailure, TemporaryFailure
from office.models import Message

PATIENCE = 10.0
TAKEN_BEFORE = 53  # an idx that was sent already
NO_NUMBER = 13
# Of this one message or number. Everything else (sign-in, credit, sender's name, load) is ours to mend, and the message waits.
NEVER = {
    11: "text empty or too long", 12: "more parts than allowed", 13: "no such number",
    57: "the number is on the account's black list", 94: "a link is not allowed",
}  # fmt: skip


class SmsApi:
    """The carrier of channel SMS. Requests share one connection; the token travels in a header and stands in no log."""

    def __init__(self) -> None:
        headers = {"Authorization": f"Bearer {settings.SMSAPI_TOKEN}"}
        self.client = httpx.Client(base_url=settings.SMSAPI_URL, headers=headers, timeout=PATIENCE, follow_redirects=False)

    def deliver(self, message: Message) -> None:
        try:
            answer = self.client.post("/sms.do", data=_fields(message))
        except httpx.HTTPError as error:
            raise TemporaryFailure(type(error).__name__) from error
        try:
            _judge(answer)
        except NoSuchAddress as why:
            ways.suppress(message, str(why))
            raise

    def close(self) -> None:
        self.client.close()


def _fields(message: Message) -> dict[str, str]:
    """A non-breaking space is for pages; in an SMS it would make two of one (UCS-2)."""
    fields = {
        "to": message.address.removeprefix("+"), "message": message.content.text.replace("\u00a0", " "), "encoding": "utf-8",
        "format": "json", "idx": str(message.pk), "check_idx": "1",
    }  # fmt: skip
    further = {"from": settings.SMSAPI_SENDER, "notify_url": sms_reports.address()}
    return fields | {name: value for name, value in further.items() if value}


def _judge(answer: httpx.Response) -> None:
    """The provider tells errors in the body of a 200 as well as by HTTP statuses. An answer that is none is no success."""
    told = _told(answer)
    code = told.get("error") or next((one.get("error") for one in told.get("list") or [] if one.get("error")), None)
    if code == TAKEN_BEFORE:
        return
    if code == NO_NUMBER:
        raise NoSuchAddress(f"{code} {NEVER[code]}")
    if code in NEVER:
        raise PermanentFailure(f"{code} {NEVER[code]}")
    if code or not answer.is_success or not told.get("list"):
        raise TemporaryFailure(f"{code or answer.status_code}")


def _told(answer: httpx.Response) -> dict[str, Any]:
    try:
        told = answer.json()
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
