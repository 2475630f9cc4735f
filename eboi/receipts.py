"""The official confirmation of receipt: what it says (1.6), how it is sealed, how anyone checks it (L2).

Its words are Polish in every language version of the portal: it is a document of the office, and its hash covers the words.
"""

import hashlib
import hmac
import io
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

import segno
from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from accounts import encryption
from eboi.models import Attachment, IncomingLetter, Receipt, Submission
from office.compiled import compiled, insert
from office.pdf import render_pdf
from residents.models import IdentityLevel
from schemas.checking import canonical
from ui.words import file_size, long_date

WARSAW = ZoneInfo("Europe/Warsaw")
TEMPLATE = Path(__file__).parent / "pdf" / "receipt.typ"
SALT_BYTES = 32
OFFICE = {
    "name": "Urząd Miasta Pruszcz Gdański",
    "body": "Gmina Miejska Pruszcz Gdański",
    "nip": "5930206827",
    "address": "ul. Grunwaldzka 20, 83-000 Pruszcz Gdański",
}
LEGAL_EFFECT = (
    "Zgłoszenie wpłynęło do urzędu w podanej wyżej chwili przez konto w systemie teleinformatycznym urzędu "
    "(art. 63 § 1 Kodeksu postępowania administracyjnego). Od tego dnia liczą się terminy. "
    "Potwierdzenie nie oznacza, że urząd sprawdził treść zgłoszenia albo się z nią zgodził."
)
IDENTITY: dict[str, str] = {
    IdentityLevel.DECLARED: "podana przez mieszkańca, do potwierdzenia",
    IdentityLevel.DESK: "potwierdzona w urzędzie",
    IdentityLevel.ELECTRONIC: "potwierdzona elektronicznie",
}


FACTORS: dict[Any, str] = {
    "password": "hasło",
    "code": "kod z e-maila",
    "totp": "kod z aplikacji",
    "webauthn": "klucz dostępu",
    "recovery_codes": "kod zapasowy",
}


def how_signed_in(records: list[dict[str, Any]]) -> str:
    """'hasło i kod z aplikacji': what was shown in the session that filed, in its order (`accounts.rules.authentication_records`)."""
    shown = [FACTORS.get(record.get("type") if record["method"] == "mfa" else record["method"]) for record in records]
    return " i ".join(dict.fromkeys(word for word in shown if word))[:40]


# Making


def issue(
    submission: Submission, letter: IncomingLetter, attachments: Iterable[Attachment], *,
    pk: UUID, moment: datetime, on_behalf_of: str = "",
) -> Receipt:  # fmt: skip
    """Write and sign the receipt of a submission that was filed in this transaction. It never changes afterwards."""
    receipt = Receipt(pk=pk, submission=submission, salt=secrets.token_bytes(SALT_BYTES), issued_at=moment)
    receipt.body = body(receipt, letter, attachments, on_behalf_of=on_behalf_of)
    sealed = canonical(receipt.body)
    receipt.sha256 = hashlib.sha256(sealed).hexdigest()
    receipt.key_id, receipt.signature = encryption.sign(sealed)
    insert(receipt)
    return receipt


def body(
    receipt: Receipt, letter: IncomingLetter, attachments: Iterable[Attachment], *, on_behalf_of: str = ""
) -> dict[str, Any]:
    """Everything the receipt says, as JSON. Holds no answer and no PESEL, only the salted hash of the answers."""
    submission = receipt.submission
    version = submission.form_version
    return {
        "document": "Urzędowe potwierdzenie odbioru",
        "format": 1,
        "receipt": str(receipt.pk),
        "office": OFFICE,
        "submission": str(submission.pk),
        "rpw": letter.rpw,
        "matter": submission.matter.name,
        "form": {"code": version.definition.code, "title": version.definition.title, "version": version.number},
        "payload": {"sha256": payload_sha256(submission, receipt.salt), "how": "SHA-256(salt + canonical JSON)"},
        "attachments": [_attachment(attachment) for attachment in attachments],
        "applicant": str(submission.person),
        "on_behalf_of": on_behalf_of or None,
        "signed_in": {"method": submission.sign_in_method, "identity": IDENTITY[submission.identity_level]},
        "received_at": _both_zones(submission.received_at),
        "issued_at": _both_zones(receipt.issued_at),
        "legal_effect": LEGAL_EFFECT,
        "verify_at": settings.PORTAL_URL + reverse("eboi:verify"),
    }


@compiled
def _attachments(*, submission: UUID) -> QuerySet[Attachment]:
    return Attachment.objects.filter(submission=submission).select_related("file").order_by("added_at", "pk")


def attachments_of(submission: Submission) -> list[Attachment]:
    return list(_attachments(submission=submission.pk))


