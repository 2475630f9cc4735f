"""The code that a phone shows: number, time, nonce and the signature of the phone's own key (R70).

`PKM1.<12 digits>.<seconds since 1970>.<nonce>.<signature>`, all in the alphanumeric set of QR, so that the squares stay large: the nonce
is 10 random bytes and the signature the 64 bytes r||s of ECDSA P-256 with SHA-256 over everything before the last dot, both in Base32
without padding. The phone makes a new one every 30 seconds (static/js/resident_card/card.js); its private key never leaves it.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import load_der_public_key
from django.utils.translation import gettext as _

from office.transitions import Refused
from resident_card import numbers

LONGEST = 200  # characters; a code has some 150, a reader may add a line break
SHAPE = re.compile(r"(PKM1\.([0-9]{12})\.([0-9]{10})\.([A-Z2-7]{16}))\.([A-Z2-7]{103})")


@dataclass(frozen=True)
class Code:
    """A code as it was read. Nothing in it is believed before `is_signed_by`."""

    number: str
    at: datetime
    nonce: str
    signed: bytes
    signature: bytes

    def is_signed_by(self, public_key: bytes | memoryview) -> bool:
        """`public_key` is the phone's, as SubjectPublicKeyInfo (DER)."""
        numeric = (int.from_bytes(half, "big") for half in (self.signature[:32], self.signature[32:]))
        key = load_der_public_key(bytes(public_key))
        if not isinstance(key, ec.EllipticCurvePublicKey):
            return False
        try:
            key.verify(encode_dss_signature(*numeric), self.signed, ec.ECDSA(hashes.SHA256()))
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Shown:
    """What somebody showed or typed: always a number, and from a phone its code."""

    number: str
    code: Code | None = None


def read(text: str) -> Shown:
    """A phone's code, or a number typed or read from plastic. Refused, in words, for anything else: an address, another town's card, a novel."""
    text = text.strip()
    if len(text) > LONGEST:
        raise Refused(_("Ten kod jest za długi na Kartę mieszkańca. Pokaż kod z karty albo wpisz jej numer."))
    if found := SHAPE.fullmatch(text):
        return _phone(*found.groups())
    if "://" in text or text.upper().startswith("WWW."):
        raise Refused(_("Ten kod to adres strony, a nie Karta mieszkańca. Pokaż kod z karty albo wpisz jej numer."))
    if re.search(r"[A-Za-z]", text):
        raise Refused(_("To nie jest kod Karty mieszkańca Pruszcza Gdańskiego. Pokaż kod z karty albo wpisz jej numer."))
    return Shown(numbers.checked_number(text))


def _phone(signed, number, seconds, nonce, signature):
    number = numbers.checked_number(number)
    try:
        content = base64.b32decode(signature + "=")
    except binascii.Error:
        raise Refused(_("Kod jest uszkodzony. Poczekaj na nowy i pokaż go jeszcze raz.")) from None
    at = datetime.fromtimestamp(int(seconds), UTC)
    return Shown(number, Code(number=number, at=at, nonce=nonce, signed=signed.encode(), signature=content))
