"""Web push (RFC 8030, 8291, 8292): encrypted for the one browser, signed with the town's key, given to the browser maker's service.

A push service is an address that a browser told us, so it is written to only when its host is a known service (S: no requests to
addresses of other people's choosing), and the answer of a redirect is not followed.
"""

from functools import cache
from typing import Any
from uuid import UUID

import http_ece
import httpx
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from py_vapid import Vapid02

from announcements.browsers import decoded, origin_of, signing_key
from announcements.models import Endpoint
from office.channels import PermanentFailure, TemporaryFailure
from office.models import Message, Urgency

TTL = {Urgency.ALERT: 3600, Urgency.LETTER: 86400, Urgency.NEWS: 86400}  # seconds a service keeps it for a browser that is away
GONE = (404, 410)
MOST_PAYLOAD = 3000  # bytes; services take some 4096 with everything around
PATIENCE = 10.0
NOBODY = UUID(int=0)


class WebPush:
    """The carrier of channel push. Requests share one connection."""

    def __init__(self) -> None:
        self.client = httpx.Client(timeout=PATIENCE, follow_redirects=False)

    def deliver(self, message: Message) -> None:
        endpoint = Endpoint.objects.filter(pk=message.endpoint or NOBODY, suppressed_at__isnull=True).first()
        if endpoint is None:
            raise PermanentFailure("the browser has left")
        push: Any = endpoint.push
        try:
            origin = origin_of(push["endpoint"])
        except ValidationError:
            raise PermanentFailure("not a known push service") from None
        body = message.content.text.encode()[:MOST_PAYLOAD]
        try:
            answer = self.client.post(push["endpoint"], content=_sealed(body, push), headers=_headers(message, origin))
        except httpx.HTTPError as error:
            raise TemporaryFailure(type(error).__name__) from error
        _judge(answer, endpoint)

    def close(self) -> None:
        self.client.close()


def _sealed(body: bytes, push: dict[str, str]) -> bytes:
    return http_ece.encrypt(
        body, private_key=ec.generate_private_key(ec.SECP256R1()), dh=decoded(push["p256dh"]), auth_secret=decoded(push["auth"]),
        version="aes128gcm",
    )  # fmt: skip


@cache
def _signer() -> Vapid02:
    return Vapid02(private_key=signing_key())


def _headers(message: Message, origin: str) -> dict[str, str]:
    claims = {"aud": origin, "sub": settings.PUSH_CONTACT, "exp": int(timezone.now().timestamp()) + 12 * 3600}
    urgency = Urgency(message.urgency)
    return {
        **_signer().sign(claims), "Content-Encoding": "aes128gcm", "Content-Type": "application/octet-stream",
        "TTL": str(TTL[urgency]), "Urgency": "high" if urgency == Urgency.ALERT else "normal",
    }  # fmt: skip


def _judge(answer: httpx.Response, endpoint: Endpoint) -> None:
    if answer.is_success:
        return
    if answer.status_code in GONE:  # RFC 8030: the subscription is over; it is never written to again
        endpoint.suppressed_at, endpoint.suppressed_why = timezone.now(), f"{answer.status_code} od usługi powiadomień"
        endpoint.save(update_fields=["suppressed_at", "suppressed_why"])
        raise PermanentFailure(f"{answer.status_code} gone")
    if answer.status_code in (429, 408) or answer.status_code >= 500:
        raise TemporaryFailure(str(answer.status_code))
    raise PermanentFailure(str(answer.status_code))