def _attachment(attachment: Attachment) -> dict[str, Any]:
    file = attachment.file
    return {"name": file.name, "size": file.size, "media_type": file.media_type, "sha256": file.sha256}


def payload_sha256(submission: Submission, salt: bytes | memoryview) -> str:
    """Hash of the filed answers and what was computed from them. The salt is only in our records and in the owner's own copy:
    without it nobody who sees the receipt can try out PESEL numbers against the hash."""
    return hashlib.sha256(bytes(salt) + payload(submission)).hexdigest()


def payload(submission: Submission) -> bytes:
    """The filed content, in the one way it can be written as bytes."""
    return canonical({"answers": submission.answers, "computed": submission.computed})


def _both_zones(moment: Any) -> dict[str, str]:
    """Server time of arrival, any day of the week (L3): in Warsaw and in UTC."""
    return {
        "warsaw": moment.astimezone(WARSAW).isoformat(timespec="seconds"),
        "utc": moment.astimezone(UTC).isoformat(timespec="seconds"),
    }


# Checking


@dataclass(frozen=True)
class Verified:
    """What anybody may know of a receipt whose number and hash they hold: that it is ours and when it was made."""

    rpw: str
    received_at: datetime
    issued_at: datetime


_NUMBER = re.compile(r"RPW/([1-9][0-9]{0,8})/(20[0-9]{2})")
_NOBODY = Receipt(body={}, sha256="0" * 64, key_id="sign-1", signature=bytes(64))


def verify(number: str, sha256: str) -> Verified | None:
    """The receipt with this RPW number, if the hash is its own and our signature still holds; else None.

    An unknown number, a wrong hash and a damaged row get the same answer after the same work, so numbers can not be tried out.
    """
    letter = _letter(number)
    receipt = letter.submission.receipt if letter else _NOBODY
    sealed = canonical(receipt.body)
    is_same_hash = hmac.compare_digest(receipt.sha256.encode(), _hash_typed(sha256).encode())
    is_intact = hmac.compare_digest(receipt.sha256.encode(), hashlib.sha256(sealed).hexdigest().encode())
    is_ours = encryption.verify(receipt.key_id, bytes(receipt.signature), sealed)
    if letter is None or not (is_same_hash and is_intact and is_ours):
        return None
    return Verified(letter.rpw, letter.submission.received_at, receipt.issued_at)  # type: ignore[arg-type]  # filed, so it has its time


def _letter(number: str) -> IncomingLetter | None:
    found = _NUMBER.fullmatch("".join(number.split()).upper())
    running, year = (int(found[1]), int(found[2])) if found else (0, 0)
    letters = IncomingLetter.objects.select_related("submission__receipt").defer("submission__answers")
    return letters.filter(number=running, year=year, submission__receipt__isnull=False).first()


def _hash_typed(sha256: str) -> str:
    """64 hexadecimal digits, however they were grouped when copied."""
    return re.sub(r"[^0-9a-f]", "", sha256.lower()) if len(sha256) < 200 else ""


# Showing


def verify_url(receipt: Receipt) -> str:
    """The address behind the QR code: number and hash, no content."""
    query = urlencode({"numer": receipt.body["rpw"], "skrot": receipt.sha256}, safe="/")
    return f"{settings.PORTAL_URL}{reverse('eboi:verify')}?{query}"


def qr_svg(receipt: Receipt) -> str:
    """The QR code of `verify_url`, dark on white with its quiet zone, as an SVG document."""
    image = io.BytesIO()
    segno.make(verify_url(receipt), error="m", micro=False).save(
        image, kind="svg", border=4, light="#ffffff", scale=4, svgns=True
    )
    return image.getvalue().decode()


def pdf(receipt: Receipt) -> bytes:
    """The receipt to keep or print: tagged PDF/UA-1 and PDF/A-3a (L34)."""
    return render_pdf(TEMPLATE, {**receipt.body, **_words(receipt), "qr": qr_svg(receipt), "verify_url": verify_url(receipt)})


def _words(receipt: Receipt) -> dict[str, Any]:
    return {
        "received_words": exact_moment(receipt.body["received_at"]["warsaw"]),
        "issued_words": exact_moment(receipt.body["issued_at"]["warsaw"]),
        "sha256": receipt.sha256,
        "key_id": receipt.key_id,
        "signature": bytes(receipt.signature).hex(),
        "sizes": [file_size(attachment["size"]) for attachment in receipt.body["attachments"]],
    }


def exact_moment(iso: str) -> str:
    """'22 listopada 2026 r., godz. 14:05:09' of a moment written in the receipt."""
    moment = datetime.fromisoformat(iso)
    return f"{long_date(moment.date())}, godz.\u00a0{moment:%H:%M:%S}"
