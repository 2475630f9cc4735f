"""The key of a consultation: 32 random bytes in a file of their own, KEYS_DIR/ballots/<id>.key, never in the database.

Made when the consultation is approved, destroyed after the complaint period. From it come subkeys, one a purpose: nobody who
holds the database alone can test who took part, open an envelope or read a draft (docs/decisions/0010). The file is read anew
each time, so that a destroyed key is gone from every process at once.
"""

import hashlib
import hmac
import os
import secrets
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils.translation import gettext as _

from consultations.models import Envelope, Report, SurveyDraft
from consultations.statuses import ConsultationStatus, EnvelopeState
from office.retention import period_of
from office.transitions import Refused

KEY_BYTES, NONCE = 32, 12
NULLIFIER, TOKEN, SALT, ENVELOPE, DRAFT, MARKS, CONTACT = (
    "nullifier", "token", "salt", "envelope", "draft", "marks", "contact",
)  # fmt: skip
COMPLAINTS = "ballot_key"  # RetentionPeriod.kind: days from the report, or from cancelling, to the end of complaints (C39)
OVER = (ConsultationStatus.REPORT_PUBLISHED, ConsultationStatus.ARCHIVED, ConsultationStatus.CANCELLED)


class NoKey(Refused):
    """The key is not on this host, not yet or not any more: nothing is accepted, opened or sealed without it."""

    def __init__(self):
        super().__init__(_("Te konsultacje nie mają klucza urny, więc nie przyjmują głosów. Zawiadom administratora portalu."))


class Unreadable(Exception):
    """Does not open: damaged, moved to another place, or sealed under another key."""


def path_of(consultation_id: UUID) -> Path:
    return Path(settings.KEYS_DIR) / "ballots" / f"{consultation_id}.key"


def make(consultation) -> None:
    """Lay the key down, mode 0600, on the disk for good before anybody can vote. A key that is there already stands."""
    path = path_of(consultation.pk)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
        _fsync(path.parent)


def is_made(consultation) -> bool:
    return path_of(consultation.pk).exists()


def subkey(consultation_id: UUID, purpose: str) -> bytes:
    """32 bytes of this consultation for one purpose. Raises NoKey."""
    return hmac.digest(_read(path_of(consultation_id)), b"pruszcz.ballots\0" + purpose.encode(), hashlib.sha256)


def mark(consultation_id: UUID, purpose: str, text: str | bytes) -> bytes:
    """32 bytes by which equal texts meet within one consultation and never across two."""
    content = text.encode() if isinstance(text, str) else text
    return hmac.digest(subkey(consultation_id, purpose), content, hashlib.sha256)


def close(key: bytes, content: bytes, context: bytes) -> bytes:
    """Sealed with AES-256-GCM, padded to a power of two: the length tells little of what is inside."""
    size = max(1024, 1 << (len(content) + 3).bit_length())
    padded = len(content).to_bytes(4, "big") + content
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, padded.ljust(size, b"\0"), context)


def open_up(key: bytes, sealed: bytes, context: bytes) -> bytes:
    """What `close` sealed. Raises Unreadable."""
    sealed = bytes(sealed)
    try:
        padded = AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], context)
    except (InvalidTag, ValueError) as error:
        raise Unreadable from error
    return padded[4 : 4 + int.from_bytes(padded[:4], "big")]


@transaction.atomic
def destroy(consultation, *, by, moment) -> None:
    """End the life of the key: from then on no backup tells who took part or what a draft said (C39).

    Leaves a protocol in the chain. Refused before the complaint period of `RetentionPeriod` "ballot_key" is over, when the town
    has set none, while a voice is unsettled, and when the key is gone already.
    """
    from consultations import chain

    _guard_the_end(consultation, moment)
    SurveyDraft.objects.filter(instrument__consultation=consultation).delete()
    payload = {"by": str(by.subject), "participations": _participations(consultation)}
    chain.append(consultation, "key_destroyed", payload, moment=moment)
    transaction.on_commit(lambda: _erase(path_of(consultation.pk)))


def _guard_the_end(consultation, moment) -> None:
    if not is_made(consultation):
        raise Refused(_("Tego klucza już nie ma."))
    period = period_of(COMPLAINTS, moment)
    since = _over_since(consultation)
    if period is None or since is None or moment < since + timedelta(days=period.days):
        raise Refused(_("Klucz urny niszczy się dopiero po ogłoszeniu raportu i upływie czasu na skargi."))
    unsealed = (EnvelopeState.WAITING, EnvelopeState.HELD, EnvelopeState.ADMITTED)
    if Envelope.objects.filter(instrument__consultation=consultation, state__in=unsealed).exists():
        raise Refused(_("W urnie są jeszcze głosy, których nie rozstrzygnięto."))


def _over_since(consultation):
    """From when people may complain: the newest published report, or the closing of what was cancelled."""
    if consultation.status not in OVER:
        return None
    published = Report.objects.filter(consultation=consultation, published_at__isnull=False).order_by("-published_at").first()
    return published.published_at if published else consultation.closes_at


def _participations(consultation) -> int:
    return sum(instrument.participations.count() for instrument in consultation.instruments.all())


def _erase(path: Path) -> None:
    """Overwritten, then removed. What a disk keeps beneath the file system is told in docs/operations.md."""
    if path.exists():
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        _fsync(path.parent)


def _fsync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            is_open_to_all = os.fstat(file.fileno()).st_mode & 0o007
            content = file.read()
    except FileNotFoundError:
        raise NoKey from None
    if len(content) != KEY_BYTES or (settings.IS_PRODUCTION and is_open_to_all):
        raise ImproperlyConfigured(f"{path} must hold {KEY_BYTES} bytes and be readable by the portal alone")
    return content
