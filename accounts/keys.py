"""The keys of the portal: where they lie, which one is current, how a new one is made.

KEYS_DIR holds files `<kind>-<number>.key` of 32 random bytes each; the highest number of a kind is current,
the lower ones only read what they once wrote. Kinds: `data` (AES-256-GCM), `lookup` (HMAC-SHA-256), `sign` (Ed25519).
In the demonstration and in tests a missing key is made (mode 0600); in production its absence refuses the start
and so does a key that other users of the host may read (S61).
"""

import functools
import os
import re
import secrets
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KINDS = ("data", "lookup", "sign")
KEY_BYTES = 32


def key(kind: str, number: int) -> bytes:
    """The key `number` of a kind, also when it was laid down after this process started. KeyError when there is none."""
    if number not in _keys(settings.KEYS_DIR, kind):
        _keys.cache_clear()
    return _keys(settings.KEYS_DIR, kind)[number]


def current(kind: str) -> tuple[int, bytes]:
    """Number and bytes of the key that writes now."""
    keys = _keys(settings.KEYS_DIR, kind)
    number = max(keys)
    return number, keys[number]


def make(kind: str) -> int:
    """Lay down the next key of a kind and return its number; from now on it is the current one here."""
    number = max(_numbers(Path(settings.KEYS_DIR), kind), default=0) + 1
    _write_once(Path(settings.KEYS_DIR) / f"{kind}-{number}.key")
    _keys.cache_clear()
    return number


@functools.cache
def _keys(directory: Path, kind: str) -> dict[int, bytes]:
    directory = Path(directory)
    if not _numbers(directory, kind):
        _make_first(directory, kind)
    return {number: _read(directory / f"{kind}-{number}.key") for number in _numbers(directory, kind)}


def _numbers(directory: Path, kind: str) -> list[int]:
    names = (re.fullmatch(rf"{kind}-([1-9][0-9]*)\.key", path.name) for path in directory.glob(f"{kind}-*.key"))
    return sorted(int(name[1]) for name in names if name)


def _make_first(directory: Path, kind: str) -> None:
    if settings.IS_PRODUCTION:
        raise ImproperlyConfigured(f"KEYS_DIR ({directory}) holds no {kind}-1.key; see docs/operations.md")
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write_once(directory / f"{kind}-1.key")


def _write_once(path: Path) -> None:
    """Two processes may start at once: the first one's key stands, the other reads it."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _read(path: Path) -> bytes:
    if settings.IS_PRODUCTION and path.stat().st_mode & 0o007:
        raise ImproperlyConfigured(f"{path} is open to every user of this host; chmod it to 0600 or 0640")
    content = path.read_bytes()
    if len(content) != KEY_BYTES:
        raise ImproperlyConfigured(f"{path} must hold exactly {KEY_BYTES} bytes, it holds {len(content)}")
    return content
