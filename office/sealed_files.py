"""Private files whose content is sealed on disk: whole registers of one person, which hold what no file may show in the clear (S54).

Piece after piece is sealed under the data key as it comes, so neither a temporary file nor a copy of the disk tells anything. Each piece
is bound to its file, its place and to being the last: pieces moved, repeated or cut off do not open.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from typing import IO, Any

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from accounts.encryption import Unreadable, decrypt_bytes, encrypt
from office.files import LOCKED_DOWN, path_of, sync_folder
from office.inspection import clean_name
from office.models import ScanState, StoredFile

PIECE = 1 << 20  # bytes of content sealed at once
LENGTH = 4  # bytes that say how long a sealed piece is


def store(write: Callable[[IO[bytes]], None], *, name: str, media_type: str) -> StoredFile:
    """Keep what `write` writes to the file it is handed: it may only write, never seek. Size and digest are of what lies on the disk."""
    stored = StoredFile(
        name=clean_name(name),
        media_type=media_type,
        scan_state=ScanState.CLEAN,
        scanned_at=timezone.now(),
        scan_note="made by the portal",
    )
    path = path_of(stored)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_suffix(".new")
    try:
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            seal = _Seal(file, stored)
            write(seal)  # type: ignore[arg-type]
            seal.finish()
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(path.parent)
    stored.size, stored.sha256 = seal.size, seal.digest.hexdigest()
    stored.save(force_insert=True)
    return stored


class _Seal:
    """Takes content as a file would, writes it sealed."""

    def __init__(self, file: IO[bytes], stored: StoredFile) -> None:
        self.file, self.stored = file, stored
        self.pending, self.count, self.size, self.digest = bytearray(), 0, 0, hashlib.sha256()

    def write(self, content: Any) -> int:
        self.pending += content
        while len(self.pending) > PIECE:  # the last piece is never empty-handed: one is always kept back
            self._put(bytes(self.pending[:PIECE]), is_last=False)
            del self.pending[:PIECE]
        return len(content)

    def flush(self) -> None:
        """Nothing leaves before its piece is full."""

    def finish(self) -> None:
        self._put(bytes(self.pending), is_last=True)

    def _put(self, content: bytes, *, is_last: bool) -> None:
        sealed = encrypt(content, _context(self.stored, self.count, is_last))
        for part in (len(sealed).to_bytes(LENGTH, "big"), sealed):
            self.file.write(part)
            self.digest.update(part)
            self.size += len(part)
        self.count += 1


def _context(stored: StoredFile, place: int, is_last: bool) -> bytes:
    return f"office.sealed_file:{stored.pk}:{place}:{'last' if is_last else 'more'}".encode()


def content_of(stored: StoredFile) -> Iterator[bytes]:
    """The content, piece by piece. Raises Unreadable for a file that was damaged, cut short or belongs to another row."""
    with path_of(stored).open("rb") as file:
        place, length = 0, file.read(LENGTH)
        while length:
            sealed, following = file.read(int.from_bytes(length, "big")), file.read(LENGTH)
            yield decrypt_bytes(sealed, _context(stored, place, is_last=not following))
            place, length = place + 1, following
        if not place:
            raise Unreadable("an empty file was never sealed")


def response(stored: StoredFile, *, as_name: str) -> StreamingHttpResponse:
    """The content as an attachment, never shown inline, never cached (S45, S51). The caller has checked whose it is."""
    answer = StreamingHttpResponse(content_of(stored), content_type=stored.media_type)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=as_name)
    answer["Content-Security-Policy"] = LOCKED_DOWN
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
