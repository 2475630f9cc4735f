"""Browsers that agreed to push: what they tell us is checked, and the key that they ask their service with.

Apart from the carrier (`announcements.push`), so that the web server does not load the HTTP client that only the relay needs.
"""

import base64
import binascii
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts import keys

LONGEST = 1000
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
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(found["p256dh"]))
        is_right = len(decoded(found["auth"])) == 16
    except (ValueError, binascii.Error):
        raise _no() from None
    if not is_right:
        raise _no()
    return found, origin_of(found["endpoint"])


def origin_of(endpoint: str) -> str:
    parts = urlsplit(endpoint)
    host = parts.hostname or ""
    known = any(host == one or host.endswith(f".{one}") for one in settings.PUSH_SERVICES)
    if not known or parts.username or (parts.scheme != "https" and host not in settings.PUSH_WITHOUT_TLS):
        raise _no()
    return f"{parts.scheme}://{parts.netloc}"


def _no() -> ValidationError:
    return ValidationError(_("Ta przeglądarka nie podała znanej usługi powiadomień. Wybierz e-mail albo SMS."))


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@cache
def signing_key() -> ec.EllipticCurvePrivateKey:
    """The town's key, derived from its look-up key: no second secret to keep, back up and lose."""
    material = HKDF(algorithm=hashes.SHA256(), length=48, salt=None, info=b"announcements.vapid").derive(
        keys.current("lookup")[1]
    )
    number = int.from_bytes(material, "big") % (ORDER - 1) + 1
    return ec.derive_private_key(number, ec.SECP256R1())


def public_key() -> str:
    """What the browser asks its service with, in base64url."""
    point = signing_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).decode().rstrip("=")
