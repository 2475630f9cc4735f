"""What SMSAPI.pl reports of messages that it took: whether they arrived.

It asks the address that each request named (`notify_url`), by GET or POST, with `MsgId`, `status` and our own `idx`, each a list parted by
commas when several reports come at once, and repeats until it is answered "OK". Anybody who found the address could ask it too, so a
secret stands in it; and nothing but a message of ours, by its id, takes a report. Telephone numbers come along and are not looked at.

Parameters and codes are as recalled from the provider's documentation (smsapi.pl/docs, "Raporty Callback", "Lista statusów doręczenia"),
2026-11-26, do potwierdzenia przy podpisaniu umowy. A code that is not here is no last word and is left alone.
"""

from collections.abc import Iterator, Mapping
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare

MOST = 50  # reports taken of one request
# 404 DELIVERED; 402 EXPIRED, 405 UNDELIVERED, 406 FAILED, 407 REJECTED. Others (403 SENT, 408 UNKNOWN, 409 QUEUE, 410 ACCEPTED) are on the way.
LAST_WORDS = {"404": True, "402": False, "405": False, "406": False, "407": False}


def address() -> str:
    """Where the provider shall report to; empty while the town has set no secret."""
    if not settings.SMSAPI_REPORT_TOKEN:
        return ""
    return settings.PORTAL_URL + reverse("announcements:sms_report", args=[settings.SMSAPI_REPORT_TOKEN])


def is_ours(token: str) -> bool:
    return bool(settings.SMSAPI_REPORT_TOKEN) and constant_time_compare(token, settings.SMSAPI_REPORT_TOKEN)


def read(given: Mapping[str, str]) -> Iterator[tuple[UUID, bool]]:
    """(message, whether it arrived) of each last word. Lists of unlike length tell nobody what belongs to what: nothing is taken of them."""
    marks, codes = given.get("idx", "").split(","), given.get("status", "").split(",")
    if len(marks) != len(codes) or len(marks) > MOST:
        return
    for mark, code in zip(marks, codes, strict=True):
        try:
            yield UUID(mark.strip()), LAST_WORDS[code.strip()]
        except (ValueError, KeyError):
            continue
