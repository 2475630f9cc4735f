"""Web push (RFC 8030, 8291, 8292): encrypted for the one browser, signed with the town's key, given to the browser maker's service.

A push service is an address that a browser told us, so it is written to only when its host is a known service (S: no requests to
addresses of other people's choosing), and the answer of a redirect is not followed.
"""

import base64
import binascii
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import http_ece
import httpx
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from py_vapid import Vapid02

from accounts import keys
from announcements.models import Endpoint
from office.channels import PermanentFailure, TemporaryFailure
from office.models import Message, Urgency

TTL = {Urgency.ALERT: 3600, Urgency.LETTER: 86400, Urgency.NEWS: 86400}  # seconds a service keeps it for a browser that is away
GONE = (404, 410)
MOST_PAYLOAD = 3000  # bytes; services take some 4096 with everything around
PATIENCE = 10.0
LONGEST = 1000
NOBODY = UUID(int=0)
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256


def checked_subscription(given: Any) -> tuple[dict[str, str], str]:
    """What a browser's PushSubscription holds, and the origin of its service. ValidationError for anything else."""
    try:
        found = {"endpoint": given["endpoint"], "p256dh": given["keys"]["p256dh"], "auth": given["keys"]["auth"]}
    except (KeyError, TypeError):
        raise _no() from None
    if not all(isinstance(value, str) and len(value) <= LONGEST for value in found.values()):
        raise _no()
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _decoded(found["p256dh"]))
        is_right = len(_decoded(found["auth"])) == 16
    except (ValueError, binascii.Error):
        raise _no() from None
    if not is_right:
        raise _no()
    return found, _origin(found["endpoint"])


def _origin(endpoint: str) -> str:
    parts = urlsplit(endpoint)
    host = parts.hostname or ""
    known = any(host == one or host.endswith(f".{one}") for one in settings.PUSH_SERVICES)
    if not known or parts.username or (parts.scheme != "https" and host not in settings.PUSH_WITHOUT_TLS):
        raise _no()
    return f"{parts.scheme}://{parts.netloc}"


def _no() -> ValidationError:
    return ValidationError(_("Ta przeglądarka nie podała znanej usługi powiadomień. Wybierz e-mail albo SMS."))


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@cache
def signing_key() -> Vapid02:
    """The town's key, derived from its look-up key: no second secret to keep, back up and lose."""
    material = HKDF(algorithm=hashes.SHA256(), length=48, salt=None, info=b"announcements.vapid").derive(
        keys.current("lookup")[1]
    )
    number = int.from_bytes(material, "big") % (ORDER - 1) + 1
    return Vapid02(private_key=ec.derive_private_key(number, ec.SECP256R1()))


def public_key() -> str:
    """What the browser asks its service with, in base64url."""
    point = signing_key().public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).decode().rstrip("=")


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
            origin = _origin(push["endpoint"])
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
        body, private_key=ec.generate_private_key(ec.SECP256R1()), dh=_decoded(push["p256dh"]), auth_secret=_decoded(push["auth"]),
        version="aes128gcm",
    )  # fmt: skip


def _headers(message: Message, origin: str) -> dict[str, str]:
    claims = {"aud": origin, "sub": settings.PUSH_CONTACT, "exp": int(timezone.now().timestamp()) + 12 * 3600}
    urgency = Urgency(message.urgency)
    return {
        **signing_key().sign(claims), "Content-Encoding": "aes128gcm", "Content-Type": "application/octet-stream",
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
